"""Received files read and judged, side by side and beside what was received before. Reads only; nothing is stored."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from gongkai.law.findings import Finding
from gongkai.organs.models import Organ
from gongkai.received.models import Received
from gongkai.received.packing import Handed
from gongkai.reports.checking import folder, guard
from gongkai.reports.checking.keeping import kept, kept_finding
from gongkai.reports.checking.one import again
from gongkai.reports.checking.output import BETWEEN, Checked
from gongkai.reports.checking.state import State
from gongkai.reports.waiving import WAIVABLE

Progress = Callable[[int, int, str], None]


class Examined(NamedTuple):
    """A file and what became of it."""

    checked: Checked
    content: bytes


def examine(keeper: Organ, files: Sequence[Handed], progress: Progress, *, processes: int = 0) -> list[Examined]:
    """Every file with its findings: years of one organ held together, organs against each other and those above them.

    Last year's report that the keeper received earlier is taken where it is not among the files. processes: 0 for as
    many as the machine has.
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
    return [Examined(one, contents[one.name]) for one in checked]


def examine_again(received: Received, content: bytes) -> Checked:
    """A file that was received before, by the rules of today. What held between it and the files that it came with is
    taken over: they are not looked at again.
    """
    checked = examine(received.keeper, [Handed(received.file_name, content)], _unheard)[0].checked
    checked.findings = _with_between(checked.findings, [kept_finding(row.told) for row in received.findings.all()])
    return checked


def _unheard(done: int, total: int, label: str) -> None:
    """Progress that nobody watches."""


def _beside_last_year(keeper: Organ, files: Sequence[Checked], contents: dict[str, bytes]) -> list[Checked]:
    """The same, those again whose report of the year before came in at another time."""
    with guard.worker() as worker:
        return [_again(worker, one, contents[one.name], earlier(keeper, one)) for one in files]


def _again(worker: guard.Worker, one: Checked, content: bytes, before: Received | None) -> Checked:
    if before is None or before.reading is None:
        return one
    found = again(worker, one, content, Checked(before.file_name, before.digest, kept(before.reading)))
    # What holds between reports is found over all of them at once and stays.
    found.findings = _with_between(found.findings, one.findings)
    found.digest = one.digest
    return found


def _with_between(alone: Sequence[Finding], beside: Sequence[Finding]) -> list[Finding]:
    """The findings on a file alone, and of those that it had beside others what was found between them."""
    between = [finding for finding in beside if finding.rule.startswith(BETWEEN) and finding.verdict in WAIVABLE]
    rules = {finding.rule for finding in between}
    return [*(finding for finding in alone if finding.rule not in rules), *between]


def earlier(keeper: Organ, one: Checked) -> Received | None:
    """The report for the year before, the one received last; None where the file has one beside it already."""
    report = one.report
    if report is None or not report.year or not report.organ or one.previous:
        return None
    received = Received.objects.filter(keeper=keeper, organ_name=report.organ, year=report.year - 1)
    return received.filter(reading__isnull=False).defer("content").order_by("-received_at", "-pk").first()
