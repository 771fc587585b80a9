"""Received reports as the desk shows them: what was handed in, findings with what became of them, what may be done."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.received import packing, queries
from gongkai.received.flow import ACCEPTED
from gongkai.received.models import Question, Received, ReceivedFinding, ReceivedWaiver

MEGABYTE = 1024 * 1024
UPLOAD = settings.GONGKAI_UPLOAD_LIMIT
FEW, FEW_BYTES = 5, 5 * MEGABYTE
"""So much is checked while the browser waits; more, and every archive, by a job."""
ASKED = 3  # questions in a line of the list
ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as shown. waiver: that stands today; question: that was asked about it; is_open: it is to be acted on.

    number: among those to act on or settled, 0 for the rest.
    """

    row: ReceivedFinding
    number: int
    waiver: ReceivedWaiver | None
    question: Question | None

    @property
    def is_open(self) -> bool:
        settled = self.question is not None and self.question.state == ACCEPTED
        return bool(self.number) and self.waiver is None and not settled


def uploaded(given: Sequence[UploadedFile[bytes]]) -> list[tuple[str, bytes]]:
    """The files of a form as name and bytes. Refused when there is none, or they are too large together."""
    if not given:
        raise Refused("no_file", "没有选择文件；请选择报告文件，或装有多份报告的 zip")
    if sum(one.size or 0 for one in given) > UPLOAD:
        raise Refused("too_large", f"文件合计超过 {UPLOAD // MEGABYTE} 兆字节；请分几次提交")
    return [(one.name or "报告", b"".join(one.chunks())) for one in given]


def is_much(handed: Sequence[tuple[str, bytes]]) -> bool:
    """Whether a job should check them."""
    archives = any(packing.is_archive(name, content) for name, content in handed)
    return archives or len(handed) > FEW or sum(len(content) for _, content in handed) > FEW_BYTES


def packed(handed: Sequence[tuple[str, bytes]]) -> bytes:
    """The files as one archive, for a job."""
    if len(handed) == 1 and packing.is_archive(*handed[0]):
        return handed[0][1]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in packing.files_of(handed):
            archive.writestr(name, content)
    return whole.getvalue()


def unheard(done: int, total: int, label: str) -> None:
    """Progress that nobody watches."""


def rows_of(received: Received) -> QuerySet[ReceivedFinding]:
    """Its findings with waivers and questions at hand."""
    return received.findings.select_related("waiver__by", "question__organ").prefetch_related("question__organ__names")


def with_rows(rows: QuerySet[Received]) -> list[tuple[Received, list[ReceivedFinding]]]:
    """Reports, readings included, each with its findings; a fixed number of queries."""
    reports = list(rows.defer(None).defer("content"))
    wanted = ReceivedFinding.objects.filter(received__in=reports).select_related("waiver__by", "question__organ")
    found: dict[int, list[ReceivedFinding]] = {}
    for row in wanted.prefetch_related("question__organ__names"):
        found.setdefault(row.received_id, []).append(row)
    return [(one, found.get(one.pk, [])) for one in reports]


def told(received: Received, day: date) -> list[Told]:
    """The findings, the worst first; those to act on are numbered."""
    rows = sorted(rows_of(received), key=lambda row: (row.verdict != "fail", row.verdict != "ask", ORDER[row.severity]))
    found, number = [], 0
    for row in rows:
        number += row.verdict in ("fail", "ask")
        waiver = row.waiver if row.waiver is not None and row.waiver.stands_on(day) else None
        found.append(Told(row, number if row.verdict in ("fail", "ask") else 0, waiver, row.question))
    return found


def tally(found: Iterable[Told]) -> dict[str, int]:
    """How many of each verdict are open, how many are settled."""
    counts = {"fail": 0, "ask": 0, "not_assessable": 0, "pass": 0, "settled": 0}
    for one in found:
        counts[one.row.verdict if one.is_open or not one.number else "settled"] += 1
    return counts


def to_ask(received: Received) -> tuple[list[str], int]:
    """The first things to ask, and how many more; of a report with `open_findings`."""
    rows: list[ReceivedFinding] = sorted(
        getattr(received, "open_findings", ()), key=lambda row: (row.verdict != "fail", ORDER[row.severity])
    )
    return [row.question_text for row in rows[:ASKED]], max(len(rows) - ASKED, 0)


def may(staff: Staff, day: date) -> set[str]:
    """What somebody may do with reports that their organ received: receive | waive | ask."""
    roles = staff.roles_on(day)
    allowed = {"receive": queries.RECEIVERS, "waive": queries.JUDGES, "ask": ("supervisor",)}
    return {act for act, wanted in allowed.items() if roles & set(wanted)}
