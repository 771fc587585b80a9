"""One file checked: in a worker, with last year's report where it is given."""

from __future__ import annotations

import base64
from pathlib import Path

from gongkai.law.refusal import Refused
from gongkai.reports.checking.guard import Answer, Worker
from gongkai.reports.checking.keeping import keep, kept, kept_finding
from gongkai.reports.checking.output import Checked, digest_of


def check_path(worker: Worker, path: Path, *, form_id: str | None, previous: Path | None, kind: str | None) -> Checked:
    """A file on disk; a refusal is in the result."""
    before = {"name": str(previous), "path": str(previous)} if previous else None
    task = {"do": "check", "name": str(path), "path": str(path), "form_id": form_id, "previous": before, "kind": kind}
    return made(str(path), worker.ask(task), str(previous or ""))


def check_bytes(worker: Worker, name: str, data: bytes) -> Checked:
    """Bytes that were handed in; nothing is written down. The digest is known also where they are refused."""
    found = made(name, worker.ask({"do": "check", "name": name, "data": _text(data)}))
    found.digest = digest_of(data)
    return found


def again(worker: Worker, one: Checked, data: bytes, before: Checked) -> Checked:
    """A file that was checked alone, now beside last year's report."""
    previous = keep(before.report) if before.report else None
    task = {"do": "check", "name": one.name, "data": _text(data), "previous": previous}
    found = made(one.name, worker.ask(task), before.name)
    return one if found.refused else found


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def made(name: str, answer: Answer, previous: str = "") -> Checked:
    """The result that an answer tells."""
    if "refused" in answer:
        return Checked(name, answer.get("digest", ""), refused=Refused(*answer["refused"]))
    findings = [kept_finding(one) for one in answer.get("findings", ())]
    return Checked(name, answer["digest"], kept(answer["report"]), findings, previous=previous)
