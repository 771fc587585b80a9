"""A saved web page: the report in it, also when the page keeps it as a string of a script; and pages without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.papers import html
from gongkai.papers.reading import Reading

LITTLE = 160  # characters of running text, below which a page has no article
_MARK = re.compile(r"""\\.|["'`\n]""", re.DOTALL)
_HIDING = re.compile(r"<(/?)(textarea|noscript|template|script)\b[^<>]{0,300}>", re.IGNORECASE)
LONG = 200  # characters of a string that can hold a report
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ELSEWHERE = re.compile(
    r"""<(?:img|embed|object|iframe|a)\b[^>]*?(?:src|href|data)\s*=\s*["']?[^"'>]*?\.(pdf|docx?|wps|jpe?g|png|tiff?)\b""",
    re.IGNORECASE,
)
_ARTICLE = 40  # characters of a paragraph that navigation seldom has
_QUOTED = re.compile(r"""<[a-z]\w{0,10} [^<>]{0,200}=\\["']|</t[dr]>\\n|<\\/t[dr]>""", re.IGNORECASE)
_QUOTED_TAGS = 3  # so many tags inside a string show that the markup is one
_DEEPEST = 60  # levels of JSON


def read(text: str) -> Reading:
    """Read the source of a page. Refused (`report_elsewhere`) when it only shows or links to the report."""
    reading = html.read(text.encode("utf-8", "replace"))
    quoted = is_quoted(text)
    if quoted or weight(reading) < LITTLE:
        inside = max((html.read(one.encode("utf-8", "replace")) for one in _inside(text)), key=weight, default=reading)
        # Markup in a string reads as markup with wrong attributes: as heavy, and the string itself is the report.
        if weight(inside) > (weight(reading) // 2 if quoted else weight(reading)):
            reading = inside
    if weight(reading) < LITTLE and (found := _ELSEWHERE.search(text)):
        kind = "图片" if found[1].lower() in ("jpg", "jpeg", "png", "tif", "tiff") else f"{found[1].lower()} 附件"
        raise Refused(
            "report_elsewhere", f"网页里没有报告正文,报告可能以{kind}挂出。请下载后检查那个文件;图片须先做文字识别。"
        )
    return reading


def is_quoted(text: str) -> bool:
    """Whether markup stands in a string of a script or of JSON, so that its quotes are escaped."""
    return sum(1 for _ in islice(_QUOTED.finditer(text), _QUOTED_TAGS)) == _QUOTED_TAGS


def said(text: str) -> str:
    """The strings of a JSON text in turn, cells of one row side by side; the text itself where it is no JSON."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return "\n".join(_said(raw, 0))


def _said(raw: Any, depth: int) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list) and raw and all(isinstance(one, str | int | float | None) for one in raw):
        yield "\t".join("" if one is None else str(one) for one in raw)
    elif isinstance(raw, dict | list) and depth < _DEEPEST:
        for one in raw.values() if isinstance(raw, dict) else raw:
            yield from _said(one, depth + 1)


def weight(reading: Reading) -> int:
    """How much running text and figures a page has; menus count little."""
    text = sum(len(part) for part in reading.parts if isinstance(part, str) and len(part) >= _ARTICLE)
    return text + sum(5 * len(grid.rows) for grid in reading.grids)


def _inside(text: str) -> list[str]:
    """Markup that a page keeps in strings of scripts or in parts that are not shown; the longest few."""
    found = [_unescaped(one) for one in _strings(text)]
    found += [one for one in _hidden(text) if "<" in one]
    return sorted((one for one in found if len(_CHINESE.findall(one)) > 30), key=len, reverse=True)[:5]


def _strings(text: str) -> Iterator[str]:
    """Long quoted strings on one line, in one pass over the text."""
    quote, start = "", 0
    for mark in _MARK.finditer(text):
        if mark[0] == "\n" and quote != "`":
            quote = ""
        elif not quote and len(mark[0]) == 1:
            quote, start = mark[0], mark.end()
        elif mark[0] == quote:
            if mark.start() - start >= LONG:
                yield text[start : mark.start()]
            quote = ""


def _hidden(text: str) -> Iterator[str]:
    """What stands in elements that a page does not show."""
    name, start = "", 0
    for tag in _HIDING.finditer(text):
        if not tag[1] and not name:
            name, start = tag[2].lower(), tag.end()
        elif tag[1] and tag[2].lower() == name:
            if tag.start() - start >= LONG:
                yield text[start : tag.start()]
            name = ""


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        escape = found[1]
        if len(escape) > 1:
            return chr(int(escape[1:], 16))
        return _LETTERS.get(escape, escape)

    return _ESCAPE.sub(one, text)
