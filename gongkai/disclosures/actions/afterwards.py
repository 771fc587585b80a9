"""What happens to an item once it is public: repeal, end of validity, withdrawal; and the urgent track before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosures import findable
from gongkai.disclosures.actions.permission import locked, move
from gongkai.disclosures.flow import CLERK, LEAD, PUBLISHER, REVISED, WITHDRAW
from gongkai.disclosures.models import Disclosure
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.within import require_role, require_said
from gongkai.records import entries, stale

VALIDITY = ("effective_on", "lapses_on", "repealed_on", "validity_basis")


@transaction.atomic
def repeal(item: Disclosure, *, on: date, basis: str, by: Staff, at: datetime) -> Disclosure:
    """Mark a public item as repealed from a day on, with the document that repeals it; it stays readable.

    Page, lists and feeds judge by `validity_on`, so that this one act marks all of them.
    """
    locked(item)
    require_role(item.organ, by, at, "标注废止", PUBLISHER)
    said = require_said(basis, "basis", "废止须写明依据,例如“×政发〔2026〕3号”")
    _require_public(item)
    if on < item.made_on:
        raise Refused("repealed_on", f"废止日期 {on} 早于生成日期 {item.made_on};请核对")
    before = {"repealed_on": item.repealed_on, "validity_basis": item.validity_basis}
    return _mark(item, "repeal", before, {"repealed_on": on, "validity_basis": said[:300]}, by, at)


@transaction.atomic
def set_validity(
    item: Disclosure, *, effective_on: date | None, lapses_on: date | None, basis: str, by: Staff, at: datetime,
    seen: str = "",
) -> Disclosure:  # fmt: skip
    """Correct from when a public item is in force, or when its term ends; with what says so.

    seen: `stale.fingerprint` of VALIDITY as its editor read it; Refused "changed_meanwhile" when it is another now.
    """
    locked(item)
    require_role(item.organ, by, at, "标注有效期", PUBLISHER)
    stale.require_unchanged(item, VALIDITY, seen, "有效期")
    said = require_said(basis, "basis", "标注有效期须写明依据,例如“本办法第二十条”")
    _require_public(item)
    if lapses_on is not None and lapses_on < (effective_on or item.made_on):
        raise Refused("lapses_on", f"失效日期 {lapses_on} 早于施行或生成日期;请核对")
    before = {"effective_on": item.effective_on, "lapses_on": item.lapses_on, "validity_basis": item.validity_basis}
    after = {"effective_on": effective_on, "lapses_on": lapses_on, "validity_basis": said[:300]}
    return _mark(item, "set_validity", before, after, by, at)


def _mark(
    item: Disclosure, act: str, before: Mapping[str, object], after: Mapping[str, object], by: Staff, at: datetime
) -> Disclosure:
    Disclosure.objects.filter(pk=item.pk).update(**after, updated_at=at)
    for name, value in {**after, "updated_at": at}.items():
        setattr(item, name, value)
    entries.write(organ_code=item.organ.code, by=by, at=at, act=act, subject=item, before=before, after=after)
    findable.changed(item)
    return item


def _require_public(item: Disclosure) -> None:
    if item.public_version_id is None:
        raise Refused("not_public", f"信息 {item.number} 没有公开,不能标注有效性;请先发布")


@transaction.atomic
def withdraw(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> Disclosure:
    """Take a public item down at once, with a reason that its tombstone shows; number, day and moment are kept.

    No version that was public until now is ever readable again, also not beside a later one; the tombstone stands until
    one is public. A newer version under way stays with it, to be taken up by `restore`. 《条例》第十四条、第十五条;
    for penalty decisions 《行政处罚法》第四十八条.
    """
    locked(item)
    said = require_said(reason, "no_reason", "撤回须写明理由,理由会显示在原网址上")
    if item.public_version_id is None or item.state not in WITHDRAW:
        raise Refused("not_public", f"信息 {item.number} 现在没有公开的版本,不需要撤回")
    name = WITHDRAW[item.state]
    item.versions.filter(published_at__isnull=False, withdrawn_at__isnull=True).update(withdrawn_at=at)
    move(
        item, name, by=by, at=at, public_version=None, withdrawn_at=at, withdrawn_reason=said[:500], publish_at=None,
        updated_at=at,
    )  # fmt: skip
    return item


@transaction.atomic
def mark_urgent(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> Disclosure:
    """Put an item on the urgent track: first in every list, all gates as ever. An empty reason takes it off."""
    locked(item)
    require_role(item.organ, by, at, "标为急件", CLERK, LEAD)
    if item.state not in REVISED:
        raise Refused("wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,不在办理中")
    before, after = {"urgent_reason": item.urgent_reason}, {"urgent_reason": reason.strip()[:200]}
    if before == after:
        return item
    Disclosure.objects.filter(pk=item.pk).update(**after)
    item.urgent_reason = after["urgent_reason"]
    entries.write(organ_code=item.organ.code, by=by, at=at, act="mark_urgent", subject=item, before=before, after=after)
    return item
