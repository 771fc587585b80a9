"""Importing through the page: tried first, confirmed after, bound to the session and to the very bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.disclosures.models import Disclosure
from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.records import workbooks
from gongkai.records.models import Entry
from gongkai.workbench import uploads
from gongkai.workbench.tests.conftest import SignedIn, make_staff

ROW: dict[str, Any] = {
    "number": "2012-001",
    "title": "一季度运行情况",
    "made_on": date(2012, 3, 1),
    "published_on": date(2012, 3, 5),
    "information_class": "other",
    "provenance": "invented",
}


def workbook(*rows: Mapping[str, Any]) -> bytes:
    return workbooks.filled([DISCLOSURES], {"disclosures": rows})


def upload(client: Client, content: bytes, name: str = "登记.xlsx") -> Any:
    return client.post("/desk/import/", {"file": SimpleUploadedFile(name, content)})


def docx_like() -> bytes:
    """A zip that is no workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return made.getvalue()


def digest_on(page: Any) -> str:
    return str(page.context["upload"].digest)


def test_a_dry_run_tells_what_would_be_added_and_writes_nothing(zhang: Staff, as_staff: SignedIn) -> None:
    page = upload(as_staff(zhang), workbook(ROW, {**ROW, "number": "2012-002"}))
    assert page.context["result"].added == 2
    assert "没有发现错误" in page.content.decode()
    assert not Disclosure.objects.exists()
    assert not Entry.objects.exists()


def test_a_workbook_without_rows_offers_nothing_to_confirm(zhang: Staff, as_staff: SignedIn) -> None:
    page = upload(as_staff(zhang), workbook()).content.decode()
    assert "没有可以导入的行" in page
    assert "确认导入" not in page


def test_confirming_writes_the_rows_and_one_entry(zhang: Staff, as_staff: SignedIn, tmp_path: Path) -> None:
    client = as_staff(zhang)
    page = upload(client, workbook(ROW))
    answer = client.post(f"/desk/import/{digest_on(page)}/", follow=True)
    assert "已导入：新增 1 条" in answer.content.decode()
    assert Disclosure.objects.get().organ == zhang.organ
    assert Entry.objects.count() == 1
    assert not list((tmp_path / "uploads").iterdir())


def test_the_same_workbook_again_changes_nothing(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    for _ in range(2):
        page = upload(client, workbook(ROW))
        client.post(f"/desk/import/{digest_on(page)}/")
    assert Disclosure.objects.count() == 1
    assert page.context["result"].unchanged == 1
    assert Entry.objects.count() == 1


def test_faults_are_listed_by_sheet_row_and_column(zhang: Staff, as_staff: SignedIn, tmp_path: Path) -> None:
    rows: Sequence[Mapping[str, Any]] = [ROW, {**ROW, "number": "2012-002", "title": ""}]
    page = upload(as_staff(zhang), workbook(*rows))
    fault = page.context["faults"][0]
    assert (fault.sheet, fault.row, fault.header) == (DISCLOSURES.title, 3, "名称")
    assert "确认导入" not in page.content.decode()
    assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.parametrize(
    ("name", "content"), [("登记.xls", b"old"), ("登记.xlsx", b"this is no zip"), ("登记.xlsx", docx_like())]
)
def test_what_is_no_workbook_is_refused_on_the_form_beside_the_field(
    zhang: Staff, as_staff: SignedIn, name: str, content: bytes
) -> None:
    page = upload(as_staff(zhang), content, name)
    assert page.status_code == 422
    assert 'id="file-fault"' in page.content.decode()
    assert '<a href="#file">' in page.content.decode()


def test_a_workbook_over_the_limit_is_refused_before_it_is_read(
    zhang: Staff, as_staff: SignedIn, settings: Any
) -> None:
    settings.GONGKAI_UPLOAD_LIMIT = 1024
    page = upload(as_staff(zhang), workbook(ROW))
    assert page.status_code == 422
    assert "兆字节；请按登记簿或年份分成几个工作簿" in page.content.decode()


def test_no_file_is_said(zhang: Staff, as_staff: SignedIn) -> None:
    assert "没有选择工作簿" in as_staff(zhang).post("/desk/import/").content.decode()


def test_another_session_cannot_confirm_the_upload(zhang: Staff, wang: Staff, as_staff: SignedIn) -> None:
    page = upload(as_staff(zhang), workbook(ROW))
    answer = as_staff(wang).post(f"/desk/import/{digest_on(page)}/")
    assert answer.status_code == 422
    assert not Disclosure.objects.exists()


def test_a_file_altered_after_the_dry_run_is_refused(zhang: Staff, as_staff: SignedIn, tmp_path: Path) -> None:
    client = as_staff(zhang)
    page = upload(client, workbook(ROW))
    kept = next((tmp_path / "uploads").iterdir())
    kept.write_bytes(workbook({**ROW, "title": "换过的"}))
    answer = client.post(f"/desk/import/{digest_on(page)}/")
    assert "上传之后文件内容有变化" in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_faults_that_arose_after_the_dry_run_are_listed_cell_by_cell(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    page = upload(client, workbook(ROW))
    at = now()
    kept = register.record(Disclosure, DISCLOSURES, organ=zhang.organ, values=ROW, by=zhang, at=at)
    register.void(kept, DISCLOSURES, reason="重复登记", by=zhang, at=at)
    answer = client.post(f"/desk/import/{digest_on(page)}/")
    assert answer.status_code == 409
    assert "试导入之后登记簿有了变动" in answer.content.decode()
    fault = answer.context["faults"][0]
    assert (fault.sheet, fault.row) == (DISCLOSURES.title, 2)


def test_uploads_that_nobody_confirms_are_thrown_out_after_a_day(
    zhang: Staff, as_staff: SignedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(as_staff(zhang), workbook(ROW))
    monkeypatch.setattr(uploads, "KEPT_SECONDS", -1)
    page = upload(as_staff(zhang), workbook({**ROW, "number": "2012-009"}))
    assert [digest_on(page) in path.name for path in (tmp_path / "uploads").iterdir()] == [True]


def test_who_is_no_clerk_imports_nothing(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(make_staff(zhang.organ, "li", "李四", "publisher"))
    assert client.get("/desk/import/").status_code == 403
    assert upload(client, workbook(ROW)).status_code == 403
    assert not Disclosure.objects.exists()
