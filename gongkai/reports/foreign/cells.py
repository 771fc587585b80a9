"""The pieces of figures behind a label as the cells of its row: kept apart by bars, by gaps, or run together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from gongkai.law.report_forms import ReportForm
from gongkai.law.values import BLANK
from gongkai.reports.foreign.regions import Chunk, Region
from gongkai.reports.foreign.report import Where
from gongkai.reports.foreign.settling import Found
from gongkai.reports.foreign.solving import sums_within
from gongkai.reports.foreign.splitting import Either, Slot, Ways, plain
from gongkai.reports.foreign.stream import Stream


def kept_apart(stream: Stream, chunks: Sequence[Chunk]) -> bool:
    """Whether bars, or line ends, stand between all figures of a run: each is whole, and too few hide a blank."""
    gaps = [stream.narrow[one.span[1] : other.span[0]] for one, other in pairwise(chunks)]
    return len(gaps) > 1 and any(all(sign in gap for gap in gaps) for sign in "|\n")


def joined_in(stream: Stream, region: Region, *, lined: bool = False) -> list[Chunk] | None:
    """The chunks of a row, those together that no bar or line end parts; None where these part all, or are none.

    lined: rows around have each figure on a line of its own.
    """
    joined = list(region.chunks[:1])
    parted = lined or (bool(joined) and "|" in stream.narrow[region.span[0] : joined[0].span[0]])
    for chunk in region.chunks[1:]:
        last = joined[-1]
        gap = stream.narrow[last.span[1] : chunk.span[0]]
        parted = parted or "|" in gap
        if last.unit or gap.strip(" "):
            joined.append(chunk)
        else:
            joined[-1] = Chunk(last.text + chunk.text, chunk.unit, (last.span[0], chunk.span[1]))
    return joined if parted and len(joined) < len(region.chunks) else None


def in_lines(stream: Stream, own: Sequence[Region]) -> bool:
    """Whether most rows of a table have each figure on a line of its own."""
    gaps = [
        [stream.narrow[one.span[1] : other.span[0]] for one, other in pairwise(region.chunks)]
        for region in own
        if len(region.chunks) > 1
    ]
    return 2 * sum(all("\n" in gap for gap in row) for row in gaps) > len(gaps)


def beyond_total(form: ReportForm, region: Region, refs: tuple[str, ...]) -> list[Chunk] | None:
    """The two figures of a row as one, where the first is of the year and exceeds the second, of all years: where
    figures are misread, it may be one figure torn beside a blank."""
    periods = [form.cell(ref).period for ref in refs]
    if periods != ["year", "cumulative"] or len(region.chunks) != len(refs):
        return None
    one, other = region.chunks
    if not (one.text.isdigit() and other.text.isdigit()) or one.unit or int(one.text) <= int(other.text):
        return None
    return [Chunk(one.text + other.text, other.unit, (one.span[0], other.span[1]))]


def barred(form: ReportForm, stream: Stream, region: Region, refs: tuple[str, ...], least: int) -> Found | None:
    """A row whose cells bars keep apart; None where they are fewer than its columns or may be others.

    least: cells of full rows, those included that end a line. A row with blanks and fewer of them has lost some, unless
    its sums hold.
    """
    cells, more = region.barred[: len(refs)], region.barred[len(refs) :]
    if len(cells) < len(refs) or any(chunk.text for chunk in more):
        return None
    found = [
        plain([chunk], [slot_of(form, ref)]) if chunk.text else (BLANK,) for chunk, ref in zip(cells, refs, strict=True)
    ]
    values = tuple(one[0] for one in found if one)
    if len(values) < len(refs):
        return None
    sums = sums_within(form, refs)
    proven = bool(sums) and all(one.holds(values) for one in sums)
    if BLANK in values and set(values) != {BLANK} and not proven and not 0 < least <= len(region.barred):
        return None
    spans = [chunk.span for chunk in cells]
    raws = tuple(stream.text[slice(*span)] for span in spans)
    return Found(refs, tuple(Where(span=span) for span in spans), raws, values)


def found_in(
    form: ReportForm, stream: Stream, chunks: Sequence[Chunk], refs: tuple[str, ...], tails: Sequence[int] = (0,),
    *, apart: bool = False,
) -> Found | None:  # fmt: skip
    """Chunks of running text as found cells; None where they fit in no way.

    tails: how many digits at the end may be the number of the next row. apart: rows around keep their cells apart.
    """
    slots = [slot_of(form, ref) for ref in refs]
    readings = [shorter for tail in tails if (shorter := _without(chunks, tail))]
    whole = [(kept, values) for kept in readings if (values := plain(kept, slots)) is not None]
    if len(whole) == 1 and (len(readings) == 1 or len(whole[0][0]) < len(chunks)):
        kept, values = whole[0]
        wheres = tuple(Where(span=chunk.span) for chunk in kept)
        return Found(refs, wheres, tuple(stream.text[slice(*chunk.span)] for chunk in kept), values)
    if not readings:
        return None
    span = (chunks[0].span[0], chunks[-1].span[1])
    return ways_of(form, readings, refs, Where(span=span), stream.text[slice(*span)], apart=apart)


def perhaps_torn(
    form: ReportForm, stream: Stream, region: Region, joined: Sequence[Chunk], refs: tuple[str, ...]
) -> Found:
    """Figures with a gap between bars: cells that a reader put together, or a figure torn beside a blank cell."""
    slots, sums = [slot_of(form, ref) for ref in refs], sums_within(form, refs)
    span = (region.chunks[0].span[0], region.chunks[-1].span[1])
    readings = [_without(one, tail) for one in (region.chunks, joined) for tail in region.tails]
    either = Either([Ways(one, slots, sums, apart=True) for one in readings if one])
    return Found(refs, (Where(span=span),), (stream.text[slice(*span)],), None, either)


def _without(chunks: Sequence[Chunk], tail: int) -> list[Chunk]:
    """The chunks without so many digits at the end."""
    if not tail:
        return list(chunks)
    last = chunks[-1]
    shorter = Chunk(last.text[:-tail], "", (last.span[0], last.span[1] - tail))
    if len(last.text) < tail:
        return []
    return [*chunks[:-1], *([shorter] if shorter.text else [])]


def ways_of(
    form: ReportForm, readings: Sequence[Sequence[Chunk]], refs: tuple[str, ...], where: Where, raw: str,
    *, apart: bool = False,
) -> Found | None:  # fmt: skip
    """Figures that run together as found cells; None where they fit in no way. readings: of where the run ends."""
    slots, sums = [slot_of(form, ref) for ref in refs], sums_within(form, refs)
    found = [one for chunks in readings if (one := Ways(chunks, slots, sums, apart=apart)).possible]
    if len(found) > 1:
        least = min(one.blanks for one in found)
        found = [one for one in found if one.blanks == least]
    if not found:
        return None
    return Found(refs, (where,), (raw,), None, found[0] if len(found) == 1 else Either(found))


@cache
def slot_of(form: ReportForm, ref: str) -> Slot:
    """The place of a cell, as far as cutting a run of figures needs to know it."""
    cell = form.cell(ref)
    return Slot.of(cell, form.column(cell.table, cell.column).signed)
