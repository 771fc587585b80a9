"""Rows that wait in a file: read once, kept in no memory, taken out in batches."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Generic, TypeVar

IN_MEMORY = 2_000_000  # bytes; beyond, the rows go to a file without a name, which ends with the process

Row = TypeVar("Row")


class Spool(Generic[Row]):
    """Rows in the order in which they were put in. What is pickled here is unpickled here and nowhere else."""

    def __init__(self, batch: int) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed by __exit__
        self._batch, self._waiting = batch, list[Row]()
        self._count = 0

    def __enter__(self) -> Spool[Row]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def put(self, row: Row) -> None:
        """One more row."""
        self._waiting.append(row)
        self._count += 1
        if len(self._waiting) == self._batch:
            pickle.dump(self._waiting, self._file)
            self._waiting = []

    def batches(self) -> Iterator[list[Row]]:
        """All rows, so many at a time; when the last one has been put in."""
        self._file.seek(0)
        for _ in range(self._count // self._batch):
            yield pickle.load(self._file)
        if self._waiting:
            yield self._waiting
