"""Catalogue an item, publish it now or at a time, and let out what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.channels.models import Channel
from gongkai.disclosures import digests, numbering, timing
from gongkai.disclosures.actions.judging import require_judged
from gongkai.disclosures.actions.permission import (
    keep_review,
    locked,
    move,
    must_be_signed,
    require_same_text,
    rule_of,
    under_way,
)
from gongkai.disclosures.actions.posting import put_on, require_channels
from gongkai.disclosures.flow import ART_26, PUBLISHER, SCHEDULED
from gongkai.disclosures.models import Disclosure, Gate, Review, Version
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.within import legal_day

CODES = ("theme", "genre", "disclosure_item", "index_number")
"""What cataloguing sets: codes only. Words are part of the text that the secrecy review has read."""


@transaction.atomic
def catalogue(item: Disclosure, *, values: Mapping[str, str], by: Staff, at: datetime) -> Disclosure:
    """Put an item in its place in the catalogue; values: of CODES, `theme` and `disclosure_item` at least.

    index_number: "" to be numbered by the organ's scheme when it is first published. It is never changed afterwards.
    The item goes on to be signed where the organ's rule says so, else it is ready.
    """
    locked(item)
    codes: dict[str, Any] = {name: str(values.get(name, "")).strip() for name in CODES}
    if item.published_at is not None:
        codes["index_number"] = item.index_number
    elif codes["index_number"] and codes["index_number"] != item.index_number:
        numbering.require_fitting(rule_of(item.organ), codes["index_number"])
    _require_codes(item, codes)
    name = "catalogue_to_sign" if must_be_signed(item) else "catalogue"
    move(item, name, by=by, at=at, cataloguer=by, **codes)
    return item


def _require_codes(item: Disclosure, codes: Mapping[str, str]) -> None:
    for name in ("theme", "disclosure_item"):
        if not codes[name]:
            label = item._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            raise Refused(name, f"请选择{label};目录按它编排", "《政府信息公开条例》(2019)第十二条")
    for name in ("theme", "genre", "disclosure_item"):
        known = dict(item._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
        if codes[name] and codes[name] not in known:
            raise Refused(name, f"没有代码“{codes[name]}”;请从列表中选择")


@dataclass(frozen=True, slots=True)
class _Letting:
    """A publication about to happen: by whom, when the act is, and the moment that the public is told.

    scheduled: decided earlier, when whose the accounts of its channels are was looked at.
    """

    by: Staff
    at: datetime
    moment: datetime
    scheduled: bool = False


@transaction.atomic
def publish(
    item: Disclosure, *, channels: Iterable[Channel] = (), by: Staff, at: datetime, seen: str = ""
) -> Disclosure:
    """Publish what is ready or was scheduled: page, lists, feeds and search together, with a posting for each channel.

    At first publication at least one channel, and the item gets its index number, its day and its moment for good.
    Refused unless every review stands and is bound to this very text.
    """
    locked(item)
    version = under_way(item)
    require_same_text(item, version, seen)
    chosen = list(channels)
    name = "publish_now" if item.state == SCHEDULED else "publish"
    if name == "publish_now" and not chosen:
        chosen = list(item.planned_channels.all())
    _let_out(item, version, name, chosen, _Letting(by, at, at))
    return item


@transaction.atomic
def schedule(
    item: Disclosure, *, channels: Iterable[Channel] = (), publish_at: datetime, by: Staff, at: datetime, seen: str = ""
) -> Disclosure:  # fmt: skip
    """Have what is ready published at a moment to come, as it is now; an edit until then cancels it."""
    locked(item)
    version = under_way(item)
    require_same_text(item, version, seen)
    chosen = list(channels)
    _require_reviewed(item, version)
    if publish_at <= at:
        raise Refused("publish_at", "定时发布的时间已过;请选将来的时间,或直接发布")
    require_channels(item, chosen, publish_at, by)
    move(item, "schedule", by=by, at=at, publisher=by, publish_at=publish_at)
    item.planned_channels.set(chosen)
    return item


@transaction.atomic
def unschedule(item: Disclosure, *, by: Staff, at: datetime) -> Disclosure:
    """Take a planned publication back; the item stays ready."""
    locked(item)
    move(item, "unschedule", by=by, at=at, publisher=None, publish_at=None)
    item.planned_channels.clear()
    return item


def release_due(at: datetime) -> int:
    """Publish what was scheduled for now or before, in the name of whoever scheduled it; gives how many.

    Called by the worker and before the public reads, so that an item is out at its moment though no worker runs. What
    cannot be published any more is set back to ready with the reason.
    """
    due = Disclosure.objects.filter(state=SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")
    return sum(_released(item, at) for item in due)


def _released(item: Disclosure, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return _release(locked(item), at)
    except Refused as refused:
        with transaction.atomic():
            locked(item)
            if item.state == SCHEDULED:
                move(
                    item, "unschedule", by=item.publisher, at=at, role_of=_as_scheduled, publisher=None,
                    publish_at=None, sent_back_reason=f"定时发布没有成功:{refused.reason}"[:500],
                )  # fmt: skip
        return False


def _release(item: Disclosure, at: datetime) -> bool:
    if item.state != SCHEDULED or item.publish_at is None or item.publish_at > at:
        return False  # somebody else was first, or it was put off
    assert item.publisher is not None
    version = under_way(item)
    require_same_text(item, version, "")
    chosen = list(item.planned_channels.all())
    _let_out(
        item, version, "publish_now", chosen, _Letting(item.publisher, at, item.publish_at, True), role_of=_as_scheduled
    )
    return True


def _as_scheduled(by: object, day: object) -> frozenset[str]:
    """Whoever scheduled it held the role then; that they hold it no longer does not undo what they decided."""
    return frozenset({PUBLISHER})


# ── What happens at publication ──


def _let_out(
    item: Disclosure, version: Version, name: str, channels: list[Channel], letting: _Letting, **more: Any
) -> None:
    _require_reviewed(item, version)
    first, by = item.published_at is None, letting.by
    require_channels(item, channels, letting.moment, None if letting.scheduled else by)
    facts: dict[str, Any] = {"updated_at": letting.moment, "withdrawn_at": None, "withdrawn_reason": ""}
    if first:
        facts |= _first_time(item, letting.moment)
    elif not item.index_number:  # adopted from the register, where it was published without one
        facts["index_number"] = numbering.next_index_number(rule_of(item.organ), legal_day(letting.moment))
    for word in ("title", "summary", "document_number"):
        facts[word] = getattr(version, word)
    version.published_at = letting.moment
    version.save(update_fields=["published_at"])
    move(
        item, name, by=by, at=letting.at, publisher=by, public_version=version, publish_at=None, sent_back_reason="",
        **facts, **more,
    )  # fmt: skip
    keep_review(item, version, Gate.PUBLISH, Review.Conclusion.PASSED, by=by, at=letting.at, cite=ART_26)
    item.planned_channels.clear()
    put_on(item, channels, legal_day(letting.moment))


def _first_time(item: Disclosure, moment: datetime) -> dict[str, Any]:
    """Index number, day, moment and timings: set once."""
    day = legal_day(moment)
    if day < item.made_on:
        raise Refused("made_on", f"生成日期 {item.made_on} 晚于发布日期 {day};请核对生成日期")
    timed = timing.timed({**timing.facts_of(item), "published_on": day}, item.organ.jurisdictions)
    number = item.index_number or numbering.next_index_number(rule_of(item.organ), day)
    return {"index_number": number, "published_on": day, "published_at": moment, **timed}


def _require_reviewed(item: Disclosure, version: Version) -> None:
    """Refused unless each review stands, says that this very text may be public, and was made by another person."""
    now = digests.of_version(version)
    passed = version.reviews.filter(voided_at__isnull=True, conclusion=Review.Conclusion.PASSED, digest=now)
    standing = dict(passed.values_list("gate", "person_id"))
    wanted = [Gate.ATTRIBUTE, Gate.SECRECY, *([Gate.SIGN] if must_be_signed(item) else [])]
    if missing := [gate.label for gate in wanted if gate.value not in standing]:
        raise Refused(
            "not_reviewed", f"信息 {item.number} 的现有内容没有通过{'、'.join(missing)},不能发布;请退回重新审核"
        )
    people = {Gate.ATTRIBUTE.value: item.attribute_reviewer_id, Gate.SECRECY.value: item.secrecy_reviewer_id}
    if item.attribute != "proactive" or any(standing[gate] != person for gate, person in people.items()):
        raise Refused("not_reviewed", f"信息 {item.number} 的审核记录与登记不一致,不能发布;请退回重新审核")
    require_judged(version)
