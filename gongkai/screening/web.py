"""HTML and SVG: what a browser shows, what the source hides, and what could run."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from gongkai.containers import limits
from gongkai.screening import images, plain
from gongkai.screening.findings import Place
from gongkai.screening.office.package import remove
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight

_RUNNING = ("script", "iframe", "frame", "object", "embed", "applet", "base", "portal", "foreignobject", "handler")
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "background", "srcset")
_RUNS = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data\s*:\s*(?:text/html|image/svg))", re.I)
_STYLE_RUNS = re.compile(r"expression\s*\(|javascript:|-moz-binding|behavior\s*:", re.I)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|mso-hide\s*:\s*all|"
    r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|%)?\s*(?:;|$)|(?:text-indent|left|top)\s*:\s*-\d{3,}",
    re.I,
)
_FAINT = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255)|"
    r"font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|pt|em|%)?\s*(?:;|$)",
    re.I,
)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*(?!\s*(?:#fff|white|none|transparent|inherit))", re.I)
_BLOCKS = frozenset(("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "title", "tr",
    "ul"))  # fmt: skip
_SILENT = frozenset(("style", "meta", "link", "template", "noscript"))
_TOLD = ("alt", "title", "href", "value", "content", "placeholder", "summary")
_KEPT = _BLOCKS - {"form", "fieldset"} | frozenset(("html", "head", "a", "abbr", "b", "br", "cite", "code", "col",
    "colgroup", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strong", "sub", "sup", "td", "th", "time", "u", "var", "wbr"))  # fmt: skip
_KEPT_ATTRIBUTES = frozenset(
    (
        "colspan",
        "rowspan",
        "href",
        "src",
        "alt",
        "lang",
        "dir",
        "align",
        "width",
        "height",
        "datetime",
        "scope",
        "start",
    )
)
SVG = "{http://www.w3.org/2000/svg}"


def walk(data: bytes, sight: Sight) -> etree._Element:
    """Say what the page shows and note the rest; gives the page, cleaned and edited. NotAccepted for what could run."""
    text = plain.decoded(data)
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", text[:65_536], re.I):
        raise NotAccepted("xml_entities", "网页含有实体声明。请在浏览器中打开,另存一份再上传。")
    parser = lxml.html.HTMLParser(huge_tree=False, encoding="utf-8", remove_pis=True)
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace") or b"<p></p>", parser=parser)
    except (etree.LxmlError, ValueError) as fault:
        raise limits.damaged() from fault
    for one in page.iter(etree.Element):
        refuse_running(one)
    _strip(page, sight)
    _Page(sight).say(page)
    return page


def refuse_running(one: etree._Element) -> None:
    """NotAccepted `script` for an element that runs, or loads what runs."""
    tag = etree.QName(one).localname.lower() if isinstance(one.tag, str) else ""
    refresh = tag == "meta" and (one.get("http-equiv") or "").lower() == "refresh"
    style = (one.get("style") or "") + ((one.text or "") if tag == "style" else "")
    if tag in _RUNNING or refresh or _STYLE_RUNS.search(style) or any(map(_runs, one.attrib.items())):
        raise NotAccepted("script", "文件里有脚本或会自动运行的内容。请另存为纯文字网页、docx 或 pdf 后再上传。")


def _runs(attribute: tuple[str | bytes, str | bytes]) -> bool:
    name, value = etree.QName(str(attribute[0])).localname.lower(), str(attribute[1])
    return name.startswith("on") or (name in _ADDRESSES and _RUNS.match(value) is not None)


def _strip(page: etree._Element, sight: Sight) -> None:
    for comment in list(page.iter(etree.Comment)):
        said = re.sub(r"<[^>]*>", " ", comment.text or "").strip()
        if said and not re.fullmatch(r"\[(?:if|endif)[^\]]*\]>?(?:<!)?", said):
            sight.hide("hidden_text", Place(part="网页注释"), said)
        remove(comment)
    for one in list(page.iter(etree.Element)):
        rule = _why_unseen(one)
        if rule:
            said = " ".join(str(part).strip() for part in one.itertext())
            if said.strip() or one.get("value"):
                sight.hide(rule, Place(part=f"<{one.tag}>"), f"{said} {one.get('value') or ''}")
            remove(one)
    for one in page.iter(etree.Element):
        _attributes(one, sight)


def _why_unseen(one: etree._Element) -> str:
    style = one.get("style") or ""
    if "hidden" in one.attrib or one.tag in ("template", "noscript") or _HIDDEN.search(style):
        return "hidden_text"
    if one.tag == "input" and (one.get("type") or "").lower() == "hidden":
        return "hidden_text"
    if _FAINT.search(style) and not any(map(_has_ground, [one, *one.iterancestors()])):
        return "faint_text"
    return ""


def _has_ground(one: etree._Element) -> bool:
    return "bgcolor" in one.attrib or _GROUND.search(one.get("style") or "") is not None


def _attributes(one: etree._Element, sight: Sight) -> None:
    place = Place(part=f"<{one.tag}>")
    name = (one.get("name") or "").lower()
    if one.tag == "meta" and name in ("author", "copyright", "generator") and one.get("content"):
        rule = "author_property" if name == "author" else "other_property"
        sight.hide(rule, Place(part=f"meta {name}"), one.get("content") or "", "properties")
    told = "\n".join(value for key, value in one.attrib.items() if key in _TOLD or str(key).startswith("data-"))  # type: ignore[misc]
    if told:
        sight.hide("", place, told)
    source = one.get("src") or ""
    if source.startswith("data:image/") and (picture := _embedded(source)):
        images.look(picture, images.kind_of_picture(picture), sight, place)
    elif one.tag == "img" and re.match(r"(?:https?:|file:|//|[A-Za-z]:\\)", source):
        sight.hide("external_link", place, source)


def _embedded(source: str) -> bytes:
    """The picture of a data: address; b"" when it is no picture that can be read."""
    try:
        picture = base64.b64decode(source.partition(",")[2], validate=False)
    except (binascii.Error, ValueError):
        return b""
    return picture if images.kind_of_picture(picture) else b""


class _Page:
    """Says a page in reading order: blocks as lines, cells of a row separated by tabs."""

    def __init__(self, sight: Sight) -> None:
        self.sight, self.line = sight, 1

    def say(self, root: etree._Element) -> None:
        """Walk without recursion: the depth of a page is its author's choice."""
        for event, one in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(one.tag, str) or one.tag in _SILENT:
                continue
            if event == "start":
                self._gap_before(one)
                one.text = self._piece(one.text)
            else:
                self._gap_after(one)
                one.tail = self._piece(one.tail) if one is not root else one.tail

    def _piece(self, text: str | None) -> str | None:
        """Line ends in the source are blanks on the page."""
        return self.sight.say(re.sub(r"[\t\r\n\xa0]", " ", text), Place(paragraph=self.line)) if text else text

    def _gap_before(self, one: etree._Element) -> None:
        if one.tag in ("td", "th") and one.getprevious() is not None:
            self.sight.gap("\t")
        elif (one.tag in _BLOCKS or one.tag == "br") and not self._in_cell(one):
            self.sight.gap("\n")
            self.line += 1

    def _gap_after(self, one: etree._Element) -> None:
        if one.tag in _BLOCKS:
            self.sight.gap(" " if self._in_cell(one) else "\n")

    def _in_cell(self, one: etree._Element) -> bool:
        return (
            one.tag not in ("tr", "table", "tbody", "thead") and next(one.iterancestors("td", "th"), None) is not None
        )


def cleaned(page: etree._Element, banned: frozenset[str]) -> bytes:
    """The page as a new document: known elements and attributes only, pictures written anew, no head but the title."""
    for one in list(page.iter(etree.Element)):
        if one.tag not in _KEPT:
            if one.tag in _SILENT:
                remove(one)
            elif one.getparent() is not None and isinstance(one, lxml.html.HtmlElement):
                one.drop_tag()
            continue
        for name, value in list(one.attrib.items()):
            kept = _attribute(str(name), str(value), banned)
            if kept is None:
                del one.attrib[name]
            else:
                one.set(str(name), kept)
    page.set("lang", page.get("lang") or "zh-CN")
    body = lxml.html.tostring(page, encoding="unicode")
    head = '<!DOCTYPE html>\n<meta charset="utf-8">\n'
    return f"{head}{body}".encode()


def _attribute(name: str, value: str, banned: frozenset[str]) -> str | None:
    """An attribute as it may stand in the clean copy; None when it goes."""
    if name not in _KEPT_ATTRIBUTES or any(word in value for word in banned):
        return None
    if name == "src" and value.startswith("data:"):
        picture = _embedded(value)
        if not picture:
            return None
        kind = images.kind_of_picture(picture)
        return f"data:image/{kind};base64,{base64.b64encode(images.reencoded(picture, kind)).decode('ascii')}"
    if name in ("href", "src") and re.match(r"(?!https?:|mailto:|tel:)[A-Za-z][A-Za-z0-9+.-]*:", value):
        return None
    return None if name == "src" and re.match(r"https?:|//", value) else value


def walk_svg(data: bytes, sight: Sight) -> etree._Element:
    """Say the text of a drawing and note the rest; gives the drawing, edited. NotAccepted for what could run."""
    text = plain.decoded(data)
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", text, re.I):
        raise NotAccepted("xml_entities", "图形含有实体声明。请另存为 PNG 后再上传。")
    drawing = limits.xml(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8"))
    for one in drawing.iter(etree.Element):
        refuse_running(one)
        if any(etree.QName(key).localname == "href" and not str(value).startswith(("#", "data:image/"))
               for key, value in one.attrib.items()):  # fmt: skip
            raise NotAccepted("script", "图形引用了外部内容。请另存为 PNG 后再上传。")
    for one in list(drawing.iter(SVG + "metadata", SVG + "desc")):
        sight.hide("other_property", Place(part="图形说明"), " ".join(map(str, one.itertext())), "properties")
        remove(one)
    for one in _lettering(drawing):
        one.text = sight.say(one.text or "", Place())
        sight.gap("\n")
    return drawing


def _lettering(drawing: etree._Element) -> Iterator[etree._Element]:
    yield from drawing.iter(SVG + "title", SVG + "text", SVG + "tspan", SVG + "textPath")


def cleaned_svg(drawing: etree._Element) -> bytes:
    """The drawing without what editors add (their own namespaces)."""
    for one in list(drawing.iter(etree.Element)):
        if not str(one.tag).startswith(SVG) and one.getparent() is not None:
            remove(one)
            continue
        for name in [str(name) for name in one.attrib]:
            if name.startswith("{") and "xlink" not in name and "XML/1998" not in name:
                del one.attrib[name]
    etree.cleanup_namespaces(drawing)
    return bytes(etree.tostring(drawing, encoding="utf-8"))
