"""The health page for monitoring: what stands, what fails, as JSON and status code; no names, paths or secrets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.config.start import is_current
from gongkai.disclosures.findable import SHELF
from gongkai.records import entries, jobs
from gongkai.records.models import DailyAnchor, Entry

PASS, WARN, FAIL = "pass", "warn", "fail"
ORDER = (PASS, WARN, FAIL)

LEAST_FREE, LOW_FREE = 200_000_000, 2_000_000_000  # bytes
BACKUP_DAYS, VERIFY_DAYS, ANCHOR_DAYS = 2, 8, 2
SEARCH_BEHIND = 1000
JOB_WAITS = timedelta(minutes=10)
PATIENCE = 2000  # milliseconds to wait for another writer before calling the database busy


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its verdict, and a sentence for the person who is called."""

    name: str
    verdict: str
    sentence: str


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the site can work (warnings included), 503 when it cannot."""
    checks = examine(timezone.now())
    worst = max((check.verdict for check in checks), key=ORDER.index)
    told = [asdict(check) for check in checks]
    return JsonResponse(
        {"status": worst, "checks": told}, status=503 if worst == FAIL else 200,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )  # fmt: skip


def examine(now: datetime) -> list[Check]:
    """All checks; without a database those that need none."""
    checks = [_disk(Path(settings.HOME))]
    try:
        checks += _in_database(now)
    except (DatabaseError, InterfaceError):  # what exactly is for the log of the server, not for this page
        checks.append(Check("database", FAIL, "数据库不可用：请查看服务器日志，检查数据库服务和磁盘"))
    return checks


def _ago(days: int) -> str:
    return f" {days} 天前" if days else "今天"


def _disk(home: Path) -> Check:
    standing = next(place for place in (home, *home.absolute().parents) if place.exists())
    free = shutil.disk_usage(standing).free
    said = f"数据文件夹所在磁盘剩余 {free / 1_000_000_000:.1f} GB"
    if free < LEAST_FREE:
        return Check("disk", FAIL, f"{said}：马上就写不进去了，请清出空间")
    return Check("disk", WARN if free < LOW_FREE else PASS, said)


def _in_database(now: datetime) -> Iterator[Check]:
    yield _writable()
    if not is_current():
        yield Check("migrations", FAIL, "数据库的结构不是本程序版本的：请重新启动网站，启动时会自动升级")
        return
    yield Check("migrations", PASS, "数据库结构是最新的")
    yield _backup(now)
    yield _verified(now)
    yield _anchored(timezone.localdate(now))
    yield _jobs(now)
    yield _search()


def _writable() -> Check:
    """Reachable and writable, asked without changing anything and without keeping others waiting."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            writable = cursor.fetchone() == ("off",)
        else:
            writable = connection.in_atomic_block or _takes_the_lock()
    if writable:
        return Check("database", PASS, "数据库可读可写")
    if connection.vendor == "postgresql":
        return Check("database", FAIL, "数据库只读：可能连到了备用库")
    return Check("database", WARN, "数据库正忙：另一个进程正在写入，稍后再看")


def _takes_the_lock() -> bool:
    """Whether SQLite's one write lock can be had now. DatabaseError when the file cannot be written at all."""
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        except DatabaseError as fault:
            if "locked" not in str(fault):
                raise
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return True


def _last(act: str) -> Entry | None:
    """The last entry of an act on the installation as a whole."""
    found = Entry.objects.filter(organ_code=entries.SYSTEM, subject_type="installation", subject_key=act)
    return found.order_by("-seq").first()


def _backup(now: datetime) -> Check:
    last = _last("backup")
    if last is None:
        return Check("backup", WARN, "从未备份：请定时执行 gongkai backup")
    days = (now - last.at).days
    late = days >= BACKUP_DAYS
    return Check("backup", WARN if late else PASS, f"最近一次备份在{_ago(days)}" + ("：请检查定时备份" if late else ""))


def _verified(now: datetime) -> Check:
    last = _last("verify")
    if last is None:
        return Check("entries", WARN, "操作日志从未核验：请定时执行 gongkai verify")
    if last.after["count"]:
        return Check(
            "entries", FAIL, f"上次核验发现操作日志有 {last.after['count']} 处断裂：请执行 gongkai verify 并查明"
        )
    days = (now - last.at).days
    late = days >= VERIFY_DAYS
    return Check("entries", WARN if late else PASS, f"操作日志{_ago(days)}核验完整" + ("：请再核验" if late else ""))


def _jobs(now: datetime) -> Check:
    waiting = jobs.waiting_since()
    if waiting is not None and now - waiting > JOB_WAITS:
        minutes = (now - waiting).total_seconds() // 60
        return Check("jobs", WARN, f"后台任务已等待 {minutes:.0f} 分钟：请检查 gongkai work 是否在执行")
    failed = jobs.failed_since(now - timedelta(days=1))
    return Check("jobs", WARN if failed else PASS, f"一天内有 {failed} 个后台任务未完成" if failed else "后台任务正常")


def _search() -> Check:
    state = SHELF.state()
    if not state.ready:
        return Check("search", WARN, "检索索引还没有建好：稍候会自动建立；一直没有，请执行 gongkai search --rebuild")
    if state.behind >= SEARCH_BEHIND:
        return Check("search", WARN, f"检索索引落后 {state.behind} 处变动：请检查 gongkai serve 或 work 是否在执行")
    slower = "；没有安装 tantivy，用的是较慢的 fts5" if state.engine == "fts5" else ""
    return Check("search", PASS, f"检索索引正常，{state.documents} 条{slower}")


def _anchored(today: date) -> Check:
    last = DailyAnchor.objects.order_by("-day").values_list("day", flat=True).first()
    if last is None or last <= today - timedelta(days=ANCHOR_DAYS):
        said = "还没有日锚" if last is None else f"最近的日锚是 {last} 的"
        return Check("anchor", WARN, f"{said}：请每天定时执行 gongkai anchor")
    return Check("anchor", PASS, f"最近的日锚是 {last} 的")
