"""The lists behind the figures, frozen at publication: one streamed query for each measure and period."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

from gongkai.reports.counting import Query

# Both order text by its bytes, so that the same records freeze to the same list on either database.
BYTE_ORDER = {"postgresql": "C", "sqlite": "BINARY"}
CHUNK = 5000
# In a list over several organs a number stands behind its organ's code, which cannot hold this mark.
ORGAN_MARK = "/"


class Packing:
    """The list of one figure as it grows: compressed, digested, counted; never held as a whole."""

    __slots__ = ("_compressor", "_digest", "_last", "_packed", "count")

    def __init__(self) -> None:
        # A small window: hundreds of lists grow side by side.
        self._compressor = zlib.compressobj(level=6, wbits=12, memLevel=4)
        self._digest = hashlib.sha256()
        self._packed: list[bytes] = []
        self._last = b""
        self.count = 0

    def add(self, line: bytes) -> None:
        # Where different values are counted (one document in several postings), each stands in the list once.
        if line == self._last:
            return
        self._last = line
        self._digest.update(line)
        if packed := self._compressor.compress(line):
            self._packed.append(packed)
        self.count += 1

    def finish(self) -> tuple[bytes, str]:
        """(compressed lines, SHA-256 of the lines)."""
        return b"".join([*self._packed, self._compressor.flush()]), self._digest.hexdigest()


def keys(query: Query) -> Iterator[tuple[Any, ...]]:
    """(organ code, number, *dimension values) of every row that a query counts, in that order."""
    rows = query.measure.dimensioned(query.scope, query.dimensions)
    rows = rows.annotate(frozen_key=Collate(F(query.measure.key), BYTE_ORDER[connection.vendor]))
    names = ["organ__code", "frozen_key", *(f"by_{name}" for name in query.dimensions)]
    yield from rows.order_by("organ__code", "frozen_key", "pk").values_list(*names).iterator(chunk_size=CHUNK)


def freeze(queries: list[Query]) -> dict[str, Packing]:
    """The list of every counted cell, by ref; a cell that counts nothing has an empty list, not none."""
    lists = {cell.ref: Packing() for query in queries for cell in query.cells}
    for query in queries:
        places: dict[tuple[Any, ...], list[Packing]] = {}
        several = len(query.scope.organs) > 1
        for code, key, *group in keys(query):
            values = tuple(group)
            if values not in places:
                places[values] = [lists[cell.ref] for cell in query.cells if query.matches(cell, values)]
            line = f"{code}{ORGAN_MARK}{key}\n" if several else f"{key}\n"
            for packing in places[values]:
                packing.add(line.encode())
    return lists
