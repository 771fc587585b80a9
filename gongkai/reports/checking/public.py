"""The window of checking for the portal: files handed in are checked, shown and forgotten. Nothing is written down."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.papers import pdf, xlsx
from gongkai.reports.checking import certificate, guard, organs, output, overview, wording
from gongkai.reports.checking.kinds import SUFFIXES
from gongkai.reports.checking.one import again, check_bytes
from gongkai.reports.checking.output import Checked

MEGABYTE = 1024 * 1024
FILES = 10
FILE_BYTES = 10 * MEGABYTE
ALL_BYTES = 30 * MEGABYTE
TEXT_CHARACTERS = 500_000
SECONDS = 40.0  # for all files of one visitor
AT_ONCE = 2
WAIT = 15.0  # seconds for a place
PRINTED = 3  # certificates are printed for so many files, which takes a while
ACCEPT = ",".join(f".{suffix}" for suffix in SUFFIXES)
_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what it rests on and what would mend it, in sentences."""

    finding: Finding
    title: str
    message: str
    evidence: tuple[str, ...]
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Cells that the file leaves open: their names, the candidates, what stands there, and why."""

    cells: str
    candidates: str
    raw: str
    why: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What a page shows of one file. refused: why it could not be read, else "". tally: findings by verdict."""

    name: str
    digest: str
    refused: str = ""
    organ: str = ""
    year: int = 0
    form: str = ""
    previous: str = ""
    cells: int = 0
    missing: int = 0
    seriousness: str = ""
    tally: dict[str, int] | None = None
    findings: tuple[Shown, ...] = ()
    undecided: tuple[Open, ...] = ()
    not_understood: tuple[str, ...] = ()
    certificate: bytes = b""
    printed: bytes = b""


@dataclass(frozen=True, slots=True)
class Result:
    """All files of one visitor, and the downloads: one JSON and one workbook over all."""

    files: tuple[FileResult, ...]
    json: bytes
    workbook: bytes


def check(files: Sequence[tuple[str, bytes]]) -> Result:
    """Check files as (name, bytes). Refused `busy` when too many do so at once, `too_many`, `too_large`."""
    if len(files) > FILES:
        raise Refused("too_many", f"一次最多检查 {FILES} 个文件,这里有 {len(files)} 个;请分几次提交")
    if sum(len(data) for _, data in files) > ALL_BYTES:
        raise Refused("too_large", f"文件合计超过 {ALL_BYTES // MEGABYTE} 兆字节;请分几次提交")
    if not _places.acquire(timeout=WAIT):
        raise Refused("busy", "现在检查的人较多,请稍后再试")
    try:
        checked = _checked(files)
    finally:
        _places.release()
    return _result(checked)


def _checked(files: Sequence[tuple[str, bytes]]) -> list[Checked]:
    """Every file, then once more those whose report of the year before was handed in as well."""
    ends = time.monotonic() + SECONDS
    with guard.worker() as worker:
        found: list[Checked] = []
        for name, data in files:
            worker.seconds = min(guard.SECONDS, max(ends - time.monotonic(), 0.1))
            if len(data) > FILE_BYTES:
                no = Refused("too_large", f"{name}:文件超过 {FILE_BYTES // MEGABYTE} 兆字节;请压缩图片或另存后再交")
                found.append(Checked(name, output.digest_of(data), refused=no))
            else:
                found.append(check_bytes(worker, name, data))
        groups = organs.grouped(found)
        for place, one in enumerate(found):
            before = groups.before(one)
            if before is not None and ends > time.monotonic():
                found[place] = again(worker, one, files[place][1], before)
    return found


def _result(checked: Sequence[Checked]) -> Result:
    made = [output.as_json(one) for one in checked]
    shown = made[0] if len(made) == 1 else made
    printed = len(checked) <= PRINTED
    return Result(
        tuple(_file(one, printed=printed) for one in checked),
        (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode(),
        xlsx.write(overview.paper(checked)),
    )


def _refused(one: Checked) -> str:
    """Why it could not be checked, without its name, which stands above it."""
    return typeset(one.refused.reason.removeprefix(f"{one.name}:")) if one.refused else ""


def _file(one: Checked, *, printed: bool) -> FileResult:
    report = one.report
    if report is None:
        return FileResult(one.name, one.digest, refused=_refused(one))
    return FileResult(
        one.name, one.digest,
        organ=report.organ, year=report.year, form=report.form.title if report.form else "", previous=one.previous,
        cells=len(report.cells), missing=len(output.missing(report)), seriousness=wording.seriousness(one),
        tally=one.tally,
        findings=tuple(
            Shown(
                finding, typeset(finding.title), typeset(finding.message), tuple(wording.evidence(report, finding)),
                tuple(wording.repairs(report.form, finding)),
            )
            for finding in wording.open_findings(one.findings)
        ),
        undecided=tuple(
            Open(*wording.undecided(report.form, open_), open_.raw, typeset(open_.why)) for open_ in report.undecided
        ),
        not_understood=tuple(map(typeset, report.not_understood)),
        certificate=certificate.as_json(one),
        printed=pdf.write(certificate.as_paper(one)) if printed else b"",
    )  # fmt: skip
