"""The health page: what it says when all is well, when something is late, and when the database is gone."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from gongkai.config import health
from gongkai.config.commands import verify
from gongkai.config.tests.machine import Machine
from gongkai.disclosures.findable import SHELF
from gongkai.records import anchors, entries, jobs
from gongkai.records.seal import unsealed

pytestmark = pytest.mark.django_db


def asked(client: Client, status: int = 200) -> dict[str, Any]:
    """The verdict of each check by name, after seeing the status code."""
    answer = client.get("/health/")
    assert answer.status_code == status
    told = answer.json()
    return {"status": told["status"]} | {check["name"]: check["verdict"] for check in told["checks"]}


def backed_up(days_ago: int = 0) -> None:
    entries.write(
        organ_code=entries.SYSTEM, by="定时任务", at=now() - timedelta(days=days_ago), act="backup",
        subject=("installation", "backup"), after={"rows": 1},
    )  # fmt: skip


def test_all_is_well_when_backup_verification_and_anchor_are_fresh(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    backed_up()
    verify.run([])
    anchors.make(localdate(), by="定时任务", at=now())
    SHELF.keep_up()
    told = asked(client)
    assert {name for name, verdict in told.items() if verdict != "pass"} <= {"status", "disk"}
    assert set(told) >= {"status", "database", "migrations", "disk", "backup", "entries", "anchor", "search"}


def test_what_never_happened_or_is_late_is_a_warning(client: Client) -> None:
    told = asked(client)
    assert (told["backup"], told["entries"], told["anchor"]) == ("warn", "warn", "warn")
    backed_up(days_ago=3)
    anchors.make(localdate() - timedelta(days=3), by="定时任务", at=now())
    told = asked(client)
    assert (told["status"], told["backup"], told["anchor"]) == ("warn", "warn", "warn")


def test_a_search_index_that_is_missing_or_far_behind_is_a_warning(
    client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    assert asked(client)["search"] == "warn"
    SHELF.keep_up()
    assert asked(client)["search"] == "pass"
    monkeypatch.setattr(health, "SEARCH_BEHIND", 2)
    with transaction.atomic():
        SHELF.queue(["1", "2"])
    assert asked(client)["search"] == "warn"
    SHELF.keep_up()
    assert asked(client)["search"] == "pass"


def test_a_broken_entry_book_is_a_failure_until_it_is_found_whole(client: Client) -> None:
    for _ in range(2):
        backed_up()
    with unsealed(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE records_entry SET act = 'x' WHERE seq = 1")
    assert verify.run([]) == 1
    told = asked(client, 503)
    assert (told["status"], told["entries"]) == ("fail", "fail")
    with unsealed(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE records_entry SET act = 'backup' WHERE seq = 1")
    assert verify.run([]) == 0
    assert asked(client)["entries"] == "pass"


def test_a_job_that_waits_or_failed_is_a_warning(client: Client) -> None:
    assert asked(client)["jobs"] == "pass"
    job = jobs.ask("x", organ_code="gxj", title="导入", arguments={}, by="张三", at=now() - timedelta(minutes=11))
    assert asked(client)["jobs"] == "warn"
    jobs.claim("here:1", at=now())
    assert asked(client)["jobs"] == "pass"
    jobs.fail(job.pk, "坏了", trace="", at=now())
    assert asked(client)["jobs"] == "warn"


def test_a_full_disk_and_a_missing_migration_are_failures(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert asked(client, 503)["disk"] == "fail"
    monkeypatch.setattr(health, "is_current", lambda: False)
    assert asked(client, 503)["migrations"] == "fail"


def test_without_a_database_the_page_still_answers_and_tells_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> bool:
        raise OperationalError("could not connect to server at 10.1.2.3, user hush")

    monkeypatch.setattr(health, "is_current", gone)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert "hush" not in answer.content.decode()
    assert "10.1.2.3" not in answer.content.decode()


def test_the_page_needs_no_sign_in_is_not_cached_and_shows_no_path(client: Client, settings: Any) -> None:
    answer = client.get("/health/")
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    for secret in (str(settings.HOME), settings.SECRET_KEY, str(connection.settings_dict["NAME"])):
        assert secret not in text
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_another_writer_makes_the_embedded_database_busy_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        assert health._writable().verdict == "pass"
        return
    monkeypatch.setattr(health, "PATIENCE", 50)
    with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert health._writable().verdict == "warn"
        other.execute("ROLLBACK")
    assert health._writable().verdict == "pass"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000


def test_a_site_whose_database_is_not_there_answers_503(tmp_path: Path) -> None:
    """Over HTTP, through all the layers of the site: none of them may need the database before the page does."""
    machine = Machine(tmp_path, "postgres://gongkai@127.0.0.1:1/gone")
    done = machine.python(
        "import json, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'gongkai.config.settings'\n"
        "import django; django.setup(); from django.test import Client\n"
        "answer = Client(headers={'host': 'localhost'}).get('/health/')\n"
        "print(answer.status_code, json.loads(answer.content)['status'])"
    )
    assert done.stdout.split() == ["503", "fail"], done.stderr
