"""What is put into a spool comes out in the same order, in batches, as often as it is asked for."""

from __future__ import annotations

import pytest

from gongkai.records import spool
from gongkai.records.spool import Spool


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
def test_rows_come_out_as_they_went_in(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 60)  # the later batches go to the disk
    with Spool[tuple[int, str]](3) as rows:
        for number in range(count):
            rows.put((number, "字" * number))
        assert len(rows) == count
        for _ in range(2):
            assert [row for batch in rows.batches() for row in batch] == [(n, "字" * n) for n in range(count)]
            assert all(len(batch) <= 3 for batch in rows.batches())
