"""Chinese typesetting of findings and of every block of a Paper. No Django."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from gongkai.law.findings import Finding
from gongkai.law.typesetting import typeset
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


def typeset_finding(finding: Finding) -> Finding:
    """The finding with its title and message set."""
    return replace(finding, title=_sentence(finding.title), message=_sentence(finding.message))


@lru_cache(maxsize=4096)
def _sentence(text: str) -> str:
    # A page of a report shows a hundred and more, and every report the same titles.
    return typeset(text)


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
