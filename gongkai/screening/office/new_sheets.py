"""A workbook written anew: visible cells as values, without formulas, caches, links and everything behind them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from gongkai.screening.office.package import Package, content_types, packed, relation_part, remove, serialised
from gongkai.screening.office.sheets import Cell, M, R, Sheet
from gongkai.screening.refusal import NotAccepted

_MAIN = M.strip("{}")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEFORE = ("sheetFormatPr", "cols")  # the order that the schema asks for: these before the cells, the rest behind


def rebuilt(package: Package, sheets: Sequence[Sheet], banned: frozenset[str]) -> bytes:
    """The workbook. NotAccepted `cannot_clean` when no sheet is visible, and for pictures, which cannot come along."""
    if not sheets:
        raise NotAccepted("cannot_clean", "文件没有可见的工作表。请确认要公开的内容后再上传。")
    if any(sheet.pictures for sheet in sheets):
        raise NotAccepted("cannot_clean", "工作表里有图片或图表,无法重新制作。请删去或另存为 pdf 后再上传。")
    parts = {f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in enumerate(sheets, 1)}
    kinds = [(name, f"{_SHEET}.worksheet+xml") for name in parts]
    relations = [
        (f"rId{number}", f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml", False)
        for number in range(1, len(sheets) + 1)
    ]
    if "xl/styles.xml" in package.parts:
        parts["xl/styles.xml"] = _styles(package.tree("xl/styles.xml"), banned)
        kinds.append(("xl/styles.xml", f"{_SHEET}.styles+xml"))
        relations.append(("rIdStyles", f"{_OFFICE}/styles", "styles.xml", False))
    parts["xl/workbook.xml"] = _book(sheets, banned)
    kinds.append(("xl/workbook.xml", f"{_SHEET}.sheet.main+xml"))
    first = relation_part([("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml", False)])
    head = {"[Content_Types].xml": content_types(kinds, {}), "_rels/.rels": first}
    return packed({**head, **parts, "xl/_rels/workbook.xml.rels": relation_part(relations)})


def _book(sheets: Sequence[Sheet], banned: frozenset[str]) -> bytes:
    root = etree.Element(M + "workbook", nsmap={None: _MAIN, "r": R.strip("{}")})  # type: ignore[dict-item]
    listed = etree.SubElement(root, M + "sheets")
    for number, sheet in enumerate(sheets, 1):
        name = sheet.name if not any(word in sheet.name for word in banned) else f"表{number}"
        one = etree.SubElement(listed, M + "sheet", name=name, sheetId=str(number))
        one.set(R + "id", f"rId{number}")
    return serialised(root)


def _sheet(sheet: Sheet) -> bytes:
    root = etree.Element(M + "worksheet", nsmap={None: _MAIN})  # type: ignore[dict-item]
    layout = {etree.QName(one).localname: one for one in sheet.layout}
    for tag in _BEFORE:
        if tag in layout:
            root.append(layout[tag])
    data = etree.SubElement(root, M + "sheetData")
    for number, cells in sheet.rows.items():
        row = etree.SubElement(data, M + "row", r=str(number))
        for cell in cells:
            _cell(row, cell)
    for tag, one in layout.items():
        if tag not in _BEFORE:
            one.attrib.pop(R + "id", "")
            root.append(one)
    return serialised(root)


def _cell(row: etree._Element, cell: Cell) -> None:
    one = etree.SubElement(row, M + "c", r=cell.reference, s=cell.style)
    if cell.number:
        etree.SubElement(one, M + "v").text = cell.text
    elif cell.text:
        one.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(one, M + "is"), M + "t")
        text.text = cell.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _styles(tree: etree._Element, banned: frozenset[str]) -> bytes:
    """Number formats, fonts and fills, without what other programs add and formats that say a masked text."""
    for one in list(tree):
        if etree.QName(one).localname in ("extLst", "tableStyles", "dxfs"):
            remove(one)
    for one in tree.iter(etree.Element):
        for name, value in list(one.attrib.items()):
            if any(word in str(value) for word in banned):
                one.set(str(name), "General")
    return serialised(tree)
