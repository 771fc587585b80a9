"""Plain text and Markdown as converters leave it: lines kept as they are, tables of `|` as grids, marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.papers import grid, html, tidy
from gongkai.papers.reading import Reading

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span|font|center|p|div)\b[^>]*>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![*_\w])(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1(?![*_\w])")
_LINE = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_LINK = re.compile(r"!?\[([^\]]{0,200})\]\([^)\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)")
_MARK = re.compile(r"[\\\[<#>*_]")
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]{0,300}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    rowspan: int = 1
    colspan: int = 1


def read(text: str, *, plain: bool) -> Reading:
    """The text as a document. plain: it is no Markdown, so that nothing but tables of `|` is taken for a mark."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    reading = Reading(format="text" if plain else "markdown")
    room = grid.Room()
    room.hold(text.count("|"))
    place = 0
    for start, end in _html_tables(text):
        _lines(text[place:start], plain, reading, room)
        found = html.read(text[start:end].encode("utf-8", "replace"))
        room.take(sum(len(row) for one in found.grids for row in one.rows))
        reading.parts += found.parts
        place = end
    _lines(text[place:], plain, reading, room)
    reading.title = next(
        (part.strip().split("\n")[0] for part in reading.parts if isinstance(part, str) and part.strip()), ""
    )
    return reading


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where tables in HTML stand in the text, each with those inside it."""
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()


def _lines(text: str, plain: bool, reading: Reading, room: grid.Room) -> None:
    """Stretches of lines that are no table as one part each, tables as grids."""
    prose: list[str] = []
    rows: list[list[_Cell]] = []
    lines = text.split("\n")
    ragged = _ragged(lines)
    for number, line in enumerate([*lines, None]):
        if line is not None and number not in ragged and _is_row(line, bool(rows)):
            _flush_prose(prose, reading)
            if not _RULE.match(line):
                rows.append(_cells(line))
            continue
        _flush_rows(rows, reading, room)
        if line is not None:
            prose.append(line if plain else unmarked(line))
    _flush_prose(prose, reading)


def _ragged(lines: list[str]) -> set[int]:
    """Numbers of lines that end in bars and begin with none, and of their neighbours that end so: cells of one table,
    whose columns only their turn tells. A line that goes on a row broken inside a cell is none of them."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if line.rstrip().endswith("|"):
            run.append(number)
            continue
        bare = [one for one in run if not lines[one].lstrip().startswith("|")]
        if run and len([one for one in bare if not (one and _breaks_off(lines[one - 1]))]) > 1:
            found.update(run)
        run = []
    return found


def _breaks_off(line: str) -> bool:
    return line.lstrip().startswith("|") and not line.rstrip().endswith("|")


def _is_row(line: str, inside: bool) -> bool:
    return bool(_TABLE.match(line) and line.count("|") > (1 if inside else 2)) or (inside and bool(_RULE.match(line)))


def _flush_prose(prose: list[str], reading: Reading) -> None:
    if any(line.strip() for line in prose):
        reading.parts.append("\n".join(prose))
    prose.clear()


def _flush_rows(rows: list[list[_Cell]], reading: Reading, room: grid.Room) -> None:
    if rows:
        reading.parts.append(grid.grid(list(rows), room=room))
    rows.clear()


def _cells(line: str) -> list[_Cell]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    texts = re.split(r"(?<!\\)\|", inner)
    return [_Cell(tidy.joined(unmarked(_BREAK.sub("\n", text)).split("\n"))) for text in texts]


def unmarked(line: str) -> str:
    """A line without the marks of Markdown and simple tags."""
    if not _MARK.search(line):
        return line
    line = _MARKUP.sub("", _LINE.sub("", _LINK.sub(r"\1", line)))
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    return _ESCAPED.sub(r"\1", line)
