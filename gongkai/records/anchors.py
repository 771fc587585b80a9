"""Daily anchors: the heads of all chains once a day, chained among themselves, to be published and kept elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.models import DailyAnchor, Entry

FORMAT = "gongkai-anchor/1"
AT_ONCE = 100  # heads looked up in one query

Heads = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class AnchorFault:
    """What is wrong with the stored anchor of a day."""

    day: date
    fault: str

    def __str__(self) -> str:
        return f"{self.day} 的日锚：{self.fault}"


@transaction.atomic
def make(day: date, *, by: object, at: datetime) -> tuple[DailyAnchor, bool]:
    """The anchor of a day, and whether it was made now: a day has one, and a second asking gives the first.

    Refused for a day before the last anchor: the chain of anchors goes forward only.
    """
    entries.locked_head(entries.SYSTEM)  # of two who make it at once, the second waits and finds it
    last = DailyAnchor.objects.order_by("-day").first()
    if last is not None and last.day >= day:
        found = last if last.day == day else DailyAnchor.objects.filter(day=day).first()
        if found is None:
            raise Refused("anchor_past", f"已有 {last.day} 的日锚，不能补做 {day} 的：日锚只能逐日向后")
        return found, False
    heads = {code: list(head) for code, head in entries.anchor().items() if head[0]}
    made = DailyAnchor(day=day, made_at=at, heads=heads, previous=last.digest if last else "")
    made.digest = digest_of(made.day, made.heads, made.previous)
    made.save(force_insert=True)
    entries.write(
        organ_code=entries.SYSTEM, by=by, at=at, act="anchor", subject=("records.dailyanchor", day.isoformat()),
        after={"digest": made.digest, "chains": len(heads)},
    )  # fmt: skip
    return made, True


def digest_of(day: date, heads: Heads, previous: str) -> str:
    """SHA-256 over the canonical JSON of [day, heads, previous], 64 hexadecimal digits."""
    return hashlib.sha256(entries.canonical([day, heads, previous]).encode()).hexdigest()


def as_json(anchor: DailyAnchor) -> dict[str, Any]:
    """The anchor as published: what `read` takes."""
    return {
        "format": FORMAT,
        "day": anchor.day.isoformat(),
        "made_at": anchor.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "heads": anchor.heads,
        "previous": anchor.previous,
        "digest": anchor.digest,
    }


def read(text: str | bytes) -> dict[str, tuple[int, str]]:
    """The heads in a kept anchor file, for `entries.verify`. Refused when it is none, or was altered itself."""
    try:
        kept = json.loads(text)
        day = date.fromisoformat(kept["day"])
        heads = {str(code): (int(seq), str(digest)) for code, (seq, digest) in kept["heads"].items()}
        own = digest_of(day, kept["heads"], kept["previous"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused("not_an_anchor", f"这不是日锚文件（{fault}）；请用 /anchors/ 页面上保存的 JSON 文件") from fault
    if own != kept.get("digest"):
        raise Refused("anchor_altered", f"{day} 的日锚文件本身与其摘要不符：文件被改动过。请换一份保存的日锚")
    return heads


def faults() -> list[AnchorFault]:
    """Every stored anchor against the one before and against the entries it names; [] when all hold. Streamed."""
    found: list[AnchorFault] = []
    previous, known = "", dict[str, list[Any]]()
    for anchor in DailyAnchor.objects.order_by("day").iterator(chunk_size=50):
        if digest_of(anchor.day, anchor.heads, anchor.previous) != anchor.digest:
            found.append(AnchorFault(anchor.day, "内容与摘要不符：写入后被改动"))
        elif anchor.previous != previous:
            found.append(AnchorFault(anchor.day, "与前一日的日锚衔接不上：中间的日锚被删去或替换"))
        moved = {code: head for code, head in anchor.heads.items() if known.get(code) != head}
        found += [AnchorFault(anchor.day, fault) for fault in _not_borne_out(moved)]
        previous, known = anchor.digest, anchor.heads
    return found


def _not_borne_out(heads: Heads) -> Iterator[str]:
    """Heads that no entry bears out any more."""
    codes = sorted(heads)
    for start in range(0, len(codes), AT_ONCE):
        some = codes[start : start + AT_ONCE]
        asked = reduce(or_, (Q(organ_code=code, seq=heads[code][0]) for code in some))
        digests = dict(Entry.objects.filter(asked).order_by().values_list("organ_code", "digest"))
        for code in some:
            if digests.get(code) != heads[code][1]:
                yield f"所记机关 {code} 的第 {heads[code][0]} 条日志已不在，或已不是当日的内容"
