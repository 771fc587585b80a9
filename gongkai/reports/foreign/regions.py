"""What stands behind each label in running text: the pieces of figures, without numbering, remarks and page marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.law.report_forms import Table
from gongkai.reports.foreign.chain import Place
from gongkai.reports.foreign.stream import Span, Stream
from gongkai.reports.foreign.wording import UNITS, Item, Words
from gongkai.reports.labels import key

LONGEST = 600  # characters behind a label that can belong to its row
LACKING = 4  # letters that the heads of a matrix may lack
NUMBERED = 0.6  # share of rows with their number before them, from which on a printing is one that numbers its rows
MINUS = "-−–"
ABSENT = "-−–—/"
_UNIT = "|".join(UNITS)
# What a reader of pictures makes of 0, 1, 5, 8 and 2. A piece with one of them is kept as it is: it fits no cell, so
# that its row is not settled, as it would be if the letter were passed over.
MISREAD = "OoQDlISsBZz\u3007\u25cb"
_MISREAD = rf"(?<![A-Za-z])(?!I{{1,3}}[VX]?\s*[、.)])\d*[{MISREAD}][\d{MISREAD}]*(?![A-Za-z\u4e00-\u9fff])"
_PIECES = re.compile(
    r"(?P<prose>(?:(?:19|20)\d{2}[ \t]?年|\d[\d.,]*[ \t]?[月日余多%]))"
    rf"|(?P<figures>{_MISREAD}|[{MINUS}]?\d[\d.,{ABSENT}]*|[{ABSENT}]{{1,2}})(?:[ \t]*(?P<unit>{_UNIT}))?"
    r"|(?P<words>[\u3007\u4e00-\u9fff][\u3007\u4e00-\u9fff\s、,;:,“”\"']*)"
)
_FIGURE = re.compile(rf"(?P<figures>[{MINUS}]?\d[\d.,]*|[{ABSENT}]{{1,2}})(?:[ \t]*(?P<unit>{_UNIT}))?")
_REMARK = re.compile(r"\([^()\d]{0,3}[^()]{0,80}\)")
_COUNTED = re.compile(r"\d+(?:\.\d+)?\s?([件条个次份项年月日%])?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PAGE_MARK = re.compile(
    r"(?:(?<=\s)|^)[—–]\s?\d{1,3}\s?[—–](?=\s|$)|^[ \t]*-\s?\d{1,3}\s?-[ \t]*$"
    r"|第\s*\d{1,3}\s*页(?:\s*[,,/]?\s*共\s*\d{1,3}\s*页)?",
    re.MULTILINE,
)
_END_NUMBER = re.compile(r"(\d+)\s*([.、)])?\s*$")
_END_CHINESE = re.compile(
    r"(?:其中\s*[::]?\s*)?(?:\(\s*[一二三四五六七八九十]{1,3}\s*\)|[一二三四五六七八九十]{1,3}\s*、)?\s*$"
)
_BORDER = re.compile(r"[|\n]\s*$")  # a cell or a line ends here, so that a number behind it is not glued to figures
_END_AMONG = re.compile(r"其中\s*[::]?\s*(?:\d{1,2}\s*[.、)]?\s*)?$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Figures without anything between them. unit: 万元, 件 … where one follows, which ends a cell."""

    text: str
    unit: str
    span: Span


@dataclass(slots=True)
class Region:
    """What stands behind a label. tails: how many digits at the end may be the number of the next row, 0 for none.

    cut: words that do not belong to the form, behind which nothing was read; torn: figures stand behind them.
    barred: the cells that bars keep apart behind the label, blank ones with a chunk without text.
    """

    item: Item
    key: str
    span: Span
    chunks: list[Chunk] = field(default_factory=list)
    tails: tuple[int, ...] = (0,)
    cut: str = ""
    torn: bool = False
    barred: list[Chunk] = field(default_factory=list)


def regions(words: Words, stream: Stream, chain: list[Place]) -> list[Region]:
    """One region for every row and head of the chain, in the order of the text."""
    found = []
    chain = _numbered(stream, chain)
    for number, place in enumerate(chain):
        behind = chain[number + 1] if number + 1 < len(chain) else None
        if place.item.kind != "title":
            found.append(_region(words, stream, place, behind))
    return found


def _numbered(stream: Stream, chain: list[Place]) -> list[Place]:
    """The chain with the numbers of rows that the form's labels do not have, where this printing adds them."""
    bare = [place for place in chain if place.item.no.isdigit() and not place.item.marker]
    have = sum(stream.bare.endswith(place.item.no, 0, place.start) for place in bare)
    if have < NUMBERED * len(bare) or not bare:
        return chain
    return [replace(place, item=replace(place.item, marker=place.item.marker or place.item.no)) for place in chain]


def _region(words: Words, stream: Stream, place: Place, behind: Place | None) -> Region:
    start = stream.after(place.end)
    limit = min(start + LONGEST, len(stream.narrow))
    end, maybe = (limit, 0)
    if behind is not None and stream.place(behind.start) <= limit:
        end, maybe = _without_number(stream.narrow, start, stream.place(behind.start), behind.item)
    region = Region(place.item, place.key, (start, end), tails=(0, maybe) if maybe else (0,))
    _fill(region, words.known[place.item.table], stream.narrow[start:end], tail=not place.exact)
    if 1 in region.tails and not words.long_lists[place.item.table]:
        region.tails = (1,)
    return region


def _without_number(text: str, start: int, end: int, behind: Item) -> tuple[int, int]:
    """Where a region ends before the next row's number ("0000000|2.其他"), and how many digits may be that number."""
    piece = text[start:end]
    among = _END_AMONG.search(piece)
    among_at = among.start() if among else len(piece)
    chinese = _END_CHINESE.search(piece)
    if chinese and chinese.start() < len(piece.rstrip()):
        return start + chinese.start(), 0
    number = _END_NUMBER.search(piece, 0, among_at) if among_at == len(piece) else None
    if number is None:
        return start + among_at, 0
    own = behind.marker.strip("()")
    if number[2] and _BORDER.search(piece, 0, number.start()):
        return start + number.start(), 0
    matches = own.isdigit() and number[1].endswith(own)
    if number[2]:
        return start + number.end(1) - (len(own) if matches else 1), 0
    return end, len(own) if matches else 0


def _fill(region: Region, known: str, text: str, tail: bool) -> None:
    """Chunks of a region up to the first words that are not of this form."""
    text = _PAGE_MARK.sub(_blank, _REMARK.sub(_blank_remark, text))
    offset = region.span[0]
    end = region.span[1]
    region.barred = _barred(text, offset)
    for piece in _PIECES.finditer(text):
        if region.cut:
            region.torn = region.torn or piece["figures"] is not None
        elif piece["prose"] is not None:
            region.cut, end = piece["prose"], offset + piece.start()
        elif piece["words"] is None:
            figures = piece["figures"].rstrip(".,")
            region.chunks.append(Chunk(figures, piece["unit"] or "", (offset + piece.start(), offset + piece.end())))
            if _numbers_words(text, piece):
                region.tails, region.cut = (1, 2), text[piece.end() :].strip()[:30]
        elif _is_foreign(piece["words"], known, region, tail):
            region.cut = piece["words"].strip()
            end = offset + piece.start()
    region.span = (region.span[0], end)


def _barred(text: str, offset: int) -> list[Chunk]:
    """Cells that bars keep apart, up to the first with words; none where figures stand before the first bar."""
    before, *pieces = text.split("|")
    if any(letter.isdigit() for letter in before):
        return []
    found: list[Chunk] = []
    start = offset + len(before) + 1
    if pieces and not pieces[-1].strip():
        pieces.pop()  # behind the last bar
    for piece in pieces:
        first = piece.lstrip().split("\n")[0].rstrip()
        figure = _FIGURE.fullmatch(first)
        if first and not figure and (found or first not in UNITS):
            break
        at = start + piece.find(first)
        if not first or figure:
            unit = figure["unit"] or "" if figure else ""
            found.append(Chunk(figure["figures"] if figure else "", unit, (at, at + len(first))))
        if first != piece.strip():
            break
        start += len(piece) + 1
    return found


def _is_foreign(piece: str, known: str, region: Region, tail: bool) -> bool:
    """Whether words end a row: those of another row, or of none. Between its figures a row has single letters only, of
    a label that runs down beside it; the rest of a broken label (`tail`) stands before them."""
    letters = len(re.sub(r"\W+", "", piece))
    if region.chunks:
        return letters > 1
    return not is_known(piece, known) and not (tail and letters < 24)


def _numbers_words(text: str, piece: re.Match[str]) -> bool:
    """Whether the figures end in the number of a row whose words the form does not have ("00000003.某某")."""
    behind = text[piece.end() :].lstrip()
    dotted = piece["figures"].endswith(".") or behind[:1] in ("、", ")")
    return dotted and piece["figures"][-2:].rstrip(".").isdigit() and bool(_CHINESE.match(behind.lstrip("、)")))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank_remark(found: re.Match[str]) -> str:
    """Blanks for a remark in words ("(其中修订16件)"); figures in brackets that count nothing are those of a row."""
    counted = all(number[1] for number in _COUNTED.finditer(found[0]))
    return " " * len(found[0]) if counted and _CHINESE.search(found[0]) else found[0]


def figures_of(text: str, offset: int) -> tuple[list[Chunk], str]:
    """The figures of one line, and the letters that stand before the first of them; none where prose follows."""
    text = _PAGE_MARK.sub(_blank, _REMARK.sub(_blank_remark, text))
    chunks: list[Chunk] = []
    before = ""
    for piece in _PIECES.finditer(text):
        if piece["figures"] is not None:
            figures = piece["figures"].rstrip(".,")
            chunks.append(Chunk(figures, piece["unit"] or "", (offset + piece.start(), offset + piece.end())))
        elif chunks or piece["prose"] is not None:
            break
        else:
            before += re.sub(r"[^\u4e00-\u9fff]+", "", piece["words"])
    return chunks, before


def is_known(piece: str, known: str) -> bool:
    """Whether a stretch of words is made of a few pieces of what the table prints."""
    rest = re.sub(r"\W+", "", piece)
    if len(rest) <= 1:
        return True
    for _ in range(4 + len(rest) // 6):
        size = _prefix(rest, known)
        if not size:
            return False
        rest = rest[size:]
        if not rest:
            return True
    return False


def _prefix(text: str, known: str) -> int:
    """How many letters at the beginning of a text stand together somewhere in what is known."""
    low, high = 0, min(len(text), 60)
    while low < high:
        middle = (low + high + 1) // 2
        if text[:middle] in known:
            low = middle
        else:
            high = middle - 1
    return low


# ── Tables whose rows stand beside each other ──


def matrix(words: Words, stream: Stream, table: Table, start: int) -> Iterator[tuple[int, Region]]:
    """The one run of figures behind the heads of a matrix (行政复议 | 行政诉讼 …), searched from a place on;
    with the place where its head begins."""
    letters = _letters(table)
    size = sum(len(key(column.label)) for column in table.columns) * len(table.rows)
    # A run of heads is taken whole and then looked behind: a pattern that did both would try every place of it again.
    pattern = re.compile(rf"(?:[{letters}]|[^\w\u25cb]){{{size},}}+")
    runs = (run for run in pattern.finditer(stream.narrow, start) if _figures_begin(stream.narrow, run.end()))
    found = max(runs, key=lambda run: len(run[0]), default=None)
    if found is None:
        return
    head = re.sub(r"\W", "", found[0])
    # Heads one letter above the other come in any order: as many of each letter must be there.
    lacking = Counter("".join(key(column.label) for column in table.columns) * len(table.rows)) - Counter(head)
    if len(head) < size or sum(lacking.values()) > LACKING:
        return
    end = min(found.end() + LONGEST, len(stream.narrow))
    region = Region(Item("row", table.id, "", (), "", 0), "", (found.end(), end))
    _fill(region, "", stream.narrow[found.end() : end], tail=False)
    first = re.search(rf"[{letters}]", found[0])
    yield found.start() + (first.start() if first else 0), region


def _figures_begin(text: str, place: int) -> bool:
    behind = text[place : place + 1]
    return behind.isdecimal() or (behind != "" and behind in MISREAD)


def _letters(table: Table) -> str:
    """Every character of the labels of a table."""
    text = "".join(key(label) for column in table.columns for label in (column.label, *column.aliases))
    text += "".join(key(label) for row in table.rows for label in (row.label, *row.aliases))
    return "".join(sorted(set(text)))
