"""Making a backup: one moment of the database and the files, read back before it gets its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from gongkai.config.backup import archive, files, tables
from gongkai.config.unfinished import written_whole
from gongkai.records import anchors, entries
from gongkai.records.moves import LEGAL_TIME

Tell = Callable[[str], None]
ACT = "backup"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup on disk. sha256: of the whole file, as the entry book keeps it."""

    path: Path
    size: int
    sha256: str
    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"].values())


def make(
    path: Path, *, home: Path, with_secret_key: bool, by: object, at: datetime, overwrite: bool = False,
    tell: Tell = lambda label: None,
) -> Made:  # fmt: skip
    """Back up everything into `path`; until it is whole and read back, nothing stands under that name.

    Makes the anchor of the day first, and leaves an entry with the digest of the file. Refused when the file exists
    (unless `overwrite`), the folder cannot be written or is full, or another backup is being written there.
    """
    anchors.make(at.astimezone(LEGAL_TIME).date(), by=by, at=at)
    with written_whole(path, overwrite=overwrite) as (stream, unfinished):
        with tables.snapshot():
            _write(archive.Writer(stream), home, path, with_secret_key, at, tell)
        stream.flush()
        manifest = archive.check(unfinished)
        sha256, size = archive.sha256_of(unfinished), unfinished.stat().st_size
    made = Made(path.resolve(), size, sha256, manifest)
    with transaction.atomic():
        entries.write(
            organ_code=entries.SYSTEM, by=by, at=at, act=ACT, subject=("installation", ACT),
            after={"file": path.name, "sha256": sha256, "rows": made.rows, "left_out": sorted(manifest["left_out"])},
        )  # fmt: skip
    return made


def _write(
    writer: archive.Writer, home: Path, path: Path, with_secret_key: bool, at: datetime, tell: Tell
) -> dict[str, Any]:
    models = tables.kept_models(apps)
    writer.header(
        {
            "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
            "program": metadata.version("gongkai"),
            "django": django.get_version(),
            "database": connection.vendor,
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "tables": [
                {"label": model._meta.label_lower, "columns": [field.column for field in tables.columns(model)]}
                for model in models
            ],
        }
    )
    for model in models:
        writer.table(model._meta.label_lower, tables.lines(model))
        tell(model._meta.label_lower)
    database = str(connection.settings_dict["NAME"])
    for name, file in files.kept_files(home, database=database, with_secret_key=with_secret_key, apart=path):
        writer.file(name, file)
    return writer.finish(
        anchor=entries.anchor(), left_out=_left_out(writer), key_fingerprint=files.fingerprint(settings.SECRET_KEY)
    )


def _left_out(writer: archive.Writer) -> dict[str, str]:
    told = {**tables.LEFT_OUT, **files.LEFT_OUT}
    if files.SECRET_KEY not in writer.files:
        told[files.SECRET_KEY] = "密钥：请另行保管并在恢复时提供，没有它解不开加密的个人信息和验证器"
    return told
