"""Received files read and judged, side by side and beside what was received before. Reads only; nothing is stored."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db.models import Q

from gongkai.organs.models import Organ
from gongkai.received import beside, queries
from gongkai.received.beside import Earlier
from gongkai.received.models import Received
from gongkai.received.packing import Handed
from gongkai.reports.checking import folder, guard
from gongkai.reports.checking.keeping import kept, kept_finding
from gongkai.reports.checking.one import again
from gongkai.reports.checking.output import Checked
from gongkai.reports.checking.state import State

Progress = Callable[[int, int, str], None]


class Examined(NamedTuple):
    """A file and what became of it."""

    checked: Checked
    content: bytes


class Examination(NamedTuple):
    """Files read and judged. earlier: what was found of reports received before, by key, now that these stand beside
    them."""

    files: list[Examined]
    earlier: Mapping[int, Earlier]


def examine(keeper: Organ, files: Sequence[Handed], progress: Progress, *, processes: int = 0) -> Examination:
    """Every file with its findings: years of one organ held together, organs against each other and those above them,
    those that the keeper received earlier among them. processes: 0 for as many as the machine has.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-received-") as place:
        root = Path(place)
        for name, content in files:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        options = folder.Options(processes=processes or min(os.cpu_count() or 1, len(files)), root=root)
        state = State(None)
        found = folder.run(
            [root / name for name, _ in files], options, state, lambda what, done, all_: progress(done, all_, what)
        )
    contents = dict(files)
    checked = _beside_last_year(keeper, found.files, contents)
    held = beside.between(keeper, checked)
    for one in checked:
        if one.name in held.found:
            one.findings = beside.with_between(one.findings, held.found[one.name])
    return Examination([Examined(one, contents[one.name]) for one in checked], held.earlier)


def examine_again(received: Received, content: bytes) -> Checked:
    """A file that was received before, by the rules of today, beside what else has been received by now. Where that is
    nothing, what held between it and the files that it came with is taken over.
    """
    files, earlier_ = examine(received.keeper, [Handed(received.file_name, content)], _unheard)
    checked = files[0].checked
    old = [kept_finding(row.told) for row in received.findings.all()]
    kept_ = [finding for finding in old if finding.rule == folder.TWICE] if earlier_ else old
    checked.findings = beside.with_between(checked.findings, [*checked.findings, *kept_])
    return checked


def _unheard(done: int, total: int, label: str) -> None:
    """Progress that nobody watches."""


def _beside_last_year(keeper: Organ, files: Sequence[Checked], contents: dict[str, bytes]) -> list[Checked]:
    """The same, those again whose report of the year before came in at another time."""
    organs = queries.known_organs(keeper)
    with guard.worker() as worker:
        return [_again(worker, one, contents[one.name], earlier(keeper, one, organs)) for one in files]


def _again(worker: guard.Worker, one: Checked, content: bytes, before: Received | None) -> Checked:
    if before is None or before.reading is None:
        return one
    found = again(worker, one, content, Checked(before.file_name, before.digest, kept(before.reading)))
    # What holds between reports is found over all of them at once and stays.
    found.findings = beside.with_between(found.findings, one.findings)
    found.digest = one.digest
    return found


def earlier(keeper: Organ, one: Checked, organs: Sequence[Organ]) -> Received | None:
    """The report for the year before of the same organ, by its name or as registered, the one received last; None
    where the file has one beside it already."""
    report = one.report
    if report is None or not report.year or not report.organ or one.previous:
        return None
    same, organ = Q(organ_name=report.organ), queries.whose(report.organ, organs)
    if organ is not None:
        same |= Q(organ=organ)
    received = Received.objects.filter(same, keeper=keeper, year=report.year - 1, reading__isnull=False)
    return received.defer("content").order_by("-received_at", "-pk").first()
