"""The entry book in an auditor's hands: whose chains may be read, and what an export leaves."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import now

from gongkai.organs.models import Organ, Staff
from gongkai.papers.workbook import read_sheets
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.workbench.accounts import rules
from gongkai.workbench.tests.conftest import SignedIn, make_organ, make_staff

EXPORT = "/desk/entries/export/"


@pytest.fixture
def wu(bureau: Organ) -> Staff:
    """吴九: auditor of the bureau, where a password is enough to sign in."""
    rules.set_rules(bureau, values={"second_factor_roles": []}, by="准备", at=now())
    return make_staff(bureau, "wu", "吴九", "auditor")


def written(code: str, act: str) -> None:
    with transaction.atomic():
        entries.write(organ_code=code, by="准备", at=now(), act=act, subject=("installation", "x"))


def content(answer: Any) -> bytes:
    return b"".join(answer)


def test_an_auditor_takes_the_chain_away_and_the_book_says_so(bureau: Organ, wu: Staff, as_staff: SignedIn) -> None:
    written(bureau.code, "record")
    written("library", "record")
    answer = as_staff(wu).post(EXPORT, {"kind": "jsonl"})
    taken = content(answer)
    lines = [json.loads(line) for line in taken.splitlines()]
    assert {line["organ_code"] for line in lines} == {bureau.code}
    told = Entry.objects.get(act="export_entries")
    assert told.organ_code == bureau.code
    assert told.after["entries"] == len(lines)
    assert told.after["sha256"] == hashlib.sha256(taken).hexdigest()
    assert "jsonl" in answer["Content-Disposition"]


def test_the_workbook_opens(bureau: Organ, wu: Staff, as_staff: SignedIn) -> None:
    written(bureau.code, "record")
    (sheet,) = read_sheets(content(as_staff(wu).post(EXPORT, {"kind": "xlsx"})))
    assert "record" in str(sheet.rows)


def test_who_is_no_auditor_is_refused_and_shown_no_button(zhang: Staff, wu: Staff, as_staff: SignedIn) -> None:
    clerk = as_staff(zhang)
    assert clerk.post(EXPORT, {"kind": "jsonl"}).status_code == 403
    assert EXPORT not in clerk.get("/desk/entries/").content.decode()
    assert EXPORT in as_staff(wu).get("/desk/entries/").content.decode()


@pytest.mark.parametrize("kind", ["", "pdf", "../x"])
def test_an_unknown_kind_of_file_is_refused(wu: Staff, as_staff: SignedIn, kind: str) -> None:
    assert as_staff(wu).post(EXPORT, {"kind": kind}).status_code == 409
    assert not Entry.objects.filter(act="export_entries").exists()


def test_the_chain_of_the_site_is_for_the_auditor_of_a_topmost_organ(
    bureau: Organ, zhang: Staff, wu: Staff, as_staff: SignedIn
) -> None:
    written(entries.SYSTEM, "backup")
    page = as_staff(wu).get("/desk/entries/?chain=site").content.decode()
    assert "备份" in page
    assert entries.SYSTEM.encode() in content(as_staff(wu).post(EXPORT, {"kind": "jsonl", "chain": "site"}))
    assert as_staff(zhang).get("/desk/entries/?chain=site").status_code == 404
    Organ.objects.filter(pk=bureau.pk).update(parent=make_organ("city", "松江市人民政府"))
    assert as_staff(wu).get("/desk/entries/?chain=site").status_code == 404
    assert as_staff(wu).post(EXPORT, {"kind": "jsonl", "chain": "site"}).status_code == 404
