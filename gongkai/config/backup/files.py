"""The files of the data folder: which belong in a backup, and putting them back all at once."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from gongkai.law.refusal import Refused

SECRET_KEY = "secret-key"
LEFT_OUT = {
    "static": "样式等静态文件：由程序重新生成",
    "uploads": "待确认的试导入文件：恢复后请重新上传",
    "search": "检索索引：由数据库重新建立",
    "jobs": "后台任务的进度：备份时正在执行的任务，恢复后可再次执行",
}
PASSING = (".lock", ".unfinished", "-wal", "-shm", "-journal")
"""Endings of files that mean nothing once the process that made them has ended."""


def kept_files(home: Path, *, database: str, with_secret_key: bool, apart: Path) -> Iterator[tuple[str, Path]]:
    """(path within the folder, path) of each file to back up, in order.

    Everything counts that is not named as left out: whatever is added to the folder later is backed up unasked.
    database: the SQLite file, whose rows are backed up as tables; apart: the backup being written.
    """
    aside = {Path(database).resolve(), apart.resolve()}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if name.split("/")[0] in LEFT_OUT or name.endswith(PASSING) or path.resolve() in aside:
            continue
        if name.startswith(SECRET_KEY) and not (name == SECRET_KEY and with_secret_key):
            continue
        if path.is_file() and not path.is_symlink() and not is_backup(path):
            yield name, path


def fingerprint(secret_key: str) -> str:
    """Tells two secret keys apart and gives neither away: 16 hexadecimal digits."""
    return hashlib.sha256(b"gongkai key fingerprint 1" + secret_key.encode()).hexdigest()[:16]


def is_backup(path: Path) -> bool:
    """An earlier backup kept in the data folder: backups do not swallow each other."""
    return path.name.endswith((".gongkai.gz", ".tar.gz", ".tgz"))


class Staging:
    """Files written beside their places; `settle` moves them in. Left without it, the block leaves no trace."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / f"restore-{os.getpid()}.unfinished"
        self._current: IO[bytes] | None = None
        self.names: list[str] = []

    def __enter__(self) -> Staging:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, mode=0o700)
        return self

    def begin(self, name: str) -> None:
        """The following pieces are of this file."""
        self._close()
        place = self._folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        self._current = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.names.append(name)

    def add(self, piece: bytes) -> None:
        """The next piece of the file begun."""
        if self._current is None:
            raise RuntimeError("a file is begun before it gets its pieces")
        self._current.write(piece)

    def require_free(self) -> None:
        """Refused when a file already lies in a place and says something else; a new signing key gives way."""
        self._close()
        taken = [name for name in self.names if name != SECRET_KEY and self._differs(name)]
        if taken:
            raise Refused(
                "files_exist",
                f"数据文件夹 {self._home} 里已有内容不同的文件（{'、'.join(taken[:5])}）；"
                "请用 GONGKAI_HOME 指定空文件夹，或先移走这些文件",
            )

    def _differs(self, name: str) -> bool:
        place = self._home / name
        return place.exists() and place.read_bytes() != (self._folder / name).read_bytes()

    def settle(self) -> None:
        """Move every file into its place."""
        self._close()
        for name in self.names:
            place = self._home / name
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._folder / name, place)

    def _close(self) -> None:
        if self._current is not None:
            self._current.close()
            self._current = None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        shutil.rmtree(self._folder, ignore_errors=True)
