"""Rows of the database as lines of JSON, and back: one text for a row, whichever database it comes from."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Collate

from gongkai.config.backup.archive import Digest

MADE_BY_MIGRATING = ("contenttypes.contenttype", "auth.permission")
"""Tables that a new database fills by itself; on restoring, the archive's rows take their place."""

LEFT_OUT = {
    "sessions.session": "登录会话：恢复后须重新登录",
    "search.change": "待收入检索的变动：检索索引恢复后重新建立",
}
"""Tables that are not backed up, and why."""

ROWS, LARGE_ROWS = 2000, 16  # fetched at a time; fewer where a row may hold a file

# Fields whose values are JSON values already, or are kept as the text that Django itself serialises them to.
_AS_IS = {
    "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "EmailField", "FloatField",
    "IntegerField", "JSONField", "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
    "SlugField", "SmallAutoField", "SmallIntegerField", "TextField", "URLField",
}  # fmt: skip
_AS_TEXT = {
    "DateField",
    "DecimalField",
    "DurationField",
    "FileField",
    "GenericIPAddressField",
    "TimeField",
    "UUIDField",
}

Model = type[models.Model]
Codec = Callable[[Any], Any]


def kept_models(apps: Apps) -> list[Model]:
    """The models whose tables are backed up, the links between many and many included; in the order of the rooms."""
    every = apps.get_models(include_auto_created=True)
    stored = [model for model in every if model._meta.managed and not model._meta.proxy]
    return [model for model in stored if model._meta.label_lower not in LEFT_OUT]


def columns(model: Model) -> list[models.Field[Any, Any]]:
    """The stored fields of a model by the name of their column; those that the database works out are left out.

    Not in the order of the model: the same table, as its migrations know it, may have another.
    """
    stored = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    return sorted(stored, key=lambda field: str(field.column))


def lines(model: Model) -> Iterator[bytes]:
    """Every row as one line, in the order of the primary key; streamed."""
    fields = columns(model)
    writers = [(place, write) for place, write in enumerate(map(_writer, fields)) if write is not None]
    large = any(field.get_internal_type() == "BinaryField" for field in fields)
    rows = model._base_manager.order_by(_order(model)).values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=LARGE_ROWS if large else ROWS):
        values = list(row)
        for place, write in writers:
            if values[place] is not None:
                values[place] = write(values[place])
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _order(model: Model) -> Any:
    # Text is put in order by its bytes: databases differ in how they sort it otherwise.
    key = model._meta.pk
    if _valued(key).get_internal_type() not in ("CharField", "SlugField", "TextField"):
        return key.attname
    return Collate(F(key.attname), "C" if connection.vendor == "postgresql" else "BINARY")


def _valued(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field itself, or for a link the key that it points to."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]  # every link has one
    return field


def _writer(field: models.Field[Any, Any]) -> Codec | None:
    kind = _valued(field).get_internal_type()
    if kind in _AS_IS:
        return None
    if kind in _AS_TEXT:
        return str
    if kind == "DateTimeField":
        return _moment
    if kind == "BinaryField":
        return lambda value: base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no text is agreed for {kind}: {field}")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def insert(model: Model, content: bytes) -> None:
    """Put rows (lines of JSON) into the table, with their keys as they were. No entry is written: they bring theirs."""
    fields = columns(model)
    readers = [(place, read) for place, read in enumerate(map(_reader, fields)) if read is not None]
    rows = []
    for line in content.splitlines():
        row = json.loads(line)
        for place, read in readers:
            if row[place] is not None:
                row[place] = read(row[place])
        rows.append(row)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", rows)


def _reader(field: models.Field[Any, Any]) -> Codec | None:
    kind = _valued(field).get_internal_type()
    if kind in _AS_IS and kind != "JSONField":
        return None
    if kind == "BinaryField":
        return lambda value: field.get_db_prep_save(base64.b64decode(value), connection)
    return lambda value: field.get_db_prep_save(field.to_python(value) if kind != "JSONField" else value, connection)


def digest(model: Model) -> Digest:
    """Count and digest of a table as it stands."""
    found = Digest()
    for line in lines(model):
        found.add(line, 1)
    return found


def filled(apps: Apps) -> list[str]:
    """Chinese names of the tables that hold rows, leaving aside what a new database holds by itself."""
    checked = [model for model in kept_models(apps) if model._meta.label_lower not in MADE_BY_MIGRATING]
    return [str(model._meta.verbose_name) for model in checked if model._base_manager.exists()]


def clear_made_by_migrating(apps: Apps) -> None:
    """Empty the tables that a new database filled by itself, so that the archive's keys fit."""
    for label in reversed(MADE_BY_MIGRATING):
        apps.get_model(label)._base_manager.all().delete()


def reset_sequences(apps: Apps) -> None:
    """Let new keys begin after the highest of each table."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models(apps)):
            cursor.execute(statement)


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside stands as of one moment, while others go on writing."""
    if connection.in_atomic_block:  # whoever opened the transaction has a snapshot already
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(): that begins IMMEDIATE here and would keep every writer waiting until the archive is written.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
