"""Received reports handed on: the object of one file, the certificate, the workbook over many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gongkai.law.refusal import Refused
from gongkai.papers import xlsx
from gongkai.papers.paper import Block, Box, Heading, Paper, TableBlock
from gongkai.received.models import Received, ReceivedFinding
from gongkai.reports.checking import output, overview
from gongkai.reports.checking.keeping import kept, kept_finding
from gongkai.reports.checking.output import Checked

HEADS = (
    ("机关", 3), ("年度", 1), ("规则", 1.5), ("问题", 5), ("处理", 1.5), ("理由、答复或意见", 6), ("办理人或机关", 2),
    ("日期", 1.5), ("有效至或限期", 1.5),
)  # fmt: skip


def checked(received: Received, rows: Iterable[ReceivedFinding], day: date) -> Checked:
    """The file with its findings; those waived on the day say so."""
    if received.reading is None:
        return Checked(received.file_name, received.digest, refused=Refused("unreadable", received.refused))
    findings = [
        replace(kept_finding(row.told), waived=row.waiver is not None and row.waiver.stands_on(day)) for row in rows
    ]
    return Checked(received.file_name, received.digest, kept(received.reading), findings, previous=received.previous)


def as_json(received: Received, rows: Iterable[ReceivedFinding], day: date) -> bytes:
    """One object as `gongkai check --json` writes it, `waived` filled."""
    made = output.as_json(checked(received, rows, day))
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def workbook(files: Sequence[tuple[Received, Sequence[ReceivedFinding]]], day: date) -> bytes:
    """Who, what, how serious, what to ask; every finding; and what became of those that were dealt with."""
    made = overview.paper([checked(received, rows, day) for received, rows in files])
    return xlsx.write(Paper(made.title, (*made.blocks, *_dealt_with(files, day))))


def _dealt_with(files: Sequence[tuple[Received, Sequence[ReceivedFinding]]], day: date) -> list[Block]:
    lines = [line for received, rows in files for row in rows for line in _lines(received, row, day)]
    if not lines:
        return []
    head = (tuple(Box(title, head="col") for title, _ in HEADS),)
    body = tuple(tuple(Box(text, align="left") for text in line) for line in lines)
    return [Heading("豁免和询问", 1), TableBlock("dealt", "豁免和询问", head, body, tuple(width for _, width in HEADS))]


def _lines(received: Received, row: ReceivedFinding, day: date) -> Iterable[list[str]]:
    named = [received.organ_name, str(received.year or ""), row.rule, f"{row.title}：{row.message}"]
    waiver, question = row.waiver, row.question
    if waiver is not None:
        state = "已豁免" if waiver.stands_on(day) else "豁免已过期"
        yield [*named, state, waiver.reason, waiver.by.name, f"{waiver.waived_on}", f"{waiver.expires_on}"]
    if question is not None:
        said = "\n".join(text for text in (question.answer, question.remark) if text)
        asked = question.asked_at.date()
        yield [*named, question.get_state_display(), said, str(question.organ), f"{asked}", f"{question.due_on}"]
