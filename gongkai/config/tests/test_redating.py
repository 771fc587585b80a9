"""The calendar changes: what is open gets its days anew with an entry each, what is closed keeps its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gongkai.config.redating import DATED, keep_up
from gongkai.config.tests.machine import Machine, machine
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import timing
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import bureau, zhang
from gongkai.duties import actions as duties
from gongkai.duties.tests.conftest import QUARTERLY
from gongkai.law import book
from gongkai.records import entries, redating
from gongkai.records.models import BookEdition, Entry

AT = datetime(2012, 10, 8, 1, tzinfo=UTC)
MADE = date(2012, 9, 26)  # due 2012-10-30, because Saturday 2012-09-29 is worked
PLAIN = {"title": "通报", "information_class": "other", "made_on": MADE}


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book in which 29 September 2012 is no working day; call `open_it` to read from it."""
    folder = tmp_path / "book"
    shutil.copytree(book.ROOT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    page = folder / "calendar" / "2012.toml"
    text = page.read_text(encoding="utf-8")
    days = book.page("calendar", "2012")["workdays"]
    assert "2012-09-29" in text
    text = text.replace("2012-09-29, ", "").replace(", 2012-09-29", "")
    page.write_text(text.replace(f"workdays = {days}", f"workdays = {days - 1}"), encoding="utf-8")
    yield folder
    timing._read.cache_clear()


def read_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the next process would, in which the variable names another book."""
    monkeypatch.setattr(book, "ROOT", str(folder))
    timing._read.cache_clear()


@pytest.mark.django_db
def test_open_matters_are_dated_anew_with_an_entry_each_and_closed_ones_keep_their_day(
    changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organ = bureau()
    clerk = zhang(organ)
    rows: dict[str, dict[str, object]] = {
        "open": {},
        "published": {"published_on": date(2012, 10, 10)},
        "undelivered": {"published_on": date(2012, 10, 10), "is_document": "yes"},
        "closed": {"attribute": "on_application"},
    }
    for number, more in rows.items():
        disclosures.record(organ=organ, values={**PLAIN, "number": number, **more}, by=clerk, at=AT)
    duty = duties.record(organ=organ, values={**QUARTERLY, "starts_on": date(2012, 7, 1)}, by=clerk, at=AT)
    asked = duties.raise_event(duty, occasion="变更", on=MADE, by=clerk, at=AT)
    before = {row.number: (row.due_on, row.delivery_due_on) for row in Disclosure.objects.all()}
    assert before["open"] == (date(2012, 10, 30), date(2012, 11, 13))
    assert keep_up(by="gongkai", at=AT) == []  # the first edition is kept, and nothing moves
    assert keep_up(by="gongkai", at=AT) == []
    assert BookEdition.objects.count() == 1
    read_from(changed, monkeypatch)
    told = {one.subject: one for one in redating.differing(DATED)}
    assert Disclosure.objects.get(number="open").due_on == date(2012, 10, 30)  # only told
    written = {one.subject: one for one in keep_up(by="gongkai", at=AT)}
    assert told == written
    assert set(written) == {"open", "undelivered", asked.number}
    after = {row.number: (row.due_on, row.delivery_due_on) for row in Disclosure.objects.all()}
    assert after == {
        **before,
        "open": (date(2012, 10, 31), date(2012, 11, 14)),
        "undelivered": (date(2012, 10, 30), date(2012, 11, 14)),  # published: judged by the calendar of then
    }
    asked.refresh_from_db()
    assert asked.due_on == date(2012, 10, 31)
    entry = Entry.objects.get(act="redate", subject_key="open")
    assert entry.before == {"due_on": "2012-10-30", "delivery_due_on": "2012-11-13"}
    assert entry.after == {"due_on": "2012-10-31", "delivery_due_on": "2012-11-14"}
    assert keep_up(by="gongkai", at=AT) == []
    assert list(redating.differing(DATED)) == []
    assert entries.verify() == []


@pytest.mark.django_db
def test_what_is_published_between_looking_and_writing_is_left_alone(
    changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organ = bureau()
    row = disclosures.record(organ=organ, values={**PLAIN, "number": "open"}, by=zhang(organ), at=AT)
    read_from(changed, monkeypatch)
    desk = DATED[0]
    (found,) = redating.differing(DATED)
    assert found.subject == "open"
    Disclosure.objects.filter(pk=row.pk).update(published_on=date(2012, 10, 10))
    assert redating._one(desk, row.pk, "gongkai", AT) is None
    assert not Entry.objects.filter(act="redate").exists()


PREPARE = """
from gongkai.config.start import start; start()
from gongkai.config.tests.test_redating import AT, PLAIN
from gongkai.disclosures import actions; from gongkai.disclosures.tests.cast import bureau, zhang
organ = bureau(); actions.record(organ=organ, values={**PLAIN, "number": "open"}, by=zhang(organ), at=AT)
"""


@pytest.mark.xdist_group("machines")
def test_the_command_says_what_would_change_and_then_changes_it(
    up_to_date: Machine, tmp_path: Path, changed: Path
) -> None:
    with machine(tmp_path / "house", like=up_to_date) as house:
        done = house.python(PREPARE)
        assert done.returncode == 0, done.stderr
        assert "没有期限需要改动" in house.run("redate")
        house.environment["GONGKAI_BOOK"] = str(changed)
        assert "会改动 1 项" in house.run("redate", "--dry-run", code=1)
        (found,) = json.loads(house.run("redate", "--json"))
        assert found["after"] == {"due_on": "2012-10-31", "delivery_due_on": "2012-11-14"}
        assert "没有期限需要改动" in house.run("redate", "--dry-run")
        house.environment.pop("GONGKAI_BOOK")
        assert "1 项未办结事项的期限已重算" in house.run("work", "--once")
