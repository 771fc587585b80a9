"""A shelf: the documents a desk lets the public find, and the index over them, which is a cache and nothing more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings

from gongkai.law.refusal import Refused
from gongkai.search import engines, log
from gongkai.search.asking import Answer, Document, Hit, Question
from gongkai.search.engine import VERSION, Engine, Foreign, Parted, Plan
from gongkai.search.folding import Alternatives, parts
from gongkai.search.locks import held
from gongkai.search.passages import marked, passages
from gongkai.search.suggesting import suggestions

AT_ONCE = 300  # documents that a reader takes in himself, or makes a first index of, before he gets his answer
BATCH = 500  # documents that a walk asks the desk for at once
ROOM = 2_500_000  # characters that are written together: few parts are made, and memory holds them
FRESH = 100  # documents written one by one, after which the parts they lie in are merged
PATIENCE = 1.5  # seconds a reader waits while another takes changes in
MOST_PAGES = 10_000  # hits beyond this are counted and not shown

Told = Callable[[int, int], None]  # documents done, and of how many


class Source(Protocol):
    """Where a shelf gets its documents: the desk's own tables. Only what the public may see now is ever given."""

    def documents(self, keys: Sequence[str]) -> Iterable[Document]:
        """Those of these documents that the public may see, as they are now; in any order."""

    def after(self, key: str, most: int) -> Sequence[Document]:
        """The next documents after this one, in an order of the desk's own that never changes; "" is before all."""

    def count(self) -> int:
        """How many documents the public may see."""


@dataclass(frozen=True, slots=True)
class State:
    """How the index stands. ready: it can answer; behind: changes waiting; building: documents done of a new index."""

    engine: str
    ready: bool
    documents: int
    behind: int
    building: int | None


class Shelf:
    """The documents of one desk. name: in the log and on disk; facets: by which they are filtered and counted."""

    def __init__(self, name: str, source: Source, facets: Sequence[str]) -> None:
        self.name, self.facets = name, tuple(facets)
        self._source = source
        self._opened: tuple[Path, Engine] | None = None

    # ── The desk ──

    def queue(self, keys: Iterable[str]) -> None:
        """Call in the transaction that publishes, alters or withdraws these documents: from its end on it shows."""
        log.write(self.name, keys)

    # ── The reader ──

    def ask(self, question: Question) -> Answer:
        """What matches, as of the last change committed. Refused while a first large index is being made."""
        engine, left_out = self._ready()
        wanted = parts(question.words)
        plan = Plan(
            parts=wanted,
            filters={facet: tuple(chosen) for facet, chosen in question.filters.items() if facet in self.facets},
            first=question.first, last=question.last, by_relevance=question.order == "relevance" and bool(wanted),
            offset=min(question.offset, MOST_PAGES), limit=question.limit, without=left_out,
        )  # fmt: skip
        found = engine.ask(plan)
        # Read anew from the desk: what has been withdrawn while we looked is not among them.
        documents = {document.id: document for document in self._source.documents(found.ids)}
        hits = tuple(_hit(documents[key], wanted) for key in found.ids if key in documents)

        def total(parts: Sequence[Alternatives]) -> int:
            return engine.ask(replace(plan, parts=tuple(parts), offset=0, limit=0, counted=False)).total

        other = suggestions(wanted, total) if wanted and not found.total else ()
        return Answer(found.total, hits, found.counts, behind=len(left_out), suggestions=other)

    def _ready(self) -> tuple[Engine, frozenset[str]]:
        """An index to ask and the documents to leave out of what it says: changed, and not taken in in time."""
        late = False
        while True:
            try:
                engine = self._current()
                if engine is None:
                    self._first()
                    continue
                pending = log.since(self.name, engine.position(), most=AT_ONCE)
                if pending is None:
                    return engine, frozenset()
                if late:
                    return engine, frozenset(pending.keys)
                late = not self._take_in(patience=0 if pending.more else PATIENCE, batches=1)
            except Foreign:
                self._discard()

    def _first(self) -> None:
        """Make a first index at once when it is small; else say how far it is."""
        total = self._source.count()
        if total > AT_ONCE:
            done = self.state().building or 0
            said = f"检索正在建立索引（{done * 100 // total}%），请过几分钟再试；其间请按栏目浏览"
            raise Refused("index_being_made", said)
        with held(self._folder / "build.lock", patience=PATIENCE) as free:
            if free and self._current() is None:
                self._build(lambda done, total: None)

    # ── Taking in changes ──

    def keep_up(self, told: Told = lambda done, total: None) -> None:
        """Make the index where there is none, and take in all that is waiting; call again and again."""
        if self._current() is None:
            with held(self._folder / "build.lock") as free:
                if free:
                    self._build(told)
            return
        try:
            if not self._tidied():
                self._take_in(patience=0.0)
        except Foreign:
            self._discard()

    def _take_in(self, *, patience: float, batches: int | None = None) -> bool:
        """Write waiting changes into the index in use; whether none is waiting now. Foreign as `log.since`."""
        with held(self._folder / "write.lock", patience=patience) as free:
            engine = self._current()
            if not free or engine is None:
                return False
            return self._follow(engine, batches)

    def _follow(self, engine: Engine, batches: int | None = None) -> bool:
        """Take in changes until none is waiting, or for so many batches. The caller is this index's only writer."""
        for _ in count() if batches is None else range(batches):
            position = engine.position()
            pending = log.since(self.name, position, most=AT_ONCE)
            if pending is None:
                return True
            keys, fresh = pending.keys, position.fresh
            if isinstance(engine, Parted):
                fresh = tuple(dict.fromkeys((*fresh, *keys)))[: AT_ONCE + 1]
                # Written anew together they lie in one part: a merge would take all small parts, and seconds.
                if engine.crowded() and len(fresh) <= AT_ONCE:
                    keys = fresh
            engine.write(self._source.documents(keys), keys, replace(pending.position, fresh=fresh))
        return log.since(self.name, engine.position(), most=1) is None

    # ── Making it anew ──

    def rebuild(self, told: Told = lambda done, total: None) -> None:
        """Make a new index beside the one in use and put it in its place; goes on where an earlier one broke off.

        Refused when another process is at it.
        """
        with held(self._folder / "build.lock") as free:
            if not free:
                raise Refused("being_rebuilt", "另一个进程正在重建检索索引；请等它完成")
            self._build(told)

    def _build(self, told: Told) -> None:
        place, engine = self._begun()
        total, done = self._source.count(), engine.count()
        position = engine.position()
        while documents := self._next(position.walked or ""):
            position = replace(position, walked=documents[-1].id)
            # A walk that broke off may have written these already.
            engine.write(documents, (), position)
            done += len(documents)
            told(done, max(total, done))
        self._complete(place, engine)

    def _tidied(self) -> bool:
        """When it is time, merge the parts of a copy beside the index in use, and put it in its place: nobody waits."""
        engine = self._current()
        if not isinstance(engine, Parted):
            return False
        position = engine.position()
        pending = log.since(self.name, position, most=AT_ONCE)
        if len(position.fresh) < FRESH and not (pending and pending.more):
            return False
        with held(self._folder / "build.lock") as free:
            if free and (place := self._copied()):
                self._complete(place, self._open(place))
            return free

    def _copied(self) -> Path | None:
        """A copy of the index in use; None when it is no longer there."""
        for left in self._folder.glob("*.copy"):  # by one that was killed
            shutil.rmtree(left)
        with held(self._folder / "write.lock", patience=PATIENCE) as free:
            engine = self._current() if free else None
            if not isinstance(engine, Parted):
                return None
            place = self._folder / f"{self._prefix}{uuid4().hex[:12]}.copy"
            engine.copy(place)
            return place

    def _complete(self, place: Path, engine: Engine) -> None:
        """Take in what has changed meanwhile, and put the new index in its place."""
        self._follow(engine)
        if isinstance(engine, Parted):
            engine.tidy()
        engine.write((), (), replace(engine.position(), walked=None, fresh=()))
        with held(self._folder / "write.lock", patience=600) as free:
            if not free:
                raise Refused("index_in_use", "检索索引一直被占用，没有换上新的；请停掉占用它的进程后再试")
            self._follow(engine)
            self._put_in_place(place)

    def _next(self, key: str) -> list[Document]:
        """The next documents of a walk after this one; none at its end."""
        found: list[Document] = []
        room = ROOM
        while room > 0 and (more := self._source.after(found[-1].id if found else key, BATCH)):
            found += more
            room -= sum(len(each.body) + len(each.attachments) for each in more)
        return found

    def _begun(self) -> tuple[Path, Engine]:
        """The new index that an earlier process left unfinished, when it can still be finished; else an empty one."""
        for place in sorted(self._folder.glob(f"{self._prefix}*.unfinished")):
            try:
                engine = self._open(place)
                log.since(self.name, engine.position(), most=1)
            except Foreign:
                shutil.rmtree(place)
            else:
                return place, engine
        place = self._folder / f"{self._prefix}{uuid4().hex[:12]}.unfinished"
        place.mkdir()
        engine = self._open(place)
        engine.write((), (), replace(log.end(), walked=""))
        return place, engine

    def _put_in_place(self, place: Path) -> None:
        settled = place.with_suffix("")
        os.rename(place, settled)
        unfinished = self._folder / "current.unfinished"
        unfinished.write_text(settled.name, encoding="utf-8")
        os.replace(unfinished, self._folder / "current")
        for old in self._folder.iterdir():
            if old.is_dir() and old != settled:
                shutil.rmtree(old, ignore_errors=True)

    def _discard(self) -> None:
        """Stop using an index that does not belong to this database."""
        with held(self._folder / "write.lock", patience=PATIENCE) as free:
            if not free:
                return
            try:
                engine = self._current()
                if engine is not None:
                    log.since(self.name, engine.position(), most=1)
            except Foreign:
                self._opened = None
                (self._folder / "current").unlink(missing_ok=True)

    # ── On disk ──

    @property
    def _folder(self) -> Path:
        return Path(settings.HOME) / "search" / self.name

    @property
    def _prefix(self) -> str:
        return f"v{VERSION}-{engines.chosen()}-"

    def _open(self, place: Path) -> Engine:
        return engines.maker(engines.chosen())(place, self.facets)

    def _current(self) -> Engine | None:
        """The index in use, when it is of this version and engine."""
        try:
            named = (self._folder / "current").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        place = self._folder / named
        if self._opened is None or self._opened[0] != place:
            if not named.startswith(self._prefix) or not place.is_dir():
                return None
            self._opened = (place, self._open(place))
        return self._opened[1]

    def state(self) -> State:
        """How the index stands; asks the log, changes nothing."""
        try:
            engine = self._current()
            pending = log.since(self.name, engine.position(), most=10_000) if engine else None
            documents = engine.count() if engine else 0
        except Foreign:
            return State(engines.chosen(), False, 0, 0, self._being_built())
        behind = len(pending.keys) if pending else 0
        return State(engines.chosen(), engine is not None, documents, behind, self._being_built())

    def _being_built(self) -> int | None:
        for place in self._folder.glob(f"{self._prefix}*.unfinished"):
            try:
                return self._open(place).count()
            except Foreign:  # finished, or thrown away, this moment
                continue
        return None


def _hit(document: Document, wanted: Sequence[Alternatives]) -> Hit:
    return Hit(
        id=document.id, title=marked(document.title, wanted), number=marked(document.number, wanted),
        passages=passages((document.body, document.attachments), wanted), document=document,
    )  # fmt: skip
