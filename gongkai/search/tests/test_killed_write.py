"""Killed between the files of a write and their list: the next writer takes the leavings away and goes on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from gongkai.search.asking import Document
from gongkai.search.embedded import Index
from gongkai.search.engine import Position


def drafts(*keys: str, title: str) -> list[Document]:
    return [Document(key, title, "", "", "", date(2020, 1, 1)) for key in keys]


def test_deletions_left_by_a_killed_write_do_not_stop_the_next(tmp_path: Path) -> None:
    """The folder as it was, but for the file of deletions that the killed write made, and noted as its own, first."""
    (tmp_path / "whole").mkdir()
    index = Index(tmp_path / "whole", ())
    index.write(drafts("d0", "d1", "d2", title="稿"), (), Position(1, "a"))
    shutil.copytree(tmp_path / "whole", tmp_path / "killed")
    index.write(drafts("d0", title="新稿"), (), Position(2, "b"))
    leavings = list((tmp_path / "whole").glob("*.del"))
    assert leavings
    for file in (*leavings, tmp_path / "whole/.managed.json"):
        shutil.copy(file, tmp_path / "killed")
    again = Index(tmp_path / "killed", ())
    again.write(drafts("d0", title="新稿"), (), Position(2, "b"))
    assert again.position() == Position(2, "b")
    assert again.count() == 3
