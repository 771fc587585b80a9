"""Text that keeps the lines of a printed table: figures on their label's line, or on a line of their own beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.law.report_forms import ReportForm
from gongkai.reports.foreign.chain import Place
from gongkai.reports.foreign.regions import Chunk, Region, figures_of
from gongkai.reports.foreign.stream import Stream
from gongkai.reports.labels import tidy

MOST = 20_000  # characters of one table
_LETTERS = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(slots=True)
class _Line:
    """A line of a table: the row label that begins on it, and its figures with the letters before them."""

    label: int | None
    chunks: list[Chunk]
    before: str


@dataclass(slots=True)
class _Gap:
    """Labels without figures on their line, and lines of figures alone, between two rows that are whole.

    strange: figures stand between them behind words of no row.
    """

    labels: list[int] = field(default_factory=list)
    groups: list[list[Chunk]] = field(default_factory=list)
    strange: bool = False

    def stands_in(self, line: _Line, size: int) -> None:
        """Note a line of figures that no label of a row begins or goes on."""
        if len(line.chunks) == size and len(line.before) <= 4:
            self.groups.append(line.chunks)
        elif line.chunks:
            self.strange = True

    @property
    def matched(self) -> bool:
        return len(self.labels) == len(self.groups) and not self.strange


def by_lines(
    form: ReportForm, stream: Stream, own: list[Region], places: Sequence[Place], size: int
) -> list[Region] | None:
    """The regions of a table with the figures that its lines give them; None where its rows are not lines.

    Most rows must have all their figures on the line of their label. Between two such rows, labels and lines of figures
    belong together in turn when there are as many of one as of the other; otherwise the rows are not read.
    """
    lines = _lines(stream, own, places)
    if lines is None:
        return None
    given: dict[int, list[Chunk]] = {}
    gaps = list(_gaps(form, own, lines, size, given))
    rows = [number for number, region in enumerate(own) if region.item.kind == "row"]
    if 2 * sum(len(given.get(number, ())) == size for number in rows) < len(rows):
        return None
    for gap in gaps:
        if gap.matched:
            given.update(zip(gap.labels, gap.groups, strict=True))
    unread = {number for gap in gaps if (gap.groups or gap.strange) and not gap.matched for number in gap.labels}
    return [_with(region, given.get(number, []), number in unread) for number, region in enumerate(own)]


def _with(region: Region, chunks: list[Chunk], unread: bool) -> Region:
    end = max(region.span[1], chunks[-1].span[1]) if chunks else region.span[1]
    cut = "?" if unread else ""
    return Region(region.item, region.key, (region.span[0], end), chunks, cut=cut, barred=region.barred)


def _lines(stream: Stream, own: list[Region], places: Sequence[Place]) -> list[_Line] | None:
    """The lines of a table; None where two rows begin on one line with figures, or there is only one line."""
    starts = [stream.place(place.start) for place in places]
    begin = stream.narrow.rfind("\n", 0, starts[0]) + 1
    begin = stream.narrow.rfind("\n", 0, max(begin - 1, 0)) + 1
    end = own[-1].span[1]
    if end - begin > MOST or stream.narrow.count("\n", starts[0], end) < len(own) // 2:
        return None
    lines: list[_Line] = []
    place = begin
    for text in stream.narrow[begin:end].splitlines(keepends=True):
        labels = [number for number, start in enumerate(starts) if place <= start < place + len(text)]
        rows = [number for number in labels if own[number].item.kind == "row"]
        if len(rows) > 1:
            return None
        label = next(reversed(rows or labels), None)
        after = max(stream.after(places[label].end) - place, 0) if label is not None else 0
        chunks, before = figures_of(text[after:], place + after)
        lines.append(_Line(label, chunks, before))
        place += len(text)
    return lines


def _gaps(
    form: ReportForm, own: list[Region], lines: list[_Line], size: int, given: dict[int, list[Chunk]]
) -> Iterator[_Gap]:
    """Gaps between whole rows; the figures of whole rows, and of rows with another number of them, go into `given`."""
    gap, last = _Gap(), None
    for line in lines:
        if line.label is not None:
            last = line.label
            is_row = own[last].item.kind == "row"
            if line.chunks and (is_row or len(line.chunks) == size):
                given[last] = line.chunks
                yield gap
                gap = _Gap()
            elif is_row:
                gap.labels.append(last)
        elif line.chunks and last is not None and _goes_on(form, own[last], line.before, last in gap.labels):
            if last in gap.labels:
                gap.labels.remove(last)
            given.setdefault(last, line.chunks)
        else:
            gap.stands_in(line, size)
    yield gap


def _goes_on(form: ReportForm, region: Region, before: str, waiting: bool) -> bool:
    """Whether the letters before figures are the rest of a label that began on an earlier line.

    waiting: the label has no figures yet, so that its last letter alone may stand there.
    """
    row = form.row(region.item.table, region.item.row)
    rest = before.removesuffix(row.unit)
    label = "".join(_LETTERS.findall(tidy(row.label)))
    return (len(rest) > 1 and rest in label) or (waiting and bool(rest) and label.endswith(rest))
