"""The embedded engine: tantivy over character pairs (docs/decisions/060-tantivy.md)."""

from __future__ import annotations

import functools
import json
import os
import shutil
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tantivy

from gongkai.search.asking import Document
from gongkai.search.engine import MOST_VALUES, Foreign, Found, Plan, Position, cut, pairs, texts, values
from gongkai.search.folding import fold

HEAP = 64_000_000  # bytes held while writing; the least that tantivy takes is 15 MB for each thread
TITLE, NUMBER = 4.0, 24.0  # how much more a part weighs that stands in the title, in the document number
# tantivy merges the parts of a level when there are eight; the lowest level is all that hold fewer than this, and those
# above as long as 0.75 of their logarithm, to base 2, reaches down to it. Which levels there are cannot be chosen here.
LEAST, LEVEL, TOGETHER = 10_000, 2**-0.75, 8
FILLER = "\uffff"  # key of a document that only makes up the number of parts
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


@functools.cache
def _beside(process: int) -> ThreadPoolExecutor:
    """The threads that count, of each process its own: one that was forked off has its parent's in name only."""
    return ThreadPoolExecutor(thread_name_prefix=f"gongkai-counts-{process}")


class Index:
    """An index of tantivy. Of one folder one object at a time may write; the caller sees to that."""

    def __init__(self, folder: Path, facets: Sequence[str]) -> None:
        self._folder, self._facets = folder, tuple(facets)
        self._schema = _schema(self._facets)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as fault:  # not there, half removed, or spoilt: made anew in each case
            raise Foreign from fault
        self._index.config_reader(reload_policy="manual")
        self._seen: bytes = b""
        self._reading = threading.Lock()

    def position(self) -> Position:
        """Where the index stands; the documents that are searched from now on are at least as new."""
        try:
            written = (self._folder / "position.json").read_bytes()
        except FileNotFoundError as missing:
            raise Foreign from missing
        if written != self._seen:
            with self._reading:
                self._index.reload()
                self._seen = written
        return Position.of_json(json.loads(written))

    def write(self, documents: Iterable[Document], gone: Iterable[str], position: Position) -> None:
        """Documents first, then the position: killed between the two, the same changes are taken in once more."""
        writer = self._writer()
        for key in gone:
            writer.delete_documents_by_term("id", key)
        for document in documents:
            writer.delete_documents_by_term("id", document.id)
            writer.add_document(self._stored(document))
        writer.commit()
        unfinished = self._folder / "position.unfinished"
        unfinished.write_text(json.dumps(position.as_json()), encoding="utf-8")
        os.replace(unfinished, self._folder / "position.json")
        writer.wait_merging_threads()

    def _writer(self) -> tantivy.IndexWriter:
        """A writer on an index without leavings: who was killed between files and their list left files that no write
        covers, and the next to make the same would be refused.
        """
        writer = self._index.writer(HEAP, 1)
        writer.garbage_collect_files()
        return writer

    def crowded(self) -> bool:
        """Whether one more part sets off a merge; counted as tantivy's own policy counts."""
        return len(self._level()) + 1 >= TOGETHER

    def _level(self) -> list[int]:
        """How many documents the parts hold that are merged with a new one."""
        parts = json.loads((self._folder / "meta.json").read_bytes())["segments"]
        held = [part["max_doc"] - (part["deletes"] or {}).get("num_deleted_docs", 0) for part in parts]
        level: list[int] = []
        for size in sorted(held, reverse=True):
            if level and max(size, LEAST) < level[0] * LEVEL:
                level = []
            level.append(size)
        return level if level and level[0] * LEVEL <= LEAST else []

    def copy(self, place: Path) -> None:
        """By links: tantivy never changes a file, it makes new ones. The position comes last, without it it is none."""
        place.mkdir()
        for file in sorted(self._folder.iterdir(), key=lambda file: file.name == "position.json"):
            if file.suffix in (".lock", ".unfinished"):
                continue
            try:
                os.link(file, place / file.name)
            except OSError:  # a file system without links
                shutil.copyfile(file, place / file.name)

    def tidy(self) -> None:
        """Bring the small parts up to the number that sets off a merge, and wait for it."""
        fillers = [FILLER + str(number) for number in range(TOGETHER)]
        used = 0
        while len(self._level()) > 1 and used < TOGETHER:
            filler = tantivy.Document()
            filler.add_text("id", fillers[used])
            self._committed([filler], ())
            used += 1
        if used:
            self._committed((), fillers)

    def _committed(self, documents: Iterable[tantivy.Document], gone: Iterable[str]) -> None:
        writer = self._writer()
        for key in gone:
            writer.delete_documents_by_term("id", key)
        for document in documents:
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def _stored(self, document: Document) -> tantivy.Document:
        whole = texts(document)
        stored = tantivy.Document()
        stored.add_text("id", document.id)
        stored.add_text("text", cut(whole))
        stored.add_text("title", cut([fold(document.title)]))
        stored.add_text("number", cut([fold(document.number)]))
        stored.add_text("characters", " ".join(set().union(*whole) - {" "}))
        stored.add_integer("day", document.day.toordinal())
        for facet in self._facets:
            for value in values(document, facet):
                stored.add_text(f"facet_{facet}", value)
        return stored

    def ask(self, plan: Plan) -> Found:
        """One search for the hits and the total; beside it one for the counts, and one more for each facet filtered."""
        searcher = self._index.searcher()
        query = self._query(plan, scored=plan.by_relevance)
        groups = self._groups(plan) if plan.counted else []
        counting = [_beside(os.getpid()).submit(self._counts, searcher, plan, group) for group in groups]
        found = searcher.search(
            query, limit=max(plan.limit, 1), offset=plan.offset, order_by_field=None if plan.by_relevance else "day"
        )
        total: int = found.count  # type: ignore[attr-defined]  # is there, but not in the stubs of tantivy 0.27
        ids = tuple(searcher.doc(address)["id"][0] for _, address in found.hits[: plan.limit])
        return Found(total, ids, {facet: values for each in counting for facet, values in each.result().items()})

    def count(self) -> int:
        """How many documents there are."""
        return int(self._index.searcher().num_docs)

    def _groups(self, plan: Plan) -> list[list[str]]:
        """Facets whose values are counted together: those without a filter, and each of the others, apart from it."""
        filtered = [facet for facet in self._facets if plan.filters.get(facet)]
        free = [facet for facet in self._facets if facet not in filtered]
        return [group for group in (free, *([facet] for facet in filtered)) if group]

    def _counts(self, searcher: tantivy.Searcher, plan: Plan, group: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}} for facet in group}
        told = searcher.aggregate(self._query(plan, scored=False, apart_from=group), asked)
        return {facet: {bucket["key"]: bucket["doc_count"] for bucket in told[facet]["buckets"]} for facet in group}

    def _query(self, plan: Plan, *, scored: bool, apart_from: Sequence[str] = ()) -> tantivy.Query:
        conditions = [
            self._terms(f"facet_{facet}", chosen)
            for facet, chosen in plan.filters.items()
            if chosen and facet not in apart_from
        ]
        if plan.first or plan.last:
            conditions.append(self._days(plan))
        clauses = [(Must, self._any_of(part)) for part in plan.parts]
        # A condition does not weigh in the order.
        clauses += [(Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in conditions]
        if not clauses:
            clauses.append((Must, tantivy.Query.all_query()))
        if plan.without:
            clauses.append((MustNot, self._terms("id", sorted(plan.without))))
        if scored:
            for part in plan.parts:
                for field, weight in (("title", TITLE), ("number", NUMBER)):
                    held = [(Should, self._held(way, field)) for way in part if len(way) > 1]
                    if held:
                        clauses.append((Should, tantivy.Query.boost_query(tantivy.Query.boolean_query(held), weight)))
        return tantivy.Query.boolean_query(clauses)

    def _any_of(self, alternatives: Sequence[str]) -> tantivy.Query:
        ways = [self._stands(way) for way in alternatives]
        return ways[0] if len(ways) == 1 else tantivy.Query.boolean_query([(Should, way) for way in ways])

    def _stands(self, part: str) -> tantivy.Query:
        """The part stands in the text: its pairs, each in its place."""
        if len(part) == 1:
            return tantivy.Query.term_query(self._schema, "characters", part, index_option="basic")
        chosen = _pairs(part)
        if len(chosen) == 1:
            return tantivy.Query.term_query(self._schema, "text", chosen[0][1])
        return tantivy.Query.phrase_query(self._schema, "text", [*chosen])

    def _held(self, part: str, field: str) -> tantivy.Query:
        """The field holds the pairs of the part, wherever: near enough for the order, and half as dear as places."""
        return tantivy.Query.boolean_query(
            [(Must, tantivy.Query.term_query(self._schema, field, pair)) for _, pair in _pairs(part)]
        )

    def _terms(self, field: str, wanted: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, field, list(wanted))

    def _days(self, plan: Plan) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema, "day", tantivy.FieldType.Integer,
            plan.first.toordinal() if plan.first else None, plan.last.toordinal() if plan.last else None,
        )  # fmt: skip


def _pairs(part: str) -> list[tuple[int, str]]:
    """Every second pair of a part of two characters or more and its last, with their places: enough to tell it."""
    every = list(enumerate(pairs(part)))
    return [every[place] for place in sorted({*range(0, len(every), 2), len(every) - 1})]


def _schema(facets: Sequence[str]) -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("text", "title", "number"):
        made.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    made.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    made.add_integer_field("day", indexed=True, fast=True)
    for facet in facets:
        made.add_text_field(f"facet_{facet}", tokenizer_name="raw", fast=True, index_option="basic")
    return made.build()
