"""An OFD package as documents: its pages drawn as those of a PDF are, and read as those are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.containers import limits
from gongkai.papers.ofd.drawing import Page, children, draw, name, numbers
from gongkai.papers.pdf.reading import FAULTS, PAGES, Pieces, reading_of
from gongkai.papers.reading import Reading
from gongkai.papers.unreadable import Unreadable

ROOT = "OFD.xml"
OBJECTS = 600_000  # characters and rules in all
PARSED_BYTES = 100 * limits.MEGABYTE  # of XML in all: a part is parsed again for each page that names it
A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
Box = tuple[float, ...]


def read(data: bytes) -> list[Reading]:
    """The documents of a package (7.4 DocBody), mostly one.

    Raises Unreadable: `encrypted`, `damaged`, `too_large`, or `no_text` for pictures of pages.
    """
    package = _Package(limits.unpack(data, lambda part: part.lower().endswith(".xml")))
    roots = [root for root in package.part(ROOT).iter() if name(root) == "DocRoot" and root.text]
    if not roots:
        raise limits.damaged()
    return [_document(package, _within("", root.text or "")) for root in roots]


class _Package:
    """The parts of XML by their names."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {part.replace("\\", "/").lstrip("/").casefold(): content for part, content in parts.items()}
        self._parsed = 0
        if "encryptions.xml" in self._parts:
            raise Unreadable("encrypted", "这个 OFD 文件是加密的，无法读取。请提供未加密的文件。")

    def part(self, place: str) -> etree._Element:
        """The root of a part. Unreadable: `damaged` where it is missing or no XML, `too_large` after PARSED_BYTES."""
        content = self._parts.get(place.casefold())
        if content is None:
            raise limits.damaged()
        self._parsed += len(content)
        if self._parsed > PARSED_BYTES:
            raise _too_large()
        return limits.xml(content)


def _too_large() -> Unreadable:
    return Unreadable("too_large", "OFD 的内容远多于一份年度报告，已停止读取。请只上传年度报告本身。")


def _within(folder: str, place: str) -> str:
    """A place (7.3 ST_Loc) as written in a part of that folder; one that begins with / begins at the package."""
    place = place.strip().replace("\\", "/")
    joined = posixpath.normpath(place if place.startswith("/") else posixpath.join("/", folder, place))
    return joined.lstrip("/")


def _document(package: _Package, place: str) -> Reading:
    root, folder = package.part(place), posixpath.dirname(place)
    common = next((child for child in children(root, "CommonData")), None)
    area = _area(common, A4) if common is not None else A4
    templates = {
        template.get("ID", ""): _within(folder, template.get("BaseLoc", ""))
        for template in (children(common, "TemplatePage") if common is not None else ())
    }
    pages = [page for group in children(root, "Pages") for page in children(group, "Page")]
    if len(pages) > PAGES:
        raise Unreadable("too_large", f"OFD 超过{PAGES}页，已停止读取。请只上传年度报告本身。")
    pieces, drawn = Pieces(), 0
    try:
        for number, page in enumerate(pages, 1):
            content = package.part(_within(folder, page.get("BaseLoc", "")))
            behind = (package.part(templates[key]) for key in _templates(content) if key in templates)
            drawing = draw(number, [*behind, content])
            drawn += drawing.count + drawing.strokes
            if drawn > OBJECTS:
                raise _too_large()
            pieces.page(Page(number, _area(content, area), drawing.things))
    except FAULTS as fault:
        raise limits.damaged() from fault
    read = reading_of(pieces, None)
    return Reading(read.parts, read.title, "ofd")


def _area(element: etree._Element, otherwise: Box) -> Box:
    """The paper (7.5 CT_PageArea): left, top, width, height in millimetres."""
    for child in element.iter():
        if name(child) == "PhysicalBox":
            box = numbers(child.text)
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return tuple(box)
    return otherwise


def _templates(content: etree._Element) -> Iterator[str]:
    for template in children(content, "Template"):
        yield template.get("TemplateID", "")
