"""Starts Django for a command, and brings the database up to date."""

import os
import sqlite3
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from gongkai.config.variables import problems
from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset


def start() -> None:
    """Loads the settings and the rooms; call before importing anything with models.

    Refused when HOME is unusable, and when nothing can be loaded because a setting is wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        django.setup()
        Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        where = error.filename or "数据文件夹"
        reason = f"{where} 不能读写({error.strerror});请检查权限和磁盘空间,或用 GONGKAI_HOME 指定别处。"
        raise Refused("home_unusable", reason) from error
    except (ImproperlyConfigured, ValueError) as error:
        found = problems(os.environ)
        if not found:
            raise
        raise Refused("settings_wrong", ";".join(map(str, found))) from error


def is_current() -> bool:
    """Whether every migration has run."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up_to_date() -> None:
    """Runs the migrations that are missing; Refused with a sentence when the database cannot be reached or written."""
    try:
        if not is_current():
            _migrate()
    except (OperationalError, sqlite3.OperationalError) as error:
        raise Refused("database_unusable", database_sentence(error)) from error


def _migrate() -> None:
    """All missing migrations; on SQLite wholly or not at all, wherever it is killed.

    Django notes a migration as done after its tables are committed: between the two a kill would leave tables that the
    next start tries to make again.
    """
    if connection.vendor != "sqlite":
        call_command("migrate", interactive=False, verbosity=0)
        return
    connection.disable_constraint_checking()  # SQLite lets it be switched only outside a transaction
    try:
        with transaction.atomic():
            call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.enable_constraint_checking()


def catch_up() -> None:
    """Gives open matters their days anew when the calendar or the time limits are others than at the last start."""
    from django.utils import timezone

    from gongkai.config.redating import keep_up

    if changed := keep_up(by="gongkai", at=timezone.now()):
        say(f"工作日历或期限有改动:{len(changed)} 项未办结事项的期限已重算,逐项记入日志。")


def database_sentence(error: DatabaseError | sqlite3.Error) -> str:
    """What a database fault means for the person at the keyboard."""
    said = str(error).strip().splitlines()[0]
    if "disk is full" in said or "No space left" in said:
        return "磁盘已满,数据库写不进去;请清出空间后再次运行,已完成的步骤不会重做。"
    if "readonly" in said or "unable to open" in said:
        where = connection.settings_dict["NAME"]
        return f"数据库文件打不开或不可写({where});请检查该文件夹的权限,或用 GONGKAI_HOME 指定别处。"
    if "locked" in said:
        return "数据库正被另一个进程占用;请先停掉另一个 gongkai 进程,再次运行。"
    return f"数据库不可用:{said}。请检查 GONGKAI_DATABASE_URL 和数据库服务。"


def say(text: str) -> None:
    """A line of progress, shown at once."""
    print(typeset(text), flush=True)


def refuse(refused: Refused) -> int:
    """Shows a refusal at the command door and gives its exit code."""
    print(typeset(refused.reason + (f"(依据:{refused.cite})" if refused.cite else "")), file=sys.stderr)
    return 2
