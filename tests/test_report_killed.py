"""Killed with SIGKILL while a report is published: wholly before or wholly after, its files and the entry book too."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gongkai.records import entries
from gongkai.reports import actions as reports
from gongkai.reports.models import FrozenList, RenderedFile, Report
from gongkai.reports.tests import cast
from tests.test_portal_killed import forked

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2012
PAGE, PDF = f"/reports/gxj/{YEAR}/", f"/reports/gxj/{YEAR}/report.pdf"
LISTS = ("/reports/", "/organs/gxj/reports/")
FORMATS = {"fragment", "html", "docx", "pdf", "xlsx", "json"}
# Where it is killed: before the first statement that begins so, or around the commit.
PLACES = ('UPDATE "reports_report"', 'INSERT INTO "reports_renderedfile"', "before the commit", "after the commit")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def publishing(pk: int, where: str) -> None:
    """Publish the report, and die at this place; at the commit of the whole, not of a part within it."""

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(where):
            kill()
        return execute(sql, params, many, context)

    def commit() -> None:
        if where == "before the commit":
            kill()
        committed()
        kill()

    report = Report.objects.select_related("organ").get(pk=pk)
    database: Any = connection
    committed, database._commit = database._commit, commit  # the last thing before the database has it
    zhang = report.organ.staff.get(name="张三")
    with connection.execute_wrapper(watch):
        reports.publish(report, by=zhang, at=cast.AT)


def looked(pk: int, published: bool) -> None:
    """Whoever looks after the restart finds the report published with everything, or not at all."""
    client, report = Client(), Report.objects.get(pk=pk)
    files = {file.format: file for file in RenderedFile.objects.filter(report=report)}
    assert report.state == ("published" if published else "approved")
    assert (report.published_on is not None, bool(report.digest)) == (published, published)
    assert set(files) == (FORMATS if published else set())
    assert FrozenList.objects.filter(figure__report=report).exists() is published
    for file in files.values():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    assert client.get(PAGE).status_code == client.get(PDF).status_code == (200 if published else 404)
    for place in LISTS:
        assert (PAGE in client.get(place).content.decode()) is published, place
    assert entries.about(report, "gxj").filter(act="publish").exists() is published
    assert entries.verify() == []


def apart(pk: int, where: str) -> int:
    """A process that was not forked off publishes; how it ended. The threads that set the PDF do not survive a fork."""
    told = connection.settings_dict
    address = f"sqlite:///{told['NAME']}"
    if connection.vendor == "postgresql":
        address = f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    connection.close()
    begun = "from gongkai.config.start import start; start(); from tests import test_report_killed as here; "
    return subprocess.run(
        [sys.executable, "-c", f"{begun}here.publishing({pk}, {where!r})"], check=False, cwd=ROOT, timeout=120,
        env={**os.environ, "GONGKAI_DATABASE_URL": address, "PYTHONPATH": str(ROOT)},
    ).returncode  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_a_report_is_wholly_unpublished_or_wholly_published() -> None:
    organ = cast.bureau()
    cast.registers(organ)
    zhang = cast.zhang(organ)
    report = reports.create(organ, YEAR, by=zhang, at=cast.AT)
    reports.compile(report, by=zhang, at=cast.AT)
    reports.draft_narrative(report, by=zhang, at=cast.AT)
    cast.approved(report, zhang)
    for where in PLACES:
        assert apart(report.pk, where) == -signal.SIGKILL, where
        looking = partial(looked, report.pk, published=where == "after the commit")
        assert os.waitpid(forked(looking), 0)[1] == 0, where
