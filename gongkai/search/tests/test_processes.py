"""What processes leave each other: files of a write that was killed, and the threads of one that forked."""

from __future__ import annotations

import os
import shutil
import signal
import time
from datetime import date
from pathlib import Path

from gongkai.search.asking import Document
from gongkai.search.embedded import Index
from gongkai.search.engine import Plan, Position


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


def test_a_process_that_was_forked_off_counts_too(tmp_path: Path) -> None:
    """The threads of the parent are not there in the child, which would wait for them for ever."""
    index = Index(tmp_path, ("theme",))
    index.write(drafts("d0", "d1", title="稿"), (), Position(1, "a"))
    index.position()
    asked = Plan((), {}, None, None, by_relevance=False, offset=0, limit=1)
    assert index.ask(asked).total == 2
    child = os.fork()
    if child == 0:
        os._exit(0 if index.ask(asked).total == 2 else 1)
    until = time.monotonic() + 30
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < until:
        time.sleep(0.05)
    if ended == (0, 0):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert ended == (child, 0)
