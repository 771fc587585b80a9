"""A file that gets its name only when it is whole: written beside its place, by one process, gone when it fails."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gongkai.law.refusal import Refused


@contextmanager
def written_whole(path: Path, *, overwrite: bool = False) -> Iterator[tuple[IO[bytes], Path]]:
    """A stream to write, and the path where it lies meanwhile; at the end of the block it takes its name in one step.

    Killed midway it leaves only `.NAME.unfinished`, which the next attempt takes over. Refused when the file exists
    (unless `overwrite`), cannot be written, the disk is full, or another process is writing it.
    """
    if path.exists() and not overwrite:
        raise Refused("file_exists", f"{path} 已经存在；请换一个文件名，或加 --overwrite 覆盖它")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Refused("being_written", f"另一个进程正在写 {path}；请等它结束，或换一个文件名") from fault
        try:
            stream.truncate(0)
            yield stream, unfinished
            stream.flush()
            os.fsync(stream.fileno())
            os.replace(unfinished, path)
        except OSError as fault:
            raise _unwritable(path, fault) from fault
        finally:
            unfinished.unlink(missing_ok=True)


def _unwritable(path: Path, fault: OSError) -> Refused:
    if fault.errno == errno.ENOSPC:
        return Refused("disk_full", f"磁盘已满，{path} 没有写成，也没有留下半个文件；请清出空间，或写到别的磁盘")
    return Refused("cannot_write", f"{path} 没有写成（{fault.strerror or fault}）；请检查 {path.parent} 的权限后再试")
