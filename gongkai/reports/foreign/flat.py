"""Tables that have become running text: which columns they have, and the figures of every row as found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongkai.law.report_forms import ReportForm, Table
from gongkai.law.values import BLANK
from gongkai.reports.foreign.cells import barred, beyond_total, found_in, in_lines, joined_in, kept_apart, perhaps_torn
from gongkai.reports.foreign.chain import Place, locate
from gongkai.reports.foreign.lines import by_lines
from gongkai.reports.foreign.regions import MISREAD, Region, is_known, matrix, regions
from gongkai.reports.foreign.report import Where
from gongkai.reports.foreign.settling import Found
from gongkai.reports.foreign.stream import Span, Stream
from gongkai.reports.foreign.wording import AROUND, Words, row_label
from gongkai.reports.labels import key

_DIGITS = re.compile(r"\d")
MISPRINTED = 4  # letters of a head, from which on one of them may be wrong
HEAD = 260  # letters before the first row that can be its head
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年\s*度")


@dataclass(slots=True)
class Tables:
    """What was found of one form. keys: by which a row was found, by (table, row); spans: of tables in the text.

    absent: cells whose row is printed as part of another; variants: how rows are printed otherwise than on the form.
    seen: tables that were read; whole: those that a converter kept in one piece; year: printed over a column; heads:
    of columns that are printed under another name than on the form, by (table, column).
    """

    found: list[Found] = field(default_factory=list)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    lumps: dict[tuple[str, str], str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    variants: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    year: int = 0
    heads: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def refs(self) -> set[str]:
        return {ref for one in self.found for ref in one.refs}

    def add(self, found: Found) -> None:
        """Take a row, unless it was found before; a row with figures goes before a blank one."""
        for place, one in enumerate(self.found):
            if one.refs == found.refs:
                if one.printed and all(value == BLANK for value in one.printed):
                    self.found[place] = found
                return
        self.found.append(found)

    def lump(self, form: ReportForm, table: Table, head: str) -> str:
        """Take a head for one row of figures: the rows under it are not printed. The row that takes the figures."""
        row = form.row(table.id, head).lump
        self.lumps[table.id, row] = head
        self.variants.append(f"{row_label(form, table.id, head)}→{row_label(form, table.id, row)}")
        self.absent |= {
            f"{table.id}.{other.id}.{column.id}" for other in table.rows for column in table.columns
            if other.group == head and other.id != row
        }  # fmt: skip
        return row


def read(words: Words, stream: Stream, skip: set[str]) -> Tables:
    """The form's tables in running text, without those of `skip`."""
    tables = Tables()
    stream = _without_numbers(words, stream)
    chain = [place for place in locate(words, stream) if place.item.table not in skip]
    all_regions = regions(words, stream, chain)
    behind = 0
    for table in words.form.tables:
        own = [region for region in all_regions if region.item.table == table.id]
        if table in words.matrices:
            if table.id not in skip:
                _read_matrix(words, stream, table, behind, tables)
        elif any(region.item.kind == "row" for region in own):
            _read_table(words, stream, table, own, chain, tables)
            behind = max(behind, own[-1].span[0])
    return tables


def _without_numbers(words: Words, stream: Stream) -> Stream:
    """The stream without the digits that belong to labels, so that they are not taken for figures."""
    if words.numbered_words is None:
        return stream
    narrow = words.numbered_words.sub(lambda found: _DIGITS.sub(" ", found[0]), stream.narrow)
    return replace(stream, narrow=narrow)


# ── Heads ──


def _read_table(
    words: Words, stream: Stream, table: Table, own: list[Region], chain: Sequence[Place], tables: Tables
) -> None:
    first = next(place for place in chain if place.item.table == table.id and place.item.kind != "title")
    start, head = _head(stream, first, chain)
    columns = _columns(words, table, head)
    places = [place for place in chain if place.item.table == table.id and place.item.kind != "title"]
    ordered = by_lines(words.form, stream, own, places, len(columns)) if columns else None
    own = ordered or own
    before = stream.narrow[start : stream.place(first.start)]
    if columns is None or (own is not ordered and _torn(columns, before[-80:], own)):
        reason = "栏目与格式不符" if columns is None else "标签与数字错开,对不上行"
        tables.not_understood.append(f"表“{table.title}”:{reason},未读取")
        return
    tables.seen.add(table.id)
    tables.heads |= _other_heads(table, columns, head)
    if years := _YEAR.findall(stream.narrow, start, stream.place(first.start)):
        tables.year = int(years[-1])
    _rows(words, stream, table, columns, own, tables)
    tables.spans.append((_printed_start(words, stream, table, start, first), own[-1].span[1]))


def _head(stream: Stream, first: Place, chain: Sequence[Place]) -> tuple[int, str]:
    """Where the head before the first row of a table begins in the text, and its letters."""
    earlier = [place for place in chain if place.start < first.start and place.end <= first.start]
    own = [place.start for place in earlier if place.item.kind == "title" and place.item.table == first.item.table]
    before = own[-1] if own else max((place.end for place in earlier), default=0)
    before = max(before, first.start - HEAD)
    return stream.place(before), stream.bare[before : first.start]


def _columns(words: Words, table: Table, head: str) -> list[str] | None:
    """Ids of the columns in the order printed; None where the head is that of another form."""
    keys = words.columns[table.id]
    places = {column: max(head.rfind(one) for one in own) for column, own in keys.items()}
    found = [column for column in places if places[column] >= 0]
    if table.print == "items" and (2 * len(found) < len(places) or _strange(words, table, head)):
        return None
    columns = [column.id for column in table.columns if column.id in found or not column.optional or not found]
    if (
        table.print != "applications"
        and len(found) == len(columns)
        and len({places[one] for one in found}) == len(found)
    ):
        columns.sort(key=lambda column: places[column])
    return columns


def _other_heads(table: Table, columns: Sequence[str], head: str) -> dict[tuple[str, str], str]:
    """Heads of a list printed under another name (年末统计); a year over the column is told apart from it."""
    found: dict[tuple[str, str], str] = {}
    for column in table.columns if table.print == "list" else ():
        if column.id in columns and key(column.label) not in head:
            named = [alias for alias in column.aliases if "年度" not in alias and key(alias) in head]
            found |= {(table.id, column.id): max(named, key=len)} if named else {}
    return found


def _strange(words: Words, table: Table, head: str) -> bool:
    """Whether a head has words that the form does not print there, so that it has other columns."""
    at = head.rfind(key(table.title))
    if at < 0:
        return False
    rest = head[at + len(key(table.title)) :]
    known = sorted(
        {one for own in words.columns[table.id].values() for one in own} | set(AROUND), key=len, reverse=True
    )
    for one in [key("单位万元"), *known]:
        rest = rest.replace(one, "")
    for one in known:
        rest = _without_misprint(one, rest) if len(one) >= MISPRINTED else rest
    return len(re.sub(r"本年|[\d万元]", "", rest)) > 3


def _without_misprint(wanted: str, text: str) -> str:
    """A text without the first stretch that is a head with one letter wrong (废纸件数)."""
    size = len(wanted)
    for at in range(len(text) - size + 1):
        if sum(one != other for one, other in zip(wanted, text[at : at + size], strict=True)) == 1:
            return text[:at] + text[at + size :]
    return text


def _printed_start(words: Words, stream: Stream, table: Table, start: int, first: Place) -> int:
    """Where the table itself begins: at the first word of its title or head, behind the last sentence before it."""
    end = stream.place(first.start)
    start = max(start, stream.narrow.rfind("\u3002", start, end) + 1)
    titles = {key(section.title) for section in words.form.sections}
    wanted = [one for own in words.columns[table.id].values() for one in own if len(one) > 1]
    wanted += [text for text in AROUND if len(text) > 2]
    if key(table.title) not in titles:
        wanted.append(table.title[:3])
    if table.note:
        wanted.append(table.note[:6])
    places = [at for one in wanted if (at := stream.narrow.find(one, start, end)) >= 0]
    place = min(places, default=end)
    return place - 1 if place and stream.narrow[place - 1] == "(" else place


def _torn(columns: list[str], before: str, own: list[Region]) -> bool:
    """Whether figures no longer stand behind their labels: a row of them before the first label, or many labels without
    figures beside regions with those of several rows."""
    if re.search(rf"(?:(?<![\d第.])\d{{1,8}}\s+){{{max(len(columns), 2)}}}\S{{0,4}}$", before):
        return True
    rows = [region for region in own if region.item.kind == "row"]
    blank = sum(not region.chunks for region in rows)
    over = sum(len(region.chunks) >= 2 * len(columns) + 1 for region in rows)
    return bool(over) and blank > over


# ── Rows ──


def _rows(words: Words, stream: Stream, table: Table, columns: list[str], own: list[Region], tables: Tables) -> None:
    form = words.form
    filled = [len(region.chunks) for region in own if region.chunks and region.item.kind == "row"]
    apart = len(columns) > 1 and 2 * filled.count(len(columns)) >= len(filled)
    empty = sum(not region.chunks and not region.barred for region in own if region.item.kind == "row")
    shifted = _shifted(words, table, own, len(columns))
    least = min((len(region.barred) for region in own if _is_full(region, len(columns))), default=0)
    regular = empty <= 2 + len(own) // 8 and max(filled, default=0) <= len(columns) and not shifted
    lined = in_lines(stream, own)
    damaged = any(letter in MISREAD for region in own for chunk in region.chunks for letter in chunk.text)
    for number, region in enumerate(own):
        row_id = region.item.row
        row = form.row(table.id, row_id)
        if region.item.kind == "head":
            if not row.lump or not region.chunks:
                continue
            row_id = tables.lump(form, table, row_id)
        refs = tuple(
            f"{table.id}.{row_id}.{column}" for column in columns
            if not (limit := form.column(table.id, column).applies_to) or row_id in limit
        )  # fmt: skip
        tables.keys[table.id, row_id] = region.key
        if (found := barred(form, stream, region, refs, least)) is not None:
            tables.add(found)
            continue
        behind = own[number + 1] if number + 1 < len(own) else None
        if number in shifted:
            tables.not_understood.append(f"{_name(words, region)}:前面的行多出数字,可能错行,未读取")
        elif region.chunks or not _blank(region, refs, behind, tables, regular=regular):
            _row(words, stream, region, refs, behind, tables, apart=apart, damaged=damaged, lined=lined)


def _is_full(region: Region, size: int) -> bool:
    return len(region.barred) >= size and all(chunk.text for chunk in region.barred[:size])


def _shifted(words: Words, table: Table, own: list[Region], size: int) -> set[int]:
    """Rows behind one that holds the figures of another, up to a row that has none: they may stand a row too early."""
    found: set[int] = set()
    surplus = False
    for number, region in enumerate(own):
        of_label = region.torn and is_known(region.cut, words.known[table.id])
        if surplus and region.item.kind == "row":
            found.add(number)
            surplus = bool(region.chunks)
        surplus = surplus or (size > 1 and len(region.chunks) >= 2 * size) or of_label
    return found


def _blank(
    region: Region, refs: tuple[str, ...], behind: Region | None, tables: Tables, *, regular: bool
) -> bool:  # fmt: skip
    """Take a row without figures for a blank one: only between rows that are read, in a table where that is rare."""
    if not regular or behind is None or region.cut or behind.torn:
        return False
    tables.add(Found(refs, (Where(span=region.span),), ("",), (BLANK,) * len(refs)))
    return True


def _row(
    words: Words, stream: Stream, region: Region, refs: tuple[str, ...], behind: Region | None, tables: Tables,
    *, apart: bool, damaged: bool, lined: bool,
) -> None:  # fmt: skip
    """Take a row. apart: rows around keep their cells apart; damaged: other figures of the table are misread; lined: in
    most rows each figure has a line of its own."""
    if not region.chunks:
        tables.not_understood.append(f"{_name(words, region)}:没有读到数字")
        return
    joined = joined_in(stream, region, lined=lined) or (beyond_total(words.form, region, refs) if damaged else None)
    found = (
        perhaps_torn(words.form, stream, region, joined, refs)
        if joined is not None and len(region.chunks) <= len(refs)
        else found_in(words.form, stream, region.chunks, refs, region.tails, apart=apart)
    )
    if found is None:
        raw = stream.text[region.chunks[0].span[0] : region.chunks[-1].span[1]]
        tables.not_understood.append(f"{_name(words, region)}:“{raw}”分不成{len(refs)}格")
    else:
        tables.add(found)
    if region.torn and behind is not None:
        tables.not_understood.append(f"{_name(words, region)}:其后有认不出的行“{region.cut[:30]}”")


def _name(words: Words, region: Region) -> str:
    return row_label(words.form, region.item.table, region.item.row)


def _read_matrix(words: Words, stream: Stream, table: Table, start: int, tables: Tables) -> None:
    """A table whose rows stand beside each other: one run of figures for all its cells."""
    refs = tuple(f"{table.id}.{row.id}.{column.id}" for row in table.rows for column in table.columns)
    for begin, region in matrix(words, stream, table, start):
        lost = len(region.chunks) < len(refs) and kept_apart(stream, region.chunks)
        lost = lost or joined_in(stream, region) is not None
        found = found_in(words.form, stream, region.chunks, refs) if region.chunks and not lost else None
        tables.seen.add(table.id)
        tables.spans.append((begin, region.chunks[-1].span[1] if region.chunks else region.span[0]))
        if found is None:
            raw = stream.text[region.span[0] : region.span[1]].strip()[:60]
            tables.not_understood.append(f"表“{table.title}”:“{raw}”分不成{len(refs)}格")
        else:
            tables.add(found)
