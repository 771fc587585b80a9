"""The shelf follows the database: what is committed shows, what is withdrawn does not, whoever asks."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.search import log
from gongkai.search import shelf as shelves
from gongkai.search.asking import Question
from gongkai.search.engine import Position
from gongkai.search.locks import held
from gongkai.search.models import Change
from gongkai.search.shelf import Shelf
from gongkai.search.tests.scanning import Memory, document, shelf

pytestmark = [pytest.mark.usefixtures("engine"), pytest.mark.django_db]


@pytest.fixture
def memory() -> Memory:
    return Memory(document(f"d{place}", title=f"第{place}号通告", body="养犬须登记") for place in range(3))


def found(asked: Shelf, words: str) -> list[str]:
    return sorted(hit.id for hit in asked.ask(Question(words=words)).hits)


def change(memory: Memory, asked: Shelf, key: str, title: str | None) -> None:
    """Alter a document, or withdraw it, as a desk does."""
    with transaction.atomic():
        if title is None:
            memory.held.pop(key)
        else:
            memory.held[key] = document(key, title=title)
        asked.queue([key])


def test_a_change_shows_in_the_next_answer(memory: Memory) -> None:
    asked = shelf(memory)
    assert found(asked, "养犬") == ["d0", "d1", "d2"]
    change(memory, asked, "d3", "养犬管理")
    assert found(asked, "养犬") == ["d0", "d1", "d2", "d3"]
    change(memory, asked, "d0", "改名")
    assert (found(asked, "养犬"), found(asked, "改名")) == (["d1", "d2", "d3"], ["d0"])
    change(memory, asked, "d1", None)
    assert found(asked, "养犬") == ["d2", "d3"]


def test_another_process_sees_it_too_and_does_not_walk_again(memory: Memory) -> None:
    """Two shelves stand for two processes: they share the disk and the database alone."""
    one, other = shelf(memory), shelf(memory)
    assert found(one, "养犬") == found(other, "养犬")
    walks = memory.walks
    change(memory, one, "d3", "养犬管理")
    assert found(other, "管理") == found(one, "管理") == ["d3"]
    assert memory.walks == walks


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_a_fault(memory: Memory) -> None:
    with pytest.raises(RuntimeError):
        shelf(memory).queue(["d0"])


def test_while_another_writes_what_is_withdrawn_is_left_out_of_hits_total_and_counts(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shelf(memory)
    memory.held["d0"] = replace(memory.held["d0"], facets={"organ": "甲"})
    found(asked, "养犬")
    monkeypatch.setattr(shelves, "PATIENCE", 0.05)
    change(memory, asked, "d0", None)
    change(memory, asked, "d1", "改名")
    with held(tmp_path / "search" / "memory" / "write.lock") as free:
        assert free
        answer = asked.ask(Question(words="养犬"))
    assert [hit.id for hit in answer.hits] == ["d2"]
    assert (answer.total, answer.counts["organ"], answer.behind) == (1, {}, 2)
    assert found(asked, "改名") == ["d1"]


def test_what_is_withdrawn_while_we_look_is_not_shown(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    monkeypatch.setattr(log, "since", lambda *given, **more: None)  # as if it were committed a moment later
    change(memory, asked, "d0", None)
    assert found(asked, "养犬") == ["d1", "d2"]


def test_an_index_of_another_database_is_made_anew(memory: Memory) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    change(memory, asked, "d3", "养犬管理")
    found(asked, "养犬")
    Change.objects.all().delete()  # an older copy of the database put back
    del memory.held["d3"]
    assert found(asked, "养犬") == ["d0", "d1", "d2"]


def test_a_spoilt_index_is_made_anew(memory: Memory, tmp_path: Path) -> None:
    found(shelf(memory), "养犬")
    folder = tmp_path / "search" / "memory"
    (place,) = (each for each in folder.iterdir() if each.is_dir())
    for file in place.iterdir():
        file.unlink()
    assert found(shelf(memory), "养犬") == ["d0", "d1", "d2"]


def test_a_rebuild_that_broke_off_goes_on_where_it_was(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "BATCH", 1)
    monkeypatch.setattr(shelves, "ROOM", 1)

    class PowerCut(Exception):
        """The process dies after the second document."""

    def cut(done: int, total: int) -> None:
        if done == 2:
            raise PowerCut

    asked = shelf(memory)
    with pytest.raises(PowerCut):
        asked.rebuild(cut)
    change(memory, asked, "d0", "其间改名")  # walked already
    change(memory, asked, "d1", None)
    told: list[tuple[int, int]] = []
    shelf(memory).rebuild(lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]
    assert (found(asked, "养犬"), found(asked, "其间改名")) == (["d2"], ["d0"])


def test_while_it_is_rebuilt_the_old_index_answers_and_follows(memory: Memory) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    seen = []

    def look(done: int, total: int) -> None:
        change(memory, asked, "d0", "其间改名")
        seen.append(found(asked, "改名"))

    asked.rebuild(look)
    assert seen == [["d0"]]
    assert found(asked, "改名") == ["d0"]


def test_two_do_not_rebuild_at_once(memory: Memory) -> None:
    asked = shelf(memory)

    def second(done: int, total: int) -> None:
        with pytest.raises(Refused, match="正在重建"):
            shelf(memory).rebuild()

    asked.rebuild(second)


def test_a_large_first_index_is_not_made_in_a_page(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "AT_ONCE", 2)
    asked = shelf(memory)
    with pytest.raises(Refused, match="正在建立索引"):
        found(asked, "养犬")
    asked.keep_up()
    assert found(asked, "养犬") == ["d0", "d1", "d2"]


def test_many_changes_are_taken_in_by_and_by(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    monkeypatch.setattr(shelves, "AT_ONCE", 2)
    with transaction.atomic():
        memory.held |= {f"e{place}": document(f"e{place}", title="批量") for place in range(7)}
        asked.queue(memory.held)
    while (answer := asked.ask(Question(words="批量"))).behind:
        assert answer.total < 7
    assert answer.total == 7


def test_the_state_says_what_waits(memory: Memory) -> None:
    asked = shelf(memory)
    assert (asked.state().ready, asked.state().documents) == (False, 0)
    found(asked, "养犬")
    change(memory, asked, "d3", "养犬管理")
    state = asked.state()
    assert (state.ready, state.documents, state.behind, state.building) == (True, 3, 1, None)


def test_filters_and_days_choose(memory: Memory) -> None:
    memory.held = {
        each.id: each
        for each in (
            document("a", title="养犬", facets={"organ": "甲"}, day=date(2019, 5, 1)),
            document("b", title="养犬", facets={"organ": "乙", "theme": ("丙", "丁")}, day=date(2020, 5, 1)),
        )
    }
    answer = shelf(memory).ask(Question(words="养犬", filters={"organ": ["乙"]}, first=date(2020, 5, 1)))
    assert [hit.id for hit in answer.hits] == ["b"]
    assert answer.counts == {"organ": {"乙": 1}, "theme": {"丙": 1, "丁": 1}}


def test_when_nothing_is_found_the_pieces_that_occur_are_offered(memory: Memory) -> None:
    asked = shelf(memory)
    assert asked.ask(Question(words="养犬登记条例")).suggestions[0] == "养犬 登记"
    assert asked.ask(Question(words="养犬 罚款")).suggestions == ("养犬",)
    assert asked.ask(Question(words="养犬")).suggestions == ()


def test_many_readers_and_writers_in_threads(memory: Memory) -> None:
    """Engines are shared by the threads of a process."""
    asked = shelf(memory)
    found(asked, "养犬")
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(20):
                assert asked._current().ask is not None  # type: ignore[union-attr]
                assert asked._current().count() >= 3  # type: ignore[union-attr]
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for place in range(5):
        change(memory, asked, f"e{place}", "养犬")
        found(asked, "养犬")
    for thread in threads:
        thread.join()
    assert not faults


# ── The log: numbers are committed out of order on PostgreSQL ──


def logged(*numbers: int) -> None:
    for number in numbers:
        Change.objects.create(pk=number, shelf="memory", key=f"k{number}", token=f"t{number}")


def test_a_number_that_is_committed_late_is_taken_in_once() -> None:
    logged(10)
    position = log.end()
    logged(11, 13, 16)
    pending = log.since("memory", position, most=10)
    assert pending is not None
    assert pending.keys == ("k11", "k13", "k16")
    assert log.since("memory", pending.position, most=10) is None
    logged(14)
    late = log.since("memory", pending.position, most=10)
    assert late is not None
    assert late.keys == ("k14",)
    logged(12, 15)
    rest = log.since("memory", late.position, most=10)
    assert rest is not None
    assert rest.keys == ("k12", "k15")
    assert (rest.position.top, [gap[:2] for gap in rest.position.gaps if gap[0] > 10]) == (16, [])


def test_a_number_under_way_when_the_walk_began_is_not_missed() -> None:
    logged(1, 3)
    position = log.end()
    logged(2)
    late = log.since("memory", position, most=10)
    assert late is not None
    assert late.keys == ("k2",)


def test_gaps_stay_few_and_lose_nothing() -> None:
    logged(1)
    position = log.end()
    logged(*range(3, 300, 2))
    pending = log.since("memory", position, most=1000)
    assert pending is not None
    assert len(pending.position.gaps) <= log.MOST_GAPS
    assert Position.of_json(pending.position.as_json()) == pending.position
    logged(*range(2, 300, 2))
    late = log.since("memory", pending.position, most=1000)
    assert late is not None
    assert {f"k{number}" for number in range(2, 300, 2)} <= set(late.keys)
    assert log.since("memory", late.position, most=1000) is None
