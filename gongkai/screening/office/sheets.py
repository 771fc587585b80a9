"""Excel files: the cells that are seen, row by row, and everything that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.containers import limits
from gongkai.screening.findings import Place
from gongkai.screening.office.package import Package, hidden_parts
from gongkai.screening.sight import Sight
from gongkai.screening.xml_text import words

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORKBOOK = "xl/workbook.xml"
_WHOLE = re.compile(r"-?\d+(?:\.0+)?|-?\d(?:\.\d+)?E\+?\d+", re.I)


@dataclass(slots=True)
class Cell:
    """One cell as it is printed anew: place, style number, text as a clean copy shows it, whether it is a number."""

    reference: str
    style: str
    text: str
    number: bool


@dataclass(slots=True)
class Sheet:
    """A visible sheet: rows by number with their cells, and the layout elements that hold no data."""

    name: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    layout: list[etree._Element] = field(default_factory=list)
    pictures: bool = False


@dataclass(slots=True)
class _Looks:
    """What the styles say: style numbers whose cells cannot be seen."""

    unseen: frozenset[str]


def walk(package: Package, sight: Sight) -> list[Sheet]:
    """Say what is visible and note what is not; gives the visible sheets, edited."""
    hidden_parts(package, sight)
    _other_parts(package, sight)
    book = package.tree(WORKBOOK)
    relations, strings = package.relations(WORKBOOK), _strings(package)
    looks = _looks(package)
    sheets: list[Sheet] = []
    for one in book.iter(M + "sheet"):
        kind, target, _ = relations.get(one.get(R + "id") or "", ("", "", False))
        name = one.get("name") or ""
        if kind != "worksheet" or target not in package.parts:
            continue
        reader = _Reader(package, target, name, strings, looks)
        if (one.get("state") or "visible") != "visible":
            sight.hide("hidden_sheet", Place(sheet=name), reader.everything())
        else:
            sheets.append(reader.say(sight))
    return sheets


def _other_parts(package: Package, sight: Sight) -> None:
    for name in package.named(r"xl/(?:comments\d*|comments/comment\d*|threadedComments/\w+|persons/\w+)\.xml"):
        sight.hide("comment", Place(part=name), "\n".join(words(package.parts[name])))
    for name in package.named(r"xl/pivotCache/pivotCacheRecords\d*\.xml"):
        sight.hide("pivot_cache", Place(part=name))
    for name in package.named(r"xl/pivotCache/pivotCacheDefinition\d*\.xml"):
        said = "\n".join(one.get("v") or "" for one in package.tree(name).iter(M + "s"))
        sight.hide("pivot_cache", Place(part=name), said)
    for name in package.named(r"xl/externalLinks/externalLink\d*\.xml"):
        said = "\n".join(one.text or "" for one in package.tree(name).iter(M + "v"))
        sight.hide("external_link", Place(part=name), said)
    for one in package.tree(WORKBOOK).iter(M + "definedName"):
        if one.get("hidden") in ("1", "true") and not (one.get("name") or "").startswith("_xlnm."):
            sight.hide("leftover_part", Place(part="隐藏的名称"), f"{one.get('name')}={one.text or ''}")


def _strings(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package.parts:
        return []
    return [_text(one) for one in package.tree("xl/sharedStrings.xml").iter(M + "si")]


def _text(holder: etree._Element) -> str:
    """Text of a shared or inline string without its phonetic help, which nobody sees in a Chinese sheet."""
    return "".join(one.text or "" for one in holder.iter(M + "t") if next(one.iterancestors(M + "rPh"), None) is None)


def _looks(package: Package) -> _Looks:
    if "xl/styles.xml" not in package.parts:
        return _Looks(frozenset())
    tree = package.tree("xl/styles.xml")
    silent = {
        one.get("numFmtId")
        for one in tree.iter(M + "numFmt")
        if re.fullmatch(r'"?;;;"?@?', one.get("formatCode") or "")
    }
    faint = [_faint(font) for font in tree.iterfind(f"{M}fonts/{M}font")]
    plain = [_is_plain(fill) for fill in tree.iterfind(f"{M}fills/{M}fill")]
    unseen = set()
    for number, one in enumerate(tree.iterfind(f"{M}cellXfs/{M}xf")):
        font, fill = _number(one.get("fontId")), _number(one.get("fillId"))
        white = font < len(faint) and faint[font] and (fill >= len(plain) or plain[fill])
        if one.get("numFmtId") in silent or white:
            unseen.add(str(number))
    return _Looks(frozenset(unseen))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _faint(font: etree._Element) -> bool:
    colour, size = font.find(M + "color"), font.find(M + "sz")
    white = colour is not None and ((colour.get("rgb") or "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0")
    return white or (size is not None and re.fullmatch(r"[012](?:\.\d+)?", size.get("val") or "") is not None)


def _is_plain(fill: etree._Element) -> bool:
    """No ground, or a white one: white letters on it are not seen."""
    pattern = fill.find(M + "patternFill")
    if pattern is None:
        return fill.find(M + "gradientFill") is None
    ground = pattern.find(M + "fgColor")
    white = ground is not None and ((ground.get("rgb") or "")[-6:].upper() == "FFFFFF" or ground.get("theme") == "0")
    return pattern.get("patternType", "none") == "none" or white


class _Reader:
    """One worksheet part read in the order of its rows."""

    def __init__(self, package: Package, part: str, name: str, strings: list[str], looks: _Looks) -> None:
        limits.check_worksheet(package.parts[part])
        self.tree, self.name, self.strings, self.looks = package.tree(part), name, strings, looks
        self.hidden_columns = {
            column
            for one in self.tree.iter(M + "col")
            if one.get("hidden") in ("1", "true") or one.get("width") in ("0", "0.0")
            for column in range(_number(one.get("min")), min(_number(one.get("max")), 16_384) + 1)
        }

    def everything(self) -> str:
        """All cells as lines with tabs, formulas beside their values: for a sheet that is hidden."""
        rows = self._rows()
        return "\n".join("\t".join(text for _, text in self._spread(cells)) for _, _, cells in rows)

    def say(self, sight: Sight) -> Sheet:
        """The visible cells; hidden rows and columns are noted once a row or column."""
        sheet = Sheet(self.name, pictures=self.tree.find(M + "drawing") is not None)
        sheet.layout = [one for tag in _LAYOUT if (one := self.tree.find(M + tag)) is not None]
        beside: dict[int, list[str]] = {}
        first = min((column for _, _, cells in self._rows() for column in cells), default=1)
        for number, row, cells in self._rows():
            if row.get("hidden") in ("1", "true") or row.get("ht") in ("0", "0.0"):
                said = "\t".join(text for _, text in self._spread(cells))
                if said.strip():
                    sight.hide("hidden_row", Place(sheet=self.name, cell=f"{number}:{number}"), said)
                continue
            seen = {column: cell for column, cell in cells.items() if column not in self.hidden_columns}
            for column in cells.keys() - seen.keys():
                beside.setdefault(column, []).append(self._value(cells[column])[0])
            sheet.rows[number] = list(self._say_row(sight, number, seen, first))
        for column, values in sorted(beside.items()):
            if any(values):
                sight.hide("hidden_column", Place(sheet=self.name, cell=f"{letters(column)}列"), "\n".join(values))
        sight.gap("\n")
        return sheet

    def _say_row(self, sight: Sight, number: int, cells: dict[int, etree._Element], first: int) -> Iterator[Cell]:
        for column in range(first, max(cells, default=0) + 1):
            if column > first:
                sight.gap("\t")
            if column not in cells:
                continue
            reference = f"{letters(column)}{number}"
            place = Place(sheet=self.name, cell=reference)
            text, is_number = self._value(cells[column])
            style = cells[column].get("s") or "0"
            if text and style in self.looks.unseen:
                sight.hide("faint_text", place, text)
                text = ""
            shown = sight.say(text.replace("\t", " ").replace("\n", " "), place)
            yield Cell(reference, style, shown, is_number and shown == text)
        sight.gap("\n")

    def _rows(self) -> Iterator[tuple[int, etree._Element, dict[int, etree._Element]]]:
        last = 0
        for row in self.tree.iter(M + "row"):
            last = _number(row.get("r")) or last + 1
            cells: dict[int, etree._Element] = {}
            for cell in row.iter(M + "c"):
                cells[_column(cell.get("r") or "") or max(cells, default=0) + 1] = cell
            yield last, row, cells

    def _spread(self, cells: dict[int, etree._Element]) -> Iterator[tuple[int, str]]:
        for column in sorted(cells):
            formula = cells[column].find(M + "f")
            said = self._value(cells[column])[0].replace("\n", " ").replace("\t", " ")
            yield column, said + (f" ={formula.text}" if formula is not None and formula.text else "")

    def _value(self, cell: etree._Element) -> tuple[str, bool]:
        """The text of a cell and whether it is a number; whole numbers are written out (1.38E+10 → 13800000000)."""
        kind, inline = cell.get("t") or "n", cell.find(M + "is")
        if inline is not None:
            return _text(inline), False
        value = cell.find(M + "v")
        raw = (value.text or "") if value is not None else ""
        if kind == "s":
            return (self.strings[int(raw)] if raw.isdigit() and int(raw) < len(self.strings) else ""), False
        if kind == "n" and len(raw) < 40 and _WHOLE.fullmatch(raw) and ("E" in raw.upper() or raw.endswith(".0")):
            number = float(raw)
            return (str(int(number)) if abs(number) < 1e20 and number == int(number) else raw), True
        return raw, kind == "n" and bool(raw)


_LAYOUT = ("sheetFormatPr", "cols", "mergeCells", "printOptions", "pageMargins", "pageSetup")


def letters(column: int) -> str:
    """1 → A, 28 → AB."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def _column(reference: str) -> int:
    column = 0
    for letter in reference.upper():
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column if column <= 16_384 else 0
