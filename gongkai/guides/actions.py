"""Every change of the guide and the rules: one function a verb, one transaction, one entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.guides.flow import CLERK, DRAFT, FLOW, LEAD, ON_ITS_WAY
from gongkai.guides.models import GUIDE, LONGEST_TEXT, RULE, Edition
from gongkai.guides.queries import previous
from gongkai.law.public_documents import demands
from gongkai.law.refusal import Refused
from gongkai.organs.actions.saving import save
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import legal_day, require_role, roles_within
from gongkai.records import entries
from gongkai.records.moves import carry_out

MOST_TEXT = 200  # characters of a title
HEADS = ("title", "effective_on", "change_note")


@transaction.atomic
def create(
    organ: Organ, *, kind: str, title: str, code: str = GUIDE, provenance: str = "real", by: Staff, at: datetime
) -> Edition:
    """Begin the first edition of the guide, or of a rule. code: the rule's own number; that of the guide is fixed.

    Refused when the document exists already, without a title, and for a code that cannot be.
    """
    require_role(organ, by, at, "起草指南和制度", CLERK)
    code = GUIDE if kind == GUIDE else code.strip()
    if kind == RULE and (not code or code == GUIDE):
        raise Refused("code", "制度须有自己的文件编号，例如 ZD-01；“guide”留给公开指南")
    entries.locked_head(organ.code)  # those who begin the same document at once queue here
    if Edition.objects.filter(organ=organ, code=code).exists():
        what = "公开指南" if kind == GUIDE else f"编号为 {code} 的制度"
        raise Refused("code", f"本机关已有{what}；要修改请打开它，修订为新版")
    edition = Edition(organ=organ, kind=kind, code=code, title=_titled(title), provenance=provenance)
    save(edition)
    after = {"kind": kind, "title": edition.title, "version": 1, "provenance": provenance}
    entries.write(organ_code=organ.code, by=by, at=at, act="begin_edition", subject=edition, after=after)
    return edition


@transaction.atomic
def revise(edition: Edition, *, by: Staff, at: datetime) -> Edition:
    """Begin the next edition from the text of the one in force. Refused while another is on its way."""
    require_role(edition.organ, by, at, "修订指南和制度", CLERK)
    entries.locked_head(edition.organ.code)
    _locked(edition)
    if not edition.is_in_force:
        raise Refused("not_in_force", f"{edition} 不是现行版，不能由它修订；请打开现行版")
    if Edition.objects.filter(organ=edition.organ_id, code=edition.code, state__in=ON_ITS_WAY).exists():
        raise Refused("on_its_way", f"“{edition.title}”已有一版正在起草或审定；请先办完那一版")
    new = Edition(
        organ=edition.organ, kind=edition.kind, code=edition.code, version=edition.version + 1, title=edition.title,
        sections=edition.sections, provenance=edition.provenance,
    )  # fmt: skip
    save(new)
    after = {"title": new.title, "version": new.version}
    entries.write(organ_code=new.organ.code, by=by, at=at, act="revise_edition", subject=new, after=after)
    return new


@transaction.atomic
def write(
    edition: Edition, *, title: str, sections: Mapping[str, str], effective_on: date | None = None,
    change_note: str = "", seen: int | None = None, by: Staff, at: datetime,
) -> Edition:  # fmt: skip
    """Write the text. sections: item -> text; items not given stay. seen: the revision that the writer had before them.

    Refused once it is submitted, and when somebody has changed it meanwhile. Writing what stands leaves no entry.
    """
    require_role(edition.organ, by, at, "起草指南和制度", CLERK)
    found = _locked(edition)
    if found.state != DRAFT:
        raise Refused("wrong_state", f"{found} 现为“{found.get_state_display()}”，不能修改；请由审定人退回后再改")
    if seen is not None and seen != found.revision:
        raise Refused("changed_meanwhile", f"{found} 在您打开以后被别人改过；您写的没有保存，请对照两边合成一份再保存")
    before = {name: getattr(found, name) for name in HEADS}
    texts = dict(found.sections)
    found.title, found.effective_on, found.change_note = _titled(title), effective_on, change_note.strip()
    found.sections = {**texts, **_cleaned(found.kind, sections, legal_day(at))}
    changed = {name: getattr(found, name) for name in HEADS if getattr(found, name) != before[name]}
    rewritten = [item for item, text in found.sections.items() if text != texts.get(item, "")]
    if not changed and not rewritten:
        return found
    found.revision += 1
    save(found)
    told = {f"{item}_sha256": _digest(found.sections[item]) for item in rewritten}
    entries.write(
        organ_code=found.organ.code, by=by, at=at, act="write_edition", subject=found,
        before={name: before[name] for name in changed} | {key: _digest(texts.get(key[:-7], "")) for key in told},
        after={**changed, **told},
    )  # fmt: skip
    return found


@transaction.atomic
def submit(edition: Edition, *, by: Staff, at: datetime) -> None:
    """Ask for approval by another. Refused while nothing is written, and while a later edition does not say why."""
    _locked(edition)
    if not any(str(text).strip() for text in edition.sections.values()):
        raise Refused("empty", f"{edition} 还没有任何内容；请先填写各项，再送审")
    if edition.version > 1 and not edition.change_note:
        raise Refused("change_note", f"{edition} 没有写修订说明；请写明改了什么、为什么改")
    _move("submit", edition, by, at, submitted_by_id=by.pk, approved_by_id=None, sent_back_reason="")


@transaction.atomic
def approve(edition: Edition, *, by: Staff, at: datetime) -> None:
    """Approve what another has prepared."""
    _move("approve", edition, by, at, approved_by_id=by.pk)


@transaction.atomic
def send_back(edition: Edition, *, reason: str, by: Staff, at: datetime) -> None:
    """Have it written anew, with the reason."""
    if not reason.strip():
        raise Refused("reason", "退回须写明原因，让拟稿人知道改什么")
    _locked(edition)
    name = "send_back" if edition.state == "submitted" else "return"
    _move(name, edition, by, at, sent_back_reason=reason.strip(), approved_by_id=None)


@transaction.atomic
def publish(edition: Edition, *, by: Staff, at: datetime) -> None:
    """Make it public; the edition before is replaced on this day, and stays to be read."""
    day = legal_day(at)
    _move("publish", edition, by, at, published_at=at, reviewed_on=day)
    earlier = previous(edition)
    if earlier is not None:
        Edition.objects.filter(pk=earlier.pk, replaced_on__isnull=True).update(replaced_on=day)


@transaction.atomic
def repeal(edition: Edition, *, reason: str, by: Staff, at: datetime) -> None:
    """End a rule. Refused for the guide, which an organ must have, and for an edition that was replaced already."""
    if edition.kind == GUIDE:
        raise Refused("guide_stays", "公开指南不能废止，只能修订；机关必须有指南", "《政府信息公开条例》(2019)第十二条")
    _locked(edition)
    if edition.replaced_on is not None:
        raise Refused("not_in_force", f"{edition} 已被新版替代；请打开现行版办理废止")
    if not reason.strip():
        raise Refused("reason", "废止须写明理由，例如废止的文件和文号")
    _move("repeal", edition, by, at, repealed_on=legal_day(at), repeal_reason=reason.strip())


@transaction.atomic
def confirm(edition: Edition, *, by: Staff, at: datetime) -> None:
    """Say that an edition in force was looked at and is still right; the time to the next look begins anew."""
    require_role(edition.organ, by, at, "核对无误", LEAD)
    found = _locked(edition)
    if not found.is_in_force:
        raise Refused("not_in_force", f"{found} 不是现行版，不需要核对")
    before, day = found.reviewed_on, legal_day(at)
    Edition.objects.filter(pk=found.pk).update(reviewed_on=day)
    found.reviewed_on = day
    entries.write(
        organ_code=found.organ.code, by=by, at=at, act="confirm_edition", subject=found,
        before={"reviewed_on": before}, after={"reviewed_on": day},
    )  # fmt: skip


def _locked(edition: Edition) -> Edition:
    """The edition locked and read anew: of several who act at once each sees what the one before did."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    return edition


def _move(name: str, edition: Edition, by: Staff, at: datetime, **changes: Any) -> None:
    carry_out(FLOW, name, edition, by=by, at=at, role_of=roles_within(edition.organ), **changes)


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("title", "没有写名称，例如“吉林市工业和信息化局政府信息公开指南”")
    if len(title) > MOST_TEXT:
        raise Refused("title", f"名称有 {len(title)} 个字，超过 {MOST_TEXT} 个字的上限；请缩短")
    return title


def _cleaned(kind: str, sections: Mapping[str, str], day: date) -> dict[str, str]:
    known = {item.code: item.zh for item in demands(kind, day).items}
    if strangers := sorted(set(sections) - set(known)):
        raise TypeError(f"a {kind} has no item {strangers}")
    texts = {code: text.replace("\r\n", "\n").strip() for code, text in sections.items()}
    for code, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise Refused(code, f"“{known[code]}”有 {len(text)} 个字，超过 {LONGEST_TEXT} 个字的上限；请缩短")
        if "\x00" in text:
            raise Refused(code, f"“{known[code]}”含有不可见的控制字符；请重新输入")
    return texts


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
