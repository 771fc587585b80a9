"""Killed at any instant while items are published, withdrawn and imported: each shows everywhere, or nowhere."""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gongkai.channels.models import Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.findable import SHELF
from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, Cast, cast, published, ready
from gongkai.records import entries, workbooks
from gongkai.records.importing import import_workbook
from gongkai.records.models import Entry

ROUNDS, EACH, ROWS = 7, 3, 20
LONGEST = 0.05  # seconds from the end of a step to the kill; a step takes some hundredths
FEED = "/organs/gxj/atom.xml"
PLACES = ("/organs/gxj/disclosed/", FEED, "/search/?words=错峰用电")


def forked(work: Callable[[], None]) -> int:
    """A process of its own, with nothing open and nothing kept, that does the work; gives its number."""
    connection.close()
    child = os.fork()
    if child:
        return child
    ended = 1
    try:
        work()
        ended = 0
    finally:  # whatever it was, this process must not go on as a second test run
        if ended:
            traceback.print_exc()
        os._exit(ended)


def book(turn: int) -> bytes:
    """A workbook of the register; the public reads nothing of it, the annual report counts it."""
    row = {
        "attribute": "proactive", "information_class": "other", "made_on": date(2011, 3, 1),
        "published_on": date(2011, 3, 9), "title": "错峰用电旧事",
    }  # fmt: skip
    rows = [{**row, "number": f"旧{turn}-{place}"} for place in range(ROWS)]
    return workbooks.filled([DISCLOSURES], {"disclosures": rows})


def steps(people: Cast, numbers: list[str], ledger: bytes) -> Iterator[Callable[[], object]]:
    """Publish and withdraw one after the other, each time bringing the search up to date, as the indexer does."""
    yield partial(
        import_workbook, ledger, organ=people.organ, ledgers=(DISCLOSURES,), by=people.zhang, at=AT, dry_run=False
    )
    for number in numbers:
        item = Disclosure.objects.select_related("organ").get(number=number)
        yield partial(disclosures.publish, item, channels=[people.column], by=people.zhao, at=AT)
        yield SHELF.keep_up
        yield partial(disclosures.withdraw, item, reason="有误", by=people.zhao, at=AT)
        yield SHELF.keep_up


def acting(people: Cast, numbers: list[str], ledger: bytes, done: int) -> None:
    """One step after the other, each told of, however quick the machine is."""
    os.write(done, b"!")
    for step in steps(people, numbers, ledger):
        step()
        os.write(done, b"!")
    signal.pause()


def looked(numbers: list[str]) -> None:
    """Whoever reads after the restart: page, list, feed and search say the same of each item."""
    client = Client()
    texts = {place: client.get(place).content.decode() for place in PLACES}
    for number in numbers:
        page = f"/organs/gxj/items/{number}/"
        item = Disclosure.objects.get(number=number)
        state = item.state
        assert client.get(page).status_code == {"ready": 404, "published": 200, "withdrawn": 410}[state], number
        # The feed tells of what was withdrawn, by its address alone (RFC 6721).
        shown = {place: (f"<title>{item.title}" if place == FEED else page) in text for place, text in texts.items()}
        assert set(shown.values()) == {state == "published"}, (number, state, shown)
    imported = Disclosure.objects.filter(origin="ledger")
    assert not any("旧事" in text for text in texts.values())
    assert imported.count() == ROWS * Entry.objects.filter(act="import").count()


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_instant_an_item_shows_everywhere_or_nowhere(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    people, chance = cast(), random.Random(2012)
    first = published(people)
    # Pages are made ready here once: every process to come has them. Search is not touched: its threads do not fork.
    for place in (*PLACES[:2], f"/organs/gxj/items/{first.number}/"):
        assert Client().get(place).status_code == 200
    touched: list[str] = []
    for turn in range(ROUNDS):
        numbers = [ready(people, title=f"错峰用电通告之{turn}之{n}").number for n in range(EACH)]
        touched += numbers
        reading, writing = os.pipe()
        child = forked(partial(acting, people, numbers, book(turn), writing))
        for _ in range(chance.randrange(4 * EACH + 1)):
            os.read(reading, 1)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        os.close(reading)
        os.close(writing)
        assert os.waitpid(forked(partial(looked, touched)), 0)[1] == 0
    assert entries.verify() == []
    out = Disclosure.objects.filter(number__in=touched, published_at__isnull=False).count()
    assert Posting.objects.count() == out + 1
    assert 0 < out < len(touched)
