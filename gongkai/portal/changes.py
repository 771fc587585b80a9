"""What a version of an item says otherwise than the one before: its words by paragraph and word, its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext

from gongkai.disclosures.public import PublicItem

# A figure, a Latin word, or one Chinese character or mark.
WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|\s+|.")
ALIKE = 0.5  # less alike: shown as one paragraph gone and another come
LONGEST = 4000  # characters of a paragraph that are compared word by word


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. kind: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One of the facts at the head that is told otherwise; "" where there was or is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs. paragraphs: those of the body that changed, in order; files by their names."""

    fields: tuple[Field, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    files_gone: tuple[str, ...]
    files_new: tuple[str, ...]
    files_replaced: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.fields or self.paragraphs or self.files_gone or self.files_new or self.files_replaced)


def between(before: PublicItem, after: PublicItem) -> Changes:
    """What changed from one version to another."""
    told = (
        (gettext("名称"), before.title, after.title),
        (gettext("文号"), before.document_number, after.document_number),
        (gettext("内容概述"), before.summary, after.summary),
        (gettext("关键词"), " ".join(before.keywords), " ".join(after.keywords)),
    )
    old, new = ({file.name: file.sha256 for file in item.attachments} for item in (before, after))
    return Changes(
        fields=tuple(Field(*one) for one in told if one[1] != one[2]),
        paragraphs=tuple(_paragraphs(before.body.split("\n"), after.body.split("\n"))),
        files_gone=tuple(name for name in old if name not in new),
        files_new=tuple(name for name in new if name not in old),
        files_replaced=tuple(name for name in new if name in old and old[name] != new[name]),
    )


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, new = before[first:last], after[start:end]
        shared = min(len(gone), len(new))
        for one, other in zip(gone, new, strict=False):
            yield from _within(one, other)
        yield from ((Piece("gone", text),) for text in gone[shared:] if text)
        yield from ((Piece("new", text),) for text in new[shared:] if text)


def _within(before: str, after: str) -> Iterator[tuple[Piece, ...]]:
    """The changes inside a paragraph; where little of it is left, the old and the new one apart."""
    words, others = WORD.findall(before), WORD.findall(after)
    compared = SequenceMatcher(None, words, others, autojunk=False)
    if max(len(before), len(after)) > LONGEST or compared.ratio() < ALIKE:
        yield from ((Piece(kind, text),) for kind, text in (("gone", before), ("new", after)) if text)
        return
    pieces: list[Piece] = []
    for kind, first, last, start, end in compared.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(words[first:last])))
            continue
        pieces += [Piece("gone", "".join(words[first:last]))] if last > first else []
        pieces += [Piece("new", "".join(others[start:end]))] if end > start else []
    yield tuple(pieces)
