"""Chinese typesetting: full-width punctuation where Chinese text is printed. No Django."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.law.findings import Finding
from gongkai.papers.paper import (
    AttachmentTitle,
    Block,
    Box,
    ChartBlock,
    Heading,
    Notice,
    Paragraph,
    Signature,
    TableBlock,
)

FULL_WIDTH = 0xFEE0  # from "," to "\uff0c", and so for every mark
_CHINESE = "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\uff00-\uffef“”‘’①-⑳⑴-⒇★]"
_OURS = re.compile(_CHINESE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_STOP = re.compile(r"[,:;?!]")
_REFERENCE = re.compile(r"\{[^{}]*\}")
_STANDING_IN = 0xE000  # private use: one character for each reference while the text around it is set


def typeset(text: str) -> str:
    """Full-width punctuation next to Chinese; Latin text, figures (12:30, http://…) and {…} keep theirs."""
    references = _REFERENCE.findall(text)
    for position, reference in enumerate(references):
        text = text.replace(reference, chr(_STANDING_IN + position), 1)
    text = _set(text)
    for position, reference in enumerate(references):
        text = text.replace(chr(_STANDING_IN + position), reference, 1)
    return text


def _set(text: str) -> str:
    def ours(place: int) -> bool:
        return 0 <= place < len(text) and bool(_OURS.match(text[place]))

    def bracket(found: re.Match[str]) -> str:
        wide = ours(found.start() - 1) or ours(found.end()) or bool(_OURS.search(found[1]))
        return f"\uff08{found[1]}\uff09" if wide else found[0]

    def stop(found: re.Match[str]) -> str:
        near = ours(found.start() - 1) or ours(found.end())
        return chr(ord(found[0]) + FULL_WIDTH) if near else found[0]

    text = _BRACKETS.sub(bracket, text)
    return _STOP.sub(stop, text)


def typeset_finding(finding: Finding) -> Finding:
    """The finding with its title and message set."""
    return replace(finding, title=typeset(finding.title), message=typeset(finding.message))


def typeset_block(block: Block) -> Block:
    """The block with its texts set."""
    match block:
        case Paragraph(runs):
            return replace(block, runs=tuple(replace(run, text=typeset(run.text)) for run in runs))
        case TableBlock():
            return replace(
                block, caption=typeset(block.caption), head=_boxes(block.head), rows=_boxes(block.rows),
                note=typeset(block.note),
            )  # fmt: skip
        case ChartBlock():
            bars = tuple((typeset(label), size, shown) for label, size, shown in block.bars)
            return replace(block, title=typeset(block.title), bars=bars, description=typeset(block.description))
        case Heading() | Notice():
            return replace(block, text=typeset(block.text))
        case AttachmentTitle():
            return replace(block, title=typeset(block.title))
        case Signature():
            return block


def _boxes(rows: tuple[tuple[Box, ...], ...]) -> tuple[tuple[Box, ...], ...]:
    return tuple(tuple(replace(box, text=typeset(box.text)) for box in row) for row in rows)
