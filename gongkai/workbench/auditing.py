"""The entry book for its auditors: whose chains they may read, and an export that leaves an entry of who took what."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import date, datetime
from typing import IO

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import day_of
from gongkai.organs.models import Staff
from gongkai.records import entries, exporting
from gongkai.records.roles import Role

LINES, BOOK = "jsonl", "xlsx"
KINDS = {LINES: "application/jsonl", BOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
IN_MEMORY = 1024 * 1024  # bytes; a larger export goes to disk


def chains_of(staff: Staff, today: date) -> list[str]:
    """The chains that somebody may read: their organ's, and that of the site for the auditor of a topmost organ."""
    own = [staff.organ.code]
    topmost = staff.organ.parent_id is None and Role.AUDITOR in staff.roles_on(today)
    return [*own, entries.SYSTEM] if topmost else own


@transaction.atomic
def export(chain: str, *, kind: str, by: Staff, at: datetime) -> IO[bytes]:
    """The entries of a chain as a file at its beginning: JSON lines that can be verified elsewhere, or a workbook.

    One entry tells who took how many, and the digest of the file. Refused to all but the auditor, for chains of others
    and for a kind of file that there is not.
    """
    if Role.AUDITOR not in by.roles_on(day_of(at)):
        raise Refused("not_your_role", f"“导出操作日志”须由{Role.AUDITOR.label}办理；{by} 当日没有这一角色")
    if chain not in chains_of(by, day_of(at)):
        raise Refused("not_yours", f"“导出操作日志”只能对本机关办理；{chain} 的日志不在其中")
    if kind not in KINDS:
        raise Refused("unknown_format", f"没有“{kind}”这种导出格式；可用：{'、'.join(KINDS)}")
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the response closes it
    rows = exporting.entries_of(chain)
    if kind == BOOK:
        count = exporting.write_workbook(rows, file)
    else:
        count = sum(1 for line in exporting.as_lines(rows) if file.write(line))
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a spooled file reads as any
    file.seek(0)
    after = {"chain": chain, "kind": kind, "entries": count, "sha256": digest}
    entries.write(organ_code=by.organ.code, by=by, at=at, act="export_entries", subject=by.organ, after=after)
    return file
