"""On which channels an item was put: at its publication, later on others, and what is wrong about it corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import count

from django.db import transaction

from gongkai.channels.models import Channel, Posting
from gongkai.channels.queries import closed_to
from gongkai.disclosures.actions.permission import locked
from gongkai.disclosures.flow import PUBLISHER
from gongkai.disclosures.models import Disclosure, Placement
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.within import legal_day, require_role, require_said
from gongkai.records import entries
from gongkai.records.voided import voided_records


@transaction.atomic
def post(item: Disclosure, *, channel: Channel, on: date, by: Staff, at: datetime) -> Posting:
    """Say that a public item was put on one more channel on a day: a periodical that came out later, a newspaper."""
    locked(item)
    require_role(item.organ, by, at, "登记其他渠道发布", PUBLISHER)
    _require_day(item, on, at)
    require_open(item, [channel], on, by)
    if item.placements.filter(posting__channel=channel, posting__posted_on=on).exists():
        raise Refused("channel", f"已登记过 {on} 在“{channel}”发布;请核对")
    posting = put_on(item, [channel], on)[0]
    after = {"channel": channel.number, "posted_on": on, "posting": posting.number}
    entries.write(organ_code=item.organ.code, by=by, at=at, act="post", subject=item, after=after)
    return posting


@transaction.atomic
def correct_posting(
    item: Disclosure, *, posting: Posting, on: date, reason: str, by: Staff, at: datetime
) -> Posting:  # fmt: skip
    """Correct the day on which a channel carried the item, with the reason; when it was first public stays as it is."""
    locked(item)
    require_role(item.organ, by, at, "更正发布记录", PUBLISHER)
    said = require_said(reason, "reason", "更正发布记录须写明原因,例如“该期实际 11 月 3 日出刊”")
    if not item.placements.filter(posting=posting).exists() or not posting.by_procedure:
        raise Refused("posting", "这条发布记录不是本件由审核流程发布的;请刷新后再看")
    row: Posting = Posting.objects.select_for_update(of=("self",)).select_related("channel").get(pk=posting.pk)
    _require_day(item, on, at)
    require_open(item, [row.channel], on, by)
    before = {"posting": row.number, "posted_on": row.posted_on}
    Posting.objects.filter(pk=row.pk).update(posted_on=on)
    after = {"posting": row.number, "posted_on": on, "reason": said}
    entries.write(
        organ_code=item.organ.code, by=by, at=at, act="correct_posting", subject=item, before=before, after=after
    )
    row.posted_on = on
    return row


def _require_day(item: Disclosure, on: date, at: datetime) -> None:
    if item.public_version_id is None or item.published_on is None:
        raise Refused("not_public", f"信息 {item.number} 没有公开;请先发布")
    if not item.published_on <= on <= legal_day(at):
        raise Refused("on", f"渠道发布日期须在首次发布日期 {item.published_on} 与今日 {legal_day(at)} 之间;请核对")


def require_channels(item: Disclosure, channels: list[Channel], moment: datetime, by: Staff | None) -> None:
    """Refused without a channel at first publication, and for one that is closed, not ours, or in others' hands."""
    if item.published_at is None and not channels:
        raise Refused("channels", "请至少选择一个公开渠道", "《政府信息公开条例》(2019)第二十三条")
    require_open(item, channels, legal_day(moment), by)


def require_open(item: Disclosure, channels: list[Channel], day: date, by: Staff | None) -> None:
    """Refused for a channel that is not the organ's or not open on the day, or whose account others administer."""
    for channel in channels:
        closed = channel.closed_on is not None and channel.closed_on < day
        if channel.organ_id != item.organ_id or closed or (channel.opened_on is not None and channel.opened_on > day):
            raise Refused("channels", f"“{channel}”在 {day} 不是本机关启用中的公开渠道;请另选渠道")
    for channel, people in (closed_to(by, channels, day) if by is not None else {}).items():
        named = "、".join(one.name for one in people)
        raise Refused("not_holder", f"“{channel}”的账号由 {named} 管理,{by} 不能在上面发布;请交给账号管理员,或另选渠道")


def put_on(item: Disclosure, channels: Iterable[Channel], on: date) -> list[Posting]:
    """A posting and a placement for each channel: what the channel carried, and that it was this item."""
    postings = []
    for number, channel in zip(_free_numbers(item), channels, strict=False):
        posting = Posting.objects.create(
            organ=item.organ, number=number, channel=channel, title=item.title, posted_on=on, by_procedure=True,
            provenance=item.provenance,
        )  # fmt: skip
        Placement.objects.create(
            organ=item.organ, number=number, disclosure=item, posting=posting, provenance=item.provenance
        )
        postings.append(posting)
    return postings


def _free_numbers(item: Disclosure) -> Iterator[str]:
    """Numbers beginning with the item's own that neither register has given out, not even to what was voided."""
    begins, taken = f"{item.number}-", set[str]()
    for model in (Posting, Placement):
        held = model._default_manager.filter(organ=item.organ_id, number__startswith=begins)
        taken |= {*held.values_list("number", flat=True)}
        voided = voided_records(model, item.organ).filter(number__startswith=begins)
        taken |= {*voided.values_list("number", flat=True)}
    return (number for place in count(1) if (number := f"{begins}{place}") not in taken)
