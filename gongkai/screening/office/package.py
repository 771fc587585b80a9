"""An Office container opened: parts, relations, and the things that any of the three kinds may hide."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping

from lxml import etree

from gongkai.containers import limits
from gongkai.screening import images
from gongkai.screening.findings import Place
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight
from gongkai.screening.xml_text import words

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_AUTHORS = ("creator", "lastModifiedBy", "Manager", "Company", "HyperlinkBase")
_OTHERS = (
    *("title", "subject", "keywords", "description", "category", "contentStatus", "identifier"),
    *("Template", "lastPrinted"),
)
_LEFTOVERS = re.compile(
    r"(?:customXml/item\d+\.xml|docProps/(?:custom\.xml|thumbnail\.\w+)|\w+/printerSettings/.*|"
    r"\w+/glossary/document\.xml|xl/(?:connections|queryTables/\w+|revisions/\w+)\.xml)"
)
_EMBEDDED = re.compile(r"/(?:embeddings|activeX|ctrlProps)/")
_MACROS = re.compile(r"vbaProject|vbaData|/macrosheets/|\.vbs$|/dialogsheets/", re.I)


class Package:
    """The parts of a docx, xlsx or pptx. NotAccepted for macros, XML entities and names that lead out of it."""

    def __init__(self, data: bytes) -> None:
        self.parts = limits.unpack(data, lambda name: True)
        for name, part in self.parts.items():
            _check_part(name, part)

    def tree(self, name: str) -> etree._Element:
        """A part as XML; Unreadable `damaged` when it is missing or no XML."""
        if name not in self.parts:
            raise limits.damaged()
        return limits.xml(self.parts[name])

    def named(self, pattern: str) -> list[str]:
        """Parts whose whole name matches, those numbered in their order."""
        found = [name for name in self.parts if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (len(name), name))

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Relation id → (last word of its type, target as a part name or address, whether it leads outside)."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".removeprefix("/")
        if name not in self.parts:
            return {}
        found = {}
        for one in self.tree(name).iter(RELATIONS):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target") or ""
            inside = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
            found[one.get("Id") or ""] = (
                (one.get("Type") or "").rpartition("/")[2],
                target if outside else inside,
                outside,
            )
        return found


def _check_part(name: str, part: bytes) -> None:
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise NotAccepted("bad_path", "文件内部的路径指向外面。请在办公软件中打开,另存一份再上传。")
    if _MACROS.search(name) or (name == "[Content_Types].xml" and b"macroEnabled" in part):
        raise NotAccepted("macros", "文件带有宏。请另存为不带宏的 docx、xlsx 后再上传。")
    if name.endswith((".xml", ".rels", ".vml")):
        plain = part.replace(b"\x00", b"")[:65_536]
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise NotAccepted("xml_entities", "文件内部含有实体声明,可能用来读取服务器上的文件。请另存一份再上传。")


def hidden_parts(package: Package, sight: Sight) -> None:
    """Properties, embedded objects, links that lead outside, leftovers and the metadata of pictures."""
    properties(package, sight)
    for name, part in package.parts.items():
        if _EMBEDDED.search(name):
            sight.hide("embedded_object", Place(part=name))
        elif _LEFTOVERS.fullmatch(name):
            said = " ".join(words(part)) if name.endswith(".xml") else ""
            if said or not name.endswith(".xml"):  # Word itself adds empty parts
                sight.hide("leftover_part", Place(part=name), said)
        elif "/media/" in name and (kind := images.kind_of_picture(part)):
            images.look(part, kind, sight, Place(part=name))
    for name in package.named(r".*\.rels"):
        _links(package, name, sight)


def _links(package: Package, name: str, sight: Sight) -> None:
    for one in package.tree(name).iter(RELATIONS):
        target, kind = one.get("Target") or "", (one.get("Type") or "").rpartition("/")[2]
        local = target.lower().startswith(("file:", "\\\\", "/")) or re.match(r"[A-Za-z]:[\\/]", target)
        if one.get("TargetMode") == "External" and (kind != "hyperlink" or local):
            rule = "template_path" if kind == "attachedTemplate" else "external_link"
            sight.hide(rule, Place(part=name), target, "properties")


def properties(package: Package, sight: Sight) -> None:
    """Author, company and the like: who made the file says more than the paper does."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name not in package.parts:
            continue
        for one in package.tree(name).iter():
            tag, text = etree.QName(one).localname, (one.text or "").strip()
            if text and tag in (*_AUTHORS, *_OTHERS) and not (tag == "Template" and text.lower() == "normal.dotm"):
                rule = "author_property" if tag in _AUTHORS else "other_property"
                sight.hide(rule, Place(part=f"文档属性 {tag}"), text, "properties")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A new container with these parts and no other, dated 1980-01-01: the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(member, part)
    return buffer.getvalue()


def serialised(tree: etree._Element) -> bytes:
    """An XML part as bytes."""
    return XML_HEAD + etree.tostring(tree, encoding="UTF-8")


def remove(element: etree._Element) -> None:
    """Take an element out and leave the text behind it where it is."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Take an element out and leave its children in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(place, child)
        parent.remove(element)


def content_types(overrides: Iterable[tuple[str, str]], suffixes: Mapping[str, str]) -> bytes:
    """[Content_Types].xml for parts and for the suffixes of pictures."""
    listed = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in sorted(suffixes.items())
    )
    listed += "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        XML_HEAD
        + (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        ).encode()
    )


def relation_part(entries: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """A .rels part from (id, type, target, whether it leads outside)."""
    root = etree.Element(
        "Relationships",
        nsmap={None: "http://schemas.openxmlformats.org/package/2006/relationships"},  # type: ignore[dict-item]
    )
    for name, kind, target, outside in entries:
        one = etree.SubElement(root, "Relationship", Id=name, Type=kind, Target=target)
        if outside:
            one.set("TargetMode", "External")
    return serialised(root)
