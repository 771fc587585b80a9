"""A saved web page: the report in it, also when the page keeps it as a string of a script; and pages without it."""

from __future__ import annotations

import re

from gongkai.law.refusal import Refused
from gongkai.papers import html
from gongkai.papers.reading import Reading

LITTLE = 160  # characters of running text, below which a page has no article
_STRING = re.compile(r"""(["'`])((?:\\.|(?!\1)[^\\\r\n]){200,})\1""")
_HIDDEN = re.compile(r"<(textarea|noscript|template|script)\b[^>]*>(.{200,}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ELSEWHERE = re.compile(
    r"""<(?:img|embed|object|iframe|a)\b[^>]*?(?:src|href|data)\s*=\s*["']?[^"'>]*?\.(pdf|docx?|wps|jpe?g|png|tiff?)\b""",
    re.IGNORECASE,
)
_ARTICLE = 40  # characters of a paragraph that navigation seldom has


def read(text: str) -> Reading:
    """Read the source of a page. Refused (`report_elsewhere`) when it only shows or links to the report."""
    reading = html.read(text.encode("utf-8", "replace"))
    if weight(reading) < LITTLE:
        reading = max([reading, *(html.read(one.encode("utf-8", "replace")) for one in _inside(text))], key=weight)
    if weight(reading) < LITTLE and (found := _ELSEWHERE.search(text)):
        kind = "图片" if found[1].lower() in ("jpg", "jpeg", "png", "tif", "tiff") else f"{found[1].lower()} 附件"
        raise Refused("report_elsewhere", f"网页里没有报告正文,报告可能以{kind}挂出。请下载后检查那个文件;图片须先做文字识别。")
    return reading


def weight(reading: Reading) -> int:
    """How much running text and figures a page has; menus count little."""
    text = sum(len(part) for part in reading.parts if isinstance(part, str) and len(part) >= _ARTICLE)
    return text + sum(5 * len(grid.rows) for grid in reading.grids)


def _inside(text: str) -> list[str]:
    """Markup that a page keeps in strings of scripts or in parts that are not shown."""
    found = [_unescaped(match[2]) for match in _STRING.finditer(text)]
    found += [match[2] for match in _HIDDEN.finditer(text) if "<" in match[2]]
    return sorted((one for one in found if len(_CHINESE.findall(one)) > 30), key=len, reverse=True)[:5]


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        escape = found[1]
        if len(escape) > 1:
            return chr(int(escape[1:], 16))
        return _LETTERS.get(escape, escape)

    return _ESCAPE.sub(one, text)
