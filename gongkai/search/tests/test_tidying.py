"""Parts of an index are merged beside it: a single change never waits for that, and nothing is lost by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from gongkai.search import shelf as shelves
from gongkai.search.asking import Question
from gongkai.search.embedded import Index
from gongkai.search.shelf import Shelf
from gongkai.search.tests.scanning import Memory, document, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the shelf keeps its index."""
    settings.HOME, settings.GONGKAI_SEARCH = tmp_path, "tantivy"
    return tmp_path / "search" / "memory"


@pytest.fixture
def memory() -> Memory:
    return Memory(document(f"d{place:02}", title=f"第{place}号通告", body="养犬须登记") for place in range(20))


def parts(folder: Path) -> dict[str, int]:
    """The parts of the index in use, and how many documents each holds."""
    told = json.loads((folder / (folder / "current").read_text() / "meta.json").read_bytes())
    return {
        part["segment_id"]: part["max_doc"] - (part["deletes"] or {}).get("num_deleted_docs", 0)
        for part in told["segments"]
    }


def change(memory: Memory, asked: Shelf, *keys: str, title: str) -> None:
    with transaction.atomic():
        memory.held |= {key: document(key, title=title) for key in keys}
        asked.queue(keys)


def found(asked: Shelf, words: str) -> list[str]:
    return sorted(hit.id for hit in asked.ask(Question(words=words, limit=100)).hits)


def test_single_changes_leave_the_large_part_alone(memory: Memory, folder: Path) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    (large,) = parts(folder)
    for place in range(18):
        change(memory, asked, f"n{place % 10}", title=f"新{place}")
        assert found(asked, f"新{place}") == [f"n{place % 10}"]
        assert large in parts(folder)
        assert len(parts(folder)) < 8
    assert found(asked, "新") == [f"n{place}" for place in range(10)]


def test_after_many_changes_the_parts_become_one(memory: Memory, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "FRESH", 3)
    asked, other = shelf(memory), shelf(memory)
    found(asked, "养犬")
    for place in range(3):
        change(memory, asked, f"n{place}", title="新")
        assert len(found(other, "新")) == place + 1
    assert len(parts(folder)) == 4
    asked.keep_up()
    assert list(parts(folder).values()) == [23]
    assert found(asked, "新") == found(other, "新") == ["n0", "n1", "n2"]
    assert asked.state().documents == 23
    assert len([each for each in folder.iterdir() if each.is_dir()]) == 1


def test_what_changes_while_parts_are_merged_shows_at_once_and_stays(
    memory: Memory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "FRESH", 1)
    asked, other = shelf(memory), shelf(memory)
    found(asked, "养犬")
    merged = Index.tidy

    def meanwhile(index: Index) -> None:
        change(memory, other, "n1", title="其间")
        assert found(other, "其间") == ["n1"]
        merged(index)

    monkeypatch.setattr(Index, "tidy", meanwhile)
    change(memory, asked, "n0", title="起初")
    found(asked, "起初")
    asked.keep_up()
    assert (found(asked, "其间"), found(other, "起初")) == (["n1"], ["n0"])


def test_many_changes_at_once_are_taken_in_beside(
    memory: Memory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shelf(memory)
    found(asked, "养犬")
    monkeypatch.setattr(shelves, "AT_ONCE", 2)
    (folder / "left-by-one-that-was-killed.copy").mkdir()
    change(memory, asked, *(f"n{place}" for place in range(7)), title="批量")
    asked.keep_up()
    assert len(found(asked, "批量")) == 7
    assert not list(folder.glob("*.copy"))
