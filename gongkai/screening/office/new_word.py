"""A Word file written anew: the stories as they are seen, and of all other parts only those that a page needs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from gongkai.screening import images
from gongkai.screening.office.package import (
    Package,
    content_types,
    packed,
    relation_part,
    remove,
    serialised,
    unwrap,
)
from gongkai.screening.office.word import DOCUMENT, MC, R, W
from gongkai.screening.refusal import NotAccepted

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    (re.compile(r"word/document\.xml"), f"{_WORD}.document.main+xml"),
    (re.compile(r"word/header\d*\.xml"), f"{_WORD}.header+xml"),
    (re.compile(r"word/footer\d*\.xml"), f"{_WORD}.footer+xml"),
    (re.compile(r"word/(styles|numbering|fontTable|settings|footnotes|endnotes)\.xml"), _WORD + r".\1+xml"),
    (re.compile(r"word/theme/theme\d*\.xml"), "application/vnd.openxmlformats-officedocument.theme+xml"),
    (re.compile(r"word/charts/chart\d*\.xml"), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
)
_PLAIN_PARTS = ("styles", "numbering", "fontTable", "theme")  # relations of the document whose parts are copied
_DROPPED = tuple(
    W + tag
    for tag in (
        *("commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart", "bookmarkEnd", "proofErr"),
        *("permStart", "permEnd", "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rsid"),
        *("rsids", "numPicBullet", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "docVars", "ruby"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "latentStyles"),
    )
)
_UNWRAPPED = tuple(W + tag for tag in ("sdt", "sdtContent", "smartTag", "customXml"))
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VML = "urn:schemas-microsoft-com"
_KEPT_SETTINGS = (
    "evenAndOddHeaders",
    "mirrorMargins",
    "defaultTabStop",
    "characterSpacingControl",
    "compat",
    "themeFontLang",
)


def rebuilt(package: Package, stories: Mapping[str, etree._Element], banned: frozenset[str]) -> bytes:
    """The file from the edited stories. NotAccepted `cannot_clean` for drawings that cannot be looked into."""
    copy = _Copy(package, banned)
    for name, tree in stories.items():
        copy.story(name, tree)
    copy.plain_parts()
    return copy.container()


class _Copy:
    """Gathers the parts of the new container; a part that nothing asks for is not there."""

    def __init__(self, package: Package, banned: frozenset[str]) -> None:
        self.package, self.banned = package, banned
        self.parts: dict[str, bytes] = {}
        self.pictures: dict[str, str] = {}
        self.relations: dict[str, list[tuple[str, str, str, bool]]] = {}

    def story(self, name: str, tree: etree._Element) -> None:
        """The document, a header, footer or the notes."""
        for one in list(tree.iter(*_DROPPED)):
            remove(one)
        for one in list(tree.iter(*_UNWRAPPED)):
            unwrap(one)
        relations, kept = self.package.relations(name), self.relations.setdefault(name, [])
        for one in list(tree.iter(etree.Element)):
            self._element(one)
            self._references(one, relations, name, kept)
        self.parts[name] = serialised(tree)

    def plain_parts(self) -> None:
        """Styles, numbering, fonts, theme and the few settings that change how pages look."""
        kept = self.relations.setdefault(DOCUMENT, [])
        for name, (kind, target, outside) in self.package.relations(DOCUMENT).items():
            if kind in _PLAIN_PARTS and not outside and target in self.package.parts:
                self.parts[target] = self._swept(self.package.tree(target))
                kept.append((name, f"{_OFFICE}/{kind}", _relative(DOCUMENT, target), False))
            elif kind in ("header", "footer", "footnotes", "endnotes") and target in self.parts:
                kept.append((name, f"{_OFFICE}/{kind}", _relative(DOCUMENT, target), False))
        if "word/settings.xml" in self.package.parts:
            tree = self.package.tree("word/settings.xml")
            for one in list(tree):
                if etree.QName(one).localname not in _KEPT_SETTINGS:
                    remove(one)
            self.parts["word/settings.xml"] = self._swept(tree)
            kept.append(("rIdSettings", f"{_OFFICE}/settings", "settings.xml", False))

    def container(self) -> bytes:
        """The container."""
        listed = [(name, kind) for name in self.parts if (kind := _type(name))]
        relations = {_relations_of(name): relation_part(kept) for name, kept in self.relations.items() if kept}
        first = relation_part([("rId1", f"{_OFFICE}/officeDocument", DOCUMENT, False)])
        parts = {"[Content_Types].xml": content_types(listed, self.pictures), "_rels/.rels": first}
        return packed({**parts, **self.parts, **relations})

    def _swept(self, tree: etree._Element) -> bytes:
        for one in list(tree.iter(*_DROPPED)):
            remove(one)
        for one in list(tree.iter(etree.Element)):
            self._element(one)
            if one.get(R + "id") or one.get(R + "embed"):
                remove(one)
        return serialised(tree)

    def _element(self, one: etree._Element) -> None:
        """Attributes that trace editing sessions go, and so does a masked text wherever an attribute repeats it."""
        tag = etree.QName(one).localname
        if tag == "extLst":
            remove(one)
        for name, value in list(one.attrib.items()):
            plain = etree.QName(str(name)).localname
            traced = plain.startswith("rsid") or plain in ("paraId", "textId", "gfxdata", "anchorId", "editId")
            if traced or any(word in str(value) for word in self.banned):
                del one.attrib[name]
        if tag in ("docPr", "cNvPr"):
            one.set("name", "图形")
            one.attrib.pop("title", "")
            if one.get("id") is None:
                one.set("id", "0")

    def _references(
        self, one: etree._Element, relations: Mapping[str, tuple[str, str, bool]], part: str,
        kept: list[tuple[str, str, str, bool]],
    ) -> None:  # fmt: skip
        """What an element refers to comes along, written anew, or the element goes."""
        for name in [str(name) for name in one.attrib if str(name).startswith(R)]:
            identity = one.get(name) or ""
            kind, target, outside = relations.get(identity, ("", "", False))
            if kind in ("header", "footer"):
                continue
            if kind == "hyperlink" and outside and self._may_lead(target):
                entry = (identity, f"{_OFFICE}/{kind}", target, True)
            elif kind == "hyperlink":
                unwrap(one) if one.tag == W + "hyperlink" else remove(one)
                return
            elif kind in ("image", "chart") and not outside:
                self._fetch(kind, target)
                entry = (identity, f"{_OFFICE}/{kind}", _relative(part, target), False)
            elif not identity or kind == "":
                del one.attrib[name]
                continue
            else:
                raise NotAccepted("cannot_clean", "文件含有智能图形、对象或外部图片,无法重新制作。请换成图片后再上传。")
            if entry not in kept:
                kept.append(entry)

    def _may_lead(self, target: str) -> bool:
        return re.match(r"https?://|mailto:", target) is not None and not any(word in target for word in self.banned)

    def _fetch(self, kind: str, target: str) -> None:
        if target in self.parts:
            return
        part = self.package.parts.get(target, b"")
        if kind == "chart":
            self.parts[target] = self._chart(target)
            return
        found = images.kind_of_picture(part)
        if not found:
            raise NotAccepted("cannot_clean", "文件含有 EMF、WMF 等图形,无法检查和重新制作。请换成 PNG 图片后再上传。")
        self.parts[target] = images.reencoded(part, found)
        self.pictures[target.rpartition(".")[2]] = f"image/{found}"

    def _chart(self, target: str) -> bytes:
        """A chart with the figures it shows, without the workbook behind it."""
        tree = self.package.tree(target)
        for one in [*tree.iter(_CHART + "externalData", _CHART + "userShapes"), *tree.iter(MC + "AlternateContent")]:
            remove(one)
        for one in tree.iter(etree.Element):
            if one.text and any(word in one.text for word in self.banned):
                one.text = "＊" * len(one.text)
        return self._swept(tree)


def _type(name: str) -> str:
    for pattern, kind in _TYPES:
        if found := pattern.fullmatch(name):
            return found.expand(kind) if "\\1" in kind else kind
    return ""


def _relative(part: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(part))


def _relations_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"
