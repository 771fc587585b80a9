"""What a posted form of an item's page does: the typed fields read, and one action of the desk called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_current_timezone, now

from gongkai.channels.models import Channel, Posting, ReadingPlace
from gongkai.disclosures import actions
from gongkai.disclosures.models import Attachment, Delivery, Disclosure, ScreeningFinding
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.workbench import typed

Given = QueryDict
Act = Callable[[Disclosure, Staff, Given], object]


def moment(given: str, what: str) -> datetime:
    """A moment as `2026-11-25 18:00`, in Asia/Shanghai."""
    try:
        return datetime.strptime(given.strip().replace("T", " "), "%Y-%m-%d %H:%M").replace(
            tzinfo=get_current_timezone()
        )
    except ValueError:
        raise Refused("publish_at", f"“{what}”写的是“{given}”;请按 2024-01-31 09:00 的样子写") from None


def maybe_day(given: Mapping[str, str], name: str, label: str) -> date | None:
    """A day, or None where nothing is typed."""
    text = given.get(name, "")
    return typed.day(text, label, name) if text.strip() else None


def day(given: Given, name: str, label: str) -> date:
    """A day that must be there."""
    return typed.day(given.get(name, ""), label, name)


def _keys(given: Given, name: str) -> list[int]:
    return [int(key) for key in given.getlist(name) if key.isdecimal() and len(key) < 19]


def _channels(item: Disclosure, given: Given) -> list[Channel]:
    return list(Channel.objects.filter(organ=item.organ_id, pk__in=_keys(given, "channels")).order_by("number"))


def _place(item: Disclosure, given: Given) -> ReadingPlace:
    found: ReadingPlace | None = ReadingPlace.objects.filter(
        organ=item.organ_id, pk__in=_keys(given, "reading_place")
    ).first()
    if found is None:
        raise Refused("reading_place", "请选择公共查阅点")
    return found


def _channel(item: Disclosure, given: Given) -> Channel:
    found: Channel | None = Channel.objects.filter(organ=item.organ_id, pk__in=_keys(given, "channel")).first()
    if found is None:
        raise Refused("channel", "请选择公开渠道")
    return found


def _posting(item: Disclosure, given: Given) -> Posting:
    return get_object_or_404(Posting, placement__disclosure=item, pk__in=_keys(given, "posting")[:1])


def _finding(item: Disclosure, given: Given) -> ScreeningFinding:
    return get_object_or_404(ScreeningFinding, item=item, pk__in=_keys(given, "finding")[:1])


def _attachment(item: Disclosure, given: Given) -> Attachment:
    return get_object_or_404(Attachment, version__item=item, pk__in=_keys(given, "attachment")[:1])


def _delivery(item: Disclosure, given: Given) -> Delivery:
    return get_object_or_404(Delivery, item=item, pk__in=_keys(given, "delivery")[:1])


def _said(name: str, act: Callable[..., object], word: str = "reason") -> Act:
    """An act that takes one text along."""
    return lambda item, staff, given: act(item, by=staff, at=now(), **{word: given.get(name, "")})


def _seen(act: Callable[..., object]) -> Act:
    """A decision about the text that the page showed."""
    return lambda item, staff, given: act(
        item, by=staff, at=now(), seen=given.get("seen", ""), reason=given.get("reason", "")
    )


def _bare(act: Callable[..., object]) -> Act:
    return lambda item, staff, given: act(item, by=staff, at=now())


def _published(item: Disclosure, staff: Staff, given: Given) -> object:
    return actions.publish(
        item, channels=_channels(item, given), by=staff, at=now(), seen=given.get("seen", "")
    )  # fmt: skip


def _scheduled(item: Disclosure, staff: Staff, given: Given) -> object:
    then = moment(given.get("publish_at", ""), "定时发布时间")
    return actions.schedule(
        item, channels=_channels(item, given), publish_at=then, by=staff, at=now(), seen=given.get("seen", "")
    )


ACTS: dict[str, Act] = {
    "adopt": _bare(actions.adopt),
    "submit": _bare(actions.submit),
    "pass_attribute": _seen(actions.pass_attribute),
    "clear_secrecy": _seen(actions.clear_secrecy),
    "sign": _seen(actions.sign),
    "close": lambda item, staff, given: actions.close(
        item, attribute=given.get("attribute", ""), ground=given.get("ground", ""), reason=given.get("reason", ""),
        by=staff, at=now(), seen=given.get("seen", ""),
    ),
    "close_secrecy": lambda item, staff, given: actions.close_secrecy(
        item, ground=given.get("ground", ""), reason=given.get("reason", ""), by=staff, at=now(),
        seen=given.get("seen", ""),
    ),
    "catalogue": lambda item, staff, given: actions.catalogue(item, values=given.dict(), by=staff, at=now()),  # type: ignore[arg-type]
    "publish": _published,
    "schedule": _scheduled,
    "unschedule": _bare(actions.unschedule),
    "send_back": _said("reason", actions.send_back),
    "revise": _said("change_note", actions.revise, "change_note"),
    "redraft": _said("change_note", actions.restore, "change_note"),
    "drop_revision": _said("reason", actions.drop_revision),
    "discard": _said("reason", actions.discard),
    "keep_closed": _said("reason", actions.keep_closed),
    "reopen": lambda item, staff, given: actions.reopen(
        item, why=given.get("why", ""), reason=given.get("reason", ""), by=staff, at=now()
    ),
    "withdraw": _said("reason", actions.withdraw),
    "mark_urgent": _said("reason", actions.mark_urgent),
    "repeal": lambda item, staff, given: actions.repeal(
        item, on=day(given, "on", "废止日期"), basis=given.get("basis", ""), by=staff, at=now()
    ),
    "set_validity": lambda item, staff, given: actions.set_validity(
        item, effective_on=maybe_day(given, "effective_on", "施行日期"),
        lapses_on=maybe_day(given, "lapses_on", "失效日期"), basis=given.get("basis", ""), by=staff, at=now(),
        seen=given.get("validity", ""),
    ),
    "deliver": lambda item, staff, given: actions.deliver(
        item, reading_place=_place(item, given), on=day(given, "on", "报送日期"),
        medium="electronic" if given.get("medium") == "electronic" else "paper", by=staff, at=now(),
    ),
    "unadopt": _said("reason", actions.unadopt),
    "post": lambda item, staff, given: actions.post(
        item, channel=_channel(item, given), on=day(given, "on", "渠道发布日期"), by=staff, at=now()
    ),
    "correct_posting": lambda item, staff, given: actions.correct_posting(
        item, posting=_posting(item, given), on=day(given, "posted_on", "渠道发布日期"),
        reason=given.get("reason", ""), by=staff, at=now(),
    ),
    "receive": lambda item, staff, given: actions.receive(
        _delivery(item, given), received_by=given.get("received_by", ""),
        on=day(given, "received_on", "签收日期"), by=staff, at=now(),
    ),
    "judge": lambda item, staff, given: actions.judge(
        _finding(item, given), judgement=given.get("judgement", ""), reason=given.get("reason", ""), by=staff, at=now(),
        alone="alone" in given,
    ),
    "mask": lambda item, staff, given: actions.mask(_attachment(item, given), by=staff, at=now()),
    "detach": lambda item, staff, given: actions.detach(_attachment(item, given), by=staff, at=now()),
}  # fmt: skip


def do(name: str, item: Disclosure, staff: Staff, given: Given) -> object:
    """Carry out a posted act. Http404 for a name that is none; Refused as the action says."""
    if name not in ACTS:
        raise Http404(name)
    return ACTS[name](item, staff, given)


def values_of(given: Given) -> tuple[dict[str, Any], dict[str, str]]:
    """The words and facts of a draft as typed, and what is wrong with days that cannot be read, by field."""
    days = ("made_on", "effective_on", "lapses_on")
    labels = {name: str(Disclosure._meta.get_field(name).verbose_name) for name in days}  # type: ignore[union-attr]
    typed_in = {name: str(given[name]).strip() for name in (*actions.WORDS, *actions.FACTS) if name in given}
    fields = typed.Fields(typed_in)
    made = {name: fields.take(partial(maybe_day, given, name, labels[name]), None) for name in days if name in typed_in}
    return {**typed_in, **made}, fields.faults
