"""Restoring a backup: into an empty installation only, all or nothing, and proven equal before it counts."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from gongkai.config.backup import archive, files, tables
from gongkai.config.start import bring_up_to_date, database_sentence
from gongkai.law.refusal import Refused
from gongkai.records import anchors, entries, jobs

Tell = Callable[[str], None]
ACT = "restore"
NOTHING_KEPT = "没有恢复任何数据"

Node = tuple[str, str]


@dataclass(slots=True)
class Restored:
    """What was restored. faults: what is wrong with it all the same: a broken entry book, another secret key."""

    manifest: dict[str, Any]
    header: dict[str, Any]
    sha256: str
    faults: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"].values())


def restore(path: Path, *, home: Path, by: object, at: datetime, tell: Tell = lambda label: None) -> Restored:
    """Put a backup into the empty database and data folder of this installation.

    A backup of an older version is restored as it was and then brought up to date. Refused when the database holds
    anything, the backup is newer than the program or damaged, or a table read back differs from its digest.
    """
    with archive.opened(path) as reader:
        room = _prepared(reader.header)
        try:
            with files.Staging(home) as staging, transaction.atomic():
                tables.clear_made_by_migrating(room)
                _load(reader, room, staging, tell)
                tables.reset_sequences(room)
                connection.check_constraints()
                _require_equal(room, reader.manifest)
                staging.require_free()
                # Files first: a fault between here and the commit leaves an empty database, to be restored again.
                staging.settle()
        except IntegrityError as fault:
            raise Refused("links_broken", f"备份中的记录互相对不上（{_line(fault)}），{NOTHING_KEPT}") from fault
        except DatabaseError as fault:
            raise Refused("database_unusable", f"{database_sentence(fault)}（{NOTHING_KEPT}）") from fault
        except OSError as fault:
            raise Refused("cannot_write", f"写不进 {home}（{fault.strerror}），{NOTHING_KEPT}") from fault
    bring_up_to_date()
    jobs.break_off(at=at)
    faults = [*_broken(reader.manifest), *_other_key(reader.manifest)]
    restored = Restored(reader.manifest, reader.header, archive.sha256_of(path), faults)
    with transaction.atomic():
        entries.write(
            organ_code=entries.SYSTEM, by=by, at=at, act=ACT, subject=("installation", ACT),
            after={
                "file": path.name, "sha256": restored.sha256, "made_at": reader.header["made_at"],
                "rows": restored.rows, "faults": len(restored.faults),
            },
        )  # fmt: skip
    return restored


def _prepared(header: dict[str, Any]) -> Apps:
    """The models as the backup knew them, their tables standing and empty."""
    wanted: set[Node] = {(app, name) for app, name in header["migrations"]}
    executor = MigrationExecutor(connection)
    if newer := sorted(wanted - set(executor.loader.disk_migrations)):
        raise Refused(
            "backup_newer",
            f"备份出自更新的版本（{header['program']}，有本程序不认识的 {'.'.join(newer[0])}）；请先更新程序再恢复",
        )
    graph = executor.loader.graph
    last = [node for node in sorted(wanted) if not {child.key for child in graph.node_map[node].children} & wanted]
    room = executor.loader.project_state(last).apps
    applied = set(MigrationRecorder(connection).applied_migrations())
    if not applied:
        executor.migrate(last)
    elif applied != wanted:
        raise Refused(
            "database_made_otherwise",
            "备份与现有的空数据库版本不同；请另给一个全新的数据库（嵌入式数据库请移走原文件），"
            "程序会先按备份的版本建表，再升级",
        )
    elif held := tables.filled(room):
        raise Refused(
            "database_not_empty",
            f"数据库里已有数据（{'、'.join(held[:5])}{'等' if len(held) > 5 else ''}）；恢复只能进空数据库，"
            "以免盖掉现有数据。请用 GONGKAI_HOME 或 GONGKAI_DATABASE_URL 另指一处",
        )
    return room


def _load(reader: archive.Reader, room: Apps, staging: files.Staging, tell: Tell) -> None:
    current = ""
    for part in reader.parts():
        if part.kind == "rows":
            tables.insert(room.get_model(part.name), part.content)
        elif part.content:
            staging.add(part.content)
        else:
            staging.begin(part.name)
        if part.name != current:
            current = part.name
            tell(current)


def _require_equal(room: Apps, manifest: dict[str, Any]) -> None:
    """What now stands in the database, read back, against the digests of the backup."""
    for model in tables.kept_models(room):
        label = model._meta.label_lower
        if tables.digest(model).as_json("rows") != manifest["tables"][label]:
            raise Refused(
                "table_differs",
                f"“{model._meta.verbose_name}”（{label}）写入后读回的内容与备份不一致，{NOTHING_KEPT}；"
                "可能是这种数据库容不下其中的值（例如过长的小数），请改用与备份相同的数据库",
            )


def _broken(manifest: dict[str, Any]) -> list[str]:
    kept = {code: (int(seq), str(digest)) for code, (seq, digest) in manifest["anchor"].items()}
    return [*map(str, entries.verify(anchor=kept)), *map(str, anchors.faults())]


def _other_key(manifest: dict[str, Any]) -> list[str]:
    """A sentence when the secret key that will be used is not the one of the backup."""
    comes_with_it = files.SECRET_KEY in manifest["files"] and "GONGKAI_SECRET_KEY" not in os.environ
    if comes_with_it or manifest["key_fingerprint"] == files.fingerprint(settings.SECRET_KEY):
        return []
    return [
        "密钥与备份时的不同：加密的个人信息和验证器解不开。请把原来的密钥放回 GONGKAI_SECRET_KEY，"
        "或数据文件夹里的 secret-key 文件，再启动"
    ]


def _line(fault: Exception) -> str:
    return str(fault).splitlines()[0]
