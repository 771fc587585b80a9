"""Importing a workbook of registers: every fault named by its place, all or nothing, repeatable, one entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, models, transaction

from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.cells import Reader, Unfit, blank_of, reader_of
from gongkai.records.ledgers import Ledger
from gongkai.records.models import Entry, Mention
from gongkai.records.spool import Spool
from gongkai.records.voided import voided_among, voided_sentence
from gongkai.records.workbooks import Fault, LedgerSheet, read, unknown_column

Progress = Callable[[int, int, str], None]
"""Told as rows are done: rows so far, rows in all, title of the sheet."""

BATCH = 1000
FAULTS_KEPT = 500
CHANGES_KEPT = 200  # changed rows of a sheet whose values stand in the entry; all of them are in its digest
ACT = "import"

Values = dict[str, Any]
Packed = tuple[int, tuple[Any, ...]]
"""A row that could be read: its line, and its values in the order of the sheet's columns."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of one sheet."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class ImportResult:
    """What an import did, or in a dry run would do. With faults nothing was changed, and the counts mean nothing.

    faults: at most FAULTS_KEPT; more_faults: how many further ones were found. sheets: by title. entry: None in a dry
    run, with faults, and when the workbook changes nothing.
    """

    dry_run: bool
    sheets: dict[str, Tally] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    entry: Entry | None = None

    @property
    def added(self) -> int:
        return sum(tally.added for tally in self.sheets.values())

    @property
    def changed(self) -> int:
        return sum(tally.changed for tally in self.sheets.values())

    @property
    def unchanged(self) -> int:
        return sum(tally.unchanged for tally in self.sheets.values())

    def tell(self, fault: Fault) -> None:
        """Note a fault; those past the cap are counted only."""
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(fault)
        else:
            self.more_faults += 1

    def sentences(self, most: int = 50) -> list[str]:
        """The faults as sentences, at most `most`, and one that says how many more there are."""
        told = [str(fault) for fault in self.faults[:most]]
        more = len(self.faults) - len(told) + self.more_faults
        return [*told, f"此外还有 {more} 处；请先改正以上各处"] if more else told


def import_workbook(
    data: bytes, *, organ: models.Model, ledgers: Iterable[Ledger], by: object, at: datetime, dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:  # fmt: skip
    """Take a workbook into the organ's registers in one transaction; a row is known by its 登记号 within the organ.

    organ: has `code`. Rows are added, updated, or left alone when nothing differs, so that a second import does
    nothing. With any fault, in a dry run, or interrupted, nothing is changed. Refused for an unreadable file.
    """
    sheets = read(data, ledgers)
    result = ImportResult(dry_run, faults=sheets.faults)
    run = _Run(organ, result, progress or (lambda done, total, sheet: None))
    with ExitStack() as spools:
        # Cells are read before the transaction begins: SQLite has one writer, who should not wait for a parser.
        parsed = [(sheet, spools.enter_context(run.parse(sheet))) for sheet in sheets.sheets]
        run.total = sum(len(rows) for _, rows in parsed)
        with transaction.atomic():
            # Imports of one organ take turns: the second sees what the first brought. Other work goes on (NO KEY).
            run.organ = type(organ)._default_manager.select_for_update(no_key=True).get(pk=organ.pk)
            for sheet, rows in parsed:
                run.take(sheet, rows)
            if result.faults or dry_run:
                transaction.set_rollback(True)
            elif result.added or result.changed:
                result.entry = run.write_entry(by, at, hashlib.sha256(data).hexdigest())
    places = [sheet.ledger.title for sheet in sheets.sheets]
    result.faults.sort(key=lambda fault: (places.index(fault.sheet) if fault.sheet in places else -1, fault.row))
    return result


@dataclass(slots=True)
class _Row:
    """A row whose cells could be read. values: by field name; a link still as the number in the cell."""

    line: int
    values: Values


@dataclass(slots=True)
class _Change:
    """What one row does to the register. before: None for a new record; after: the values that are new."""

    line: int
    record: Any
    before: Values | None
    after: Values


@dataclass(slots=True)
class _Book:
    """What the entry tells of one sheet."""

    digest: Any = field(default_factory=hashlib.sha256)
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    touched: list[str] = field(default_factory=list)

    def note(self, number: str, change: _Change) -> None:
        self.touched.append(number)
        self.digest.update(entries.text_of([number, change.before, change.after]).encode() + b"\n")
        if change.before is not None and len(self.before) < CHANGES_KEPT:
            self.before[number], self.after[number] = change.before, change.after


class _Run:
    """One import under way."""

    def __init__(self, organ: models.Model, result: ImportResult, progress: Progress) -> None:
        self.organ, self.result, self.progress = organ, result, progress
        self.done = self.total = 0
        self.books: dict[str, tuple[Ledger, _Book]] = {}
        # Numbers of rows with faults: a link to one of them is no fault of its own.
        self.faulty: dict[type[models.Model], set[str]] = {}

    # ── Cells ──

    def parse(self, sheet: LedgerSheet) -> Spool[Packed]:
        """The rows whose cells can all be read; the others are told of. No row is kept in memory.

        Without a required column no row can be taken, yet its other cells are looked at.
        """
        readers = {name: reader_of(sheet.ledger.model, sheet.columns[name]) for name in sheet.places}
        faulty = self.faulty.setdefault(sheet.ledger.model, set())
        whole = all(name in readers for name, column in sheet.columns.items() if column.required)
        seen: dict[str, int] = {}
        good = Spool[Packed](BATCH)
        for line, cells in sheet.rows():
            self._tell_unnamed(sheet, cells)
            values, faults = self._cells(sheet, readers, line, cells)
            number = values.get("number", "")
            if number in seen:
                faults.append(
                    sheet.fault(line, "number", f"登记号“{number}”与第 {seen[number]} 行重复；请改正其中一行")
                )
            elif number:
                seen[number] = line
            for fault in faults:
                self.result.tell(fault)
            if faults or not whole:
                faulty.add(number)
            else:
                good.put((line, tuple(values.values())))
        return good

    def _tell_unnamed(self, sheet: LedgerSheet, cells: list[Any]) -> None:
        """Tell of each column without a header in which something stands, once."""
        for place in [place for place in sheet.unnamed if place < len(cells) and cells[place] is not None]:
            sheet.unnamed.remove(place)
            self.result.tell(unknown_column(sheet, place))

    def _cells(
        self, sheet: LedgerSheet, readers: dict[str, Reader], line: int, cells: list[Any]
    ) -> tuple[Values, list[Fault]]:
        values: Values = {}
        faults: list[Fault] = []
        for name, reader in readers.items():
            place = sheet.places[name]
            try:
                values[name] = reader(cells[place] if place < len(cells) else None)
            except Unfit as unfit:
                faults.append(sheet.fault(line, name, str(unfit)))
        return values, faults

    # ── Rows ──

    def take(self, sheet: LedgerSheet, rows: Spool[Packed]) -> None:
        """Add or update the rows, batch by batch, inside the caller's transaction."""
        title = sheet.ledger.title
        tally = self.result.sheets.setdefault(title, Tally())
        book = self.books.setdefault(title, (sheet.ledger, _Book()))[1]
        for packed in rows.batches():
            batch = [_Row(line, dict(zip(sheet.places, cells, strict=True))) for line, cells in packed]
            changes = self._changes(sheet, batch)
            tally.unchanged += len(batch) - len(changes)
            tally.added += sum(change.before is None for change in changes)
            tally.changed += sum(change.before is not None for change in changes)
            self._store(sheet, changes)
            for change in changes:
                book.note(change.record.number, change)
            self.done += len(batch)
            self.progress(self.done, self.total, title)

    def _changes(self, sheet: LedgerSheet, batch: list[_Row]) -> list[_Change]:
        self._tell_voided(sheet, batch)
        linked = self._linked(sheet, batch)
        standing = self._standing(sheet, batch)
        changes = []
        for row in batch:
            record = standing.get(row.values["number"])
            values = self._completed(sheet, row, linked, record)
            if values is not None:
                change = self._change(sheet.ledger, row, record, values)
                if change.before != change.after and self._open_to_change(sheet, row, record):
                    changes.append(change)
        return changes

    def _open_to_change(self, sheet: LedgerSheet, row: _Row, record: Any) -> bool:
        """Whether the register may change the record; else the row is told of."""
        if record is not None and sheet.ledger.guard is not None:
            try:
                sheet.ledger.guard(record)
            except Refused as refused:
                self._refuse(sheet, row, "number", refused.reason)
                return False
        return True

    def _tell_voided(self, sheet: LedgerSheet, batch: list[_Row]) -> None:
        rows = {row.values["number"]: row for row in batch}
        for record in voided_among(sheet.ledger.model, self.organ, rows):
            self._refuse(sheet, rows[record.number], "number", voided_sentence(record))

    def _standing(self, sheet: LedgerSheet, batch: list[_Row]) -> dict[str, Any]:
        """The records that the register already has under these numbers, locked until the import ends."""
        numbers = [row.values["number"] for row in batch]
        links = [name for name, column in sheet.columns.items() if column.links_to and name not in sheet.places]
        rows: models.QuerySet[Any] = sheet.ledger.model._default_manager.select_related(*links).select_for_update(
            of=("self",)
        )
        return {record.number: record for record in rows.filter(organ=self.organ, number__in=numbers)}

    def _linked(self, sheet: LedgerSheet, batch: list[_Row]) -> dict[str, dict[str, Any]]:
        """For each link column the records that this batch names, by number: one query a column."""
        linked: dict[str, dict[str, Any]] = {}
        for name in sheet.places:
            target = sheet.columns[name].links_to
            if target is not None:
                numbers = {row.values[name] for row in batch if row.values[name]}
                found: models.QuerySet[Any] = target._default_manager.filter(organ=self.organ, number__in=numbers)
                linked[name] = {record.number: record for record in found}
        return linked

    def _completed(
        self, sheet: LedgerSheet, row: _Row, linked: dict[str, dict[str, Any]], record: Any
    ) -> Values | None:
        """The values with links as records and derived fields added; None when the row cannot be taken.

        A column that the sheet does not have stays as the record has it.
        """
        model = sheet.ledger.model
        absent = [name for name in sheet.columns if name not in sheet.places]
        values = {name: getattr(record, name) if record else blank_of(model, name) for name in absent} | row.values
        sound = True
        for name, records in linked.items():
            number = values[name] or None
            values[name] = records.get(number) if number else None
            if number and values[name] is None:
                sound = False
                self._tell_missing(sheet, row, name, number)
        if sound and sheet.ledger.complete is not None:
            try:
                return sheet.ledger.complete(values, self.organ)
            except Refused as refused:
                name = refused.code if refused.code in sheet.places else ""
                self._refuse(sheet, row, name, refused.reason)
                return None
        return values if sound else None

    def _tell_missing(self, sheet: LedgerSheet, row: _Row, name: str, number: str) -> None:
        target = sheet.columns[name].links_to
        assert target is not None
        if number in self.faulty.get(target, ()):
            self.faulty[sheet.ledger.model].add(row.values["number"])
            return
        label = target._meta.verbose_name
        self._refuse(sheet, row, name, f"找不到登记号为“{number}”的{label}；请先登记该{label}，或改正登记号")

    def _refuse(self, sheet: LedgerSheet, row: _Row, name: str, problem: str) -> None:
        self.faulty[sheet.ledger.model].add(row.values["number"])
        self.result.tell(sheet.fault(row.line, name, problem))

    def _change(self, ledger: Ledger, row: _Row, record: Any, values: Values) -> _Change:
        if record is None:
            return _Change(row.line, ledger.model(organ=self.organ, **values), None, entries.plain(values))
        before, after = {}, {}
        for name, value in values.items():
            attribute = ledger.model._meta.get_field(name).attname  # type: ignore[union-attr]
            stood, comes = getattr(record, attribute), value.pk if isinstance(value, models.Model) else value
            if stood != comes:
                before[name], after[name] = entries.plain(stood), entries.plain(comes)
                setattr(record, name, value)
        return _Change(row.line, record, before, after)

    # ── Database ──

    def _store(self, sheet: LedgerSheet, changes: list[_Change]) -> None:
        """Write a batch; where the database refuses, row by row, to tell which.

        Rows are written even when faults are known and all will be undone: later sheets may link to them.
        """
        try:
            with transaction.atomic():
                self._write(sheet.ledger.model, [change.record for change in changes])
        except IntegrityError:
            for change in changes:
                self._try_alone(sheet, change)

    def _try_alone(self, sheet: LedgerSheet, change: _Change) -> None:
        try:
            with transaction.atomic():
                self._write(sheet.ledger.model, [change.record])
        except IntegrityError as error:
            problem = f"与登记簿的规则或已有的登记冲突，未能写入（{_first_line(error)}）；请核对此行"
            self.faulty[sheet.ledger.model].add(change.record.number)
            self.result.tell(sheet.fault(change.line, "", problem))

    def _write(self, model: type[models.Model], records: list[models.Model]) -> None:
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        for record in records:
            # An update is an insert that meets its own number: far faster than an UPDATE with a CASE for each field.
            record.pk = None
        model._default_manager.bulk_create(
            records, update_conflicts=True, unique_fields=["organ", "number"],
            update_fields=[name for name in fields if name not in ("organ", "number")], batch_size=BATCH,
        )  # fmt: skip

    # ── Entry ──

    def write_entry(self, by: object, at: datetime, file_digest: str) -> Entry:
        """The one entry of the import, and the mention of each record that it added or changed."""
        before, after = {}, {}
        for title, (ledger, book) in self.books.items():
            tally = self.result.sheets[title]
            after[ledger.name] = {
                "added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged,
                "digest": book.digest.hexdigest(), "values": book.after,
            }  # fmt: skip
            if book.before:
                before[ledger.name] = {"values": book.before}
        code = str(self.organ.code)  # type: ignore[attr-defined]
        entry = entries.write(
            organ_code=code, by=by, at=at, act=ACT, subject=("workbook", file_digest), before=before, after=after
        )
        for ledger, book in self.books.values():
            kind = ledger.model._meta.label_lower
            for numbers in _batches(book.touched, BATCH):
                Mention.objects.bulk_create(
                    Mention(entry=entry, organ_code=code, subject_type=kind, subject_key=number) for number in numbers
                )
        return entry


def _batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
