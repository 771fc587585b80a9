"""Several who act at once, and a process killed in the midst of publishing: one wins, and nothing is half done."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from gongkai.channels.models import Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Disclosure, Placement, Review
from gongkai.disclosures.tests.cast import AT, Cast, cast, drafted, hire, ready
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.search.models import Change

EIGHT = 8


def outcome(act: str, item: Disclosure, people: Cast, by: Staff) -> str:
    mine = Disclosure.objects.select_related("organ").get(pk=item.pk)
    given = {"channels": [people.column]} if act == "publish" else {"reason": "有误"} if act == "send_back" else {}
    try:
        getattr(disclosures, act)(mine, by=by, at=AT, **given)
    except Refused as refused:
        return refused.code
    finally:
        connection.close()
    return "won"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts", [("publish",), ("publish", "send_back")])
def test_of_eight_who_act_on_one_item_at_once_one_wins_and_the_others_are_told(acts: tuple[str, ...]) -> None:
    people = cast()
    crowd = [hire(people.organ, f"众{n}", "publisher") for n in range(EIGHT)]
    item, together = ready(people), Barrier(EIGHT)

    def race(place: int) -> str:
        together.wait()
        return outcome(acts[place % len(acts)], item, people, crowd[place])

    with ThreadPoolExecutor(EIGHT) as pool:
        outcomes = sorted(pool.map(race, range(EIGHT)))
    assert outcomes.count("won") == 1
    assert set(outcomes) <= {"won", "wrong_state", "nothing_under_way", "not_reviewed"}
    item.refresh_from_db()
    published = item.state == "published"
    assert Posting.objects.count() == Placement.objects.count() == int(published)
    assert Review.objects.filter(gate="publish", conclusion="passed").count() == int(published)
    assert entries.verify() == []


@pytest.mark.django_db(transaction=True)
def test_index_numbers_given_at_once_are_all_different_and_have_no_gap() -> None:
    people = cast()
    items, together = [ready(people) for _ in range(EIGHT)], Barrier(EIGHT)

    def race(place: int) -> str:
        together.wait()
        return outcome("publish", items[place], people, people.zhao)

    with ThreadPoolExecutor(EIGHT) as pool:
        assert set(pool.map(race, range(EIGHT))) == {"won"}
    numbers = sorted(Disclosure.objects.values_list("index_number", flat=True))
    assert numbers == [f"01527918X/2012-{n:05d}" for n in range(1, EIGHT + 1)]


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_midst_of_publishing_leaves_the_item_wholly_as_it_was() -> None:
    people = cast()
    item = ready(people)
    before = Disclosure.objects.values().get(pk=item.pk)
    connection.close()
    child = os.fork()
    if child == 0:
        with transaction.atomic():
            disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
            os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Disclosure.objects.values().get(pk=item.pk) == before
    assert (Posting.objects.count(), Placement.objects.count(), Change.objects.count()) == (0, 0, 0)
    assert entries.verify() == []
    item.refresh_from_db()
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_begun_by_eight_at_once_has_eight_numbers() -> None:
    people, together = cast(), Barrier(EIGHT)

    def race(place: int) -> str:
        together.wait()
        try:
            return drafted(people).number
        finally:
            connection.close()

    with ThreadPoolExecutor(EIGHT) as pool:
        numbers = sorted(pool.map(race, range(EIGHT)))
    assert numbers == [f"G2012-{n:05d}" for n in range(1, EIGHT + 1)]
