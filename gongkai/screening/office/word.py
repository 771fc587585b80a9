"""Word files: the text in reading order, and what stands in the file without being seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from gongkai.screening.findings import Place
from gongkai.screening.office.package import Package, hidden_parts, remove, unwrap
from gongkai.screening.sight import Sight

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT = "word/document.xml"
STORIES = r"word/(?:header\d*|document|footer\d*|footnotes|endnotes)\.xml"
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_CHANGES = tuple(
    W + tag
    for tag in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"),
        *("tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge"),
    )
)
_OBJECTS = tuple(W + tag for tag in ("object", "altChunk", "control", "movie"))
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION")
_TELLING_FIELDS = (
    *("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "COMMENTS", "AUTHOR", "FILENAME", "DOCVARIABLE"),
    *("LASTSAVEDBY", "TEMPLATE", "USERNAME", "USERADDRESS"),
)
_GAPS = {W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_TINY = 4  # half-points: two points and less cannot be read


def walk(package: Package, sight: Sight) -> dict[str, etree._Element]:
    """Say what is visible and note what is not; gives the trees of the stories, cleaned and edited."""
    hidden_parts(package, sight)
    for name in package.named(r"word/comments\w*\.xml"):
        _comments(package, name, sight)
    invisible = _invisible_styles(package)
    stories = {name: package.tree(name) for name in _in_order(package.named(STORIES))}
    _settings(package, sight)
    for name, tree in stories.items():
        part = next((said for word, said in _PARTS.items() if word in name), "")
        _strip(tree, sight, part, invisible)
        _Story(sight, part).block(tree)
        sight.gap("\n")
    return stories


def _in_order(names: Iterable[str]) -> list[str]:
    ranks = ("header", "document", "footnotes", "endnotes", "footer")
    return sorted(names, key=lambda name: (next(n for n, word in enumerate(ranks) if word in name), name))


def _comments(package: Package, name: str, sight: Sight) -> None:
    for one in package.tree(name).iter(W + "comment"):
        said = f"{one.get(W + 'author', '')}:{''.join(text.text or '' for text in one.iter(W + 't'))}"
        sight.hide("comment", Place(part="批注"), said)


def _settings(package: Package, sight: Sight) -> None:
    if "word/settings.xml" not in package.parts:
        return
    for one in package.tree("word/settings.xml").iter(W + "docVar"):
        sight.hide("leftover_part", Place(part="文档变量"), f"{one.get(W + 'name', '')}={one.get(W + 'val', '')}")


def _invisible_styles(package: Package) -> frozenset[str]:
    """Ids of styles whose text is hidden, by themselves or by the style they rest on."""
    if "word/styles.xml" not in package.parts:
        return frozenset()
    bases: dict[str, str] = {}
    found: set[str] = set()
    for style in package.tree("word/styles.xml").iter(W + "style"):
        name, based, marks = style.get(W + "styleId") or "", style.find(W + "basedOn"), style.find(W + "rPr")
        bases[name] = (based.get(W + "val") or "") if based is not None else ""
        if marks is not None and _on(marks, "vanish"):
            found.add(name)
    grown = True
    while grown:
        more = {name for name, base in bases.items() if base in found} - found
        found |= more
        grown = bool(more)
    return frozenset(found)


def _on(marks: etree._Element, name: str) -> bool:
    one = marks.find(W + name)
    return one is not None and one.get(W + "val", "1") not in ("0", "false", "off", "none")


def _strip(tree: etree._Element, sight: Sight, part: str, invisible: frozenset[str]) -> None:
    """Take out of a story what is not seen in it, and note it."""
    place = Place(part=part)
    for one in [*tree.iter(MC + "Fallback"), *tree.iter(*_CHANGES)]:
        remove(one)
    _changes(tree, sight, place)
    for thing in list(tree.iter(*_OBJECTS)):
        sight.hide("embedded_object", place)
        remove(thing)
    _fields(tree, sight, place)
    for run in list(tree.iter(W + "r")):
        rule = _why_unseen(run, invisible)
        if rule and run.find(f".//{W}t") is not None:
            sight.hide(rule, place, "".join(text.text or "" for text in run.iter(W + "t")))
            remove(run)


def _changes(tree: etree._Element, sight: Sight, place: Place) -> None:
    """Tracked changes as if all were accepted."""
    for change in list(tree.iter(W + "del", W + "moveFrom", W + "ins", W + "moveTo")):
        said = "".join(one.text or "" for one in change.iter(W + "delText", W + "t"))
        gone = change.tag in (W + "del", W + "moveFrom")
        if said:
            sight.hide("tracked_change", place, f"{change.get(W + 'author', '')}{'删去' if gone else '加入'}:{said}")
        (remove if gone else unwrap)(change)


def _fields(tree: etree._Element, sight: Sight, place: Place) -> None:
    """Field codes are not seen; page numbers need theirs, of all others the result stays and the code goes."""
    for field in list(tree.iter(W + "fldSimple")):
        if not _counts_pages(field.get(W + "instr") or ""):
            _note_code(field.get(W + "instr") or "", sight, place)
            unwrap(field)
    for marks, code in list(_complex_fields(tree)):
        if not _counts_pages(code):
            _note_code(code, sight, place)
            for mark in marks:
                remove(mark)


def _complex_fields(tree: etree._Element) -> Iterator[tuple[list[etree._Element], str]]:
    """The marks and the code of every field that is written as begin, code, separate, result, end; inner ones first."""
    open_fields: list[tuple[list[etree._Element], list[str]]] = []
    for one in list(tree.iter(W + "fldChar", W + "instrText")):
        if one.get(W + "fldCharType") == "begin" or not open_fields:
            open_fields.append(([], []))
        open_fields[-1][0].append(one)
        open_fields[-1][1].append((one.text or "") if one.tag == W + "instrText" else "")
        if one.get(W + "fldCharType") == "end":
            marks, codes = open_fields.pop()
            yield marks, "".join(codes)
    yield from ((marks, "".join(codes)) for marks, codes in open_fields)


def _counts_pages(code: str) -> bool:
    return code.strip().partition(" ")[0].upper() in _PAGE_FIELDS


def _note_code(code: str, sight: Sight, place: Place) -> None:
    if code.strip().partition(" ")[0].upper() in _TELLING_FIELDS:
        sight.hide("leftover_part", place, code, "properties")


def _why_unseen(run: etree._Element, invisible: frozenset[str]) -> str:
    """The rule by which a run is not seen, "" when it is."""
    marks = run.find(W + "rPr")
    if marks is not None and _on(marks, "vanish"):
        return "hidden_text"
    if any(style in invisible for style in _styles(run, marks)):
        return "hidden_text" if marks is None or marks.find(W + "vanish") is None else ""
    if marks is None:
        return ""
    colour, size = marks.find(W + "color"), marks.find(W + "sz")
    white = colour is not None and (colour.get(W + "val") or "").upper() in ("FFFFFF", "FEFEFE")
    points = size.get(W + "val", "") if size is not None else ""
    tiny = points.isdigit() and int(points) <= _TINY
    return "faint_text" if tiny or (white and not _on_colour(run, marks)) else ""


def _styles(run: etree._Element, marks: etree._Element | None) -> Iterator[str]:
    own = marks.find(W + "rStyle") if marks is not None else None
    paragraph = next(run.iterancestors(W + "p"), None)
    whole = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    yield from (one.get(W + "val") or "" for one in (own, whole) if one is not None)


def _on_colour(run: etree._Element, marks: etree._Element) -> bool:
    """Whether white text has a ground of another colour: its own, its paragraph's, its cell's or its table style's."""
    if marks.find(W + "highlight") is not None or next(run.iterancestors(W + "txbxContent"), None) is not None:
        return True
    grounds = [marks.find(W + "shd")]
    for above in run.iterancestors(W + "p", W + "tc", W + "tbl"):
        grounds.append(above.find(f"{above.tag}Pr/{W}shd"))
        if above.tag == W + "tbl" and above.find(f"{W}tblPr/{W}tblStyle") is not None:
            return True
    fills = [(ground.get(W + "fill") or "auto").upper() for ground in grounds if ground is not None]
    return any(fill not in ("AUTO", "FFFFFF") for fill in fills)


class _Story:
    """Says one story in reading order: paragraphs as lines, table rows as lines of cells."""

    def __init__(self, sight: Sight, part: str) -> None:
        self.sight, self.part, self.paragraph = sight, part, 0

    def block(self, parent: etree._Element) -> None:
        """Paragraphs and tables of a body, a note, a content control."""
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
                self.sight.gap("\n")
            elif child.tag == W + "tbl":
                self._table(child)
            elif isinstance(child.tag, str) and child.tag not in (W + "sectPr", W + "sdtPr"):
                self.block(child)

    def _table(self, table: etree._Element) -> None:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl"), None) is not table:
                continue
            for number, cell in enumerate(row.iter(W + "tc")):
                if next(cell.iterancestors(W + "tr"), None) is row:
                    self.sight.gap("\t" * bool(number))
                    self._cell(cell)
            self.sight.gap("\n")

    def _cell(self, cell: etree._Element) -> None:
        for number, paragraph in enumerate(cell.iter(W + "p")):
            self.sight.gap(" " * bool(number))
            self._paragraph(paragraph, nested=False)

    def _paragraph(self, paragraph: etree._Element, nested: bool = True) -> None:
        self.paragraph += 1
        place = Place(part=self.part, paragraph=self.paragraph)
        for one in paragraph.iter(W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen", W + "p"):
            if one is paragraph or not (nested or next(one.iterancestors(W + "p"), None) is paragraph):
                continue
            if one.tag == W + "t":
                one.text = self.sight.say(one.text or "", place)
            elif one.tag == W + "p":
                self.sight.gap("\n")
            elif (parent := one.getparent()) is not None and parent.tag == W + "r":  # not a tab stop of the paragraph
                self.sight.gap(_GAPS.get(one.tag, " ") if nested else " ")
