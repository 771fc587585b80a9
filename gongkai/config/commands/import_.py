"""`gongkai import`: register workbooks into the database, empty templates out of it."""

from __future__ import annotations

import argparse
import getpass
import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.config.commands import refusals
from gongkai.config.start import bring_up_to_date, database_sentence, refuse, start
from gongkai.law.refusal import Refused

if TYPE_CHECKING:
    from gongkai.organs.models import Organ
    from gongkai.records.importing import ImportResult
    from gongkai.records.ledgers import Ledger

SHOWN_FROM = 5000  # rows; a smaller workbook is done before anybody reads of its progress


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai import`."""
    made = argparse.ArgumentParser(
        prog="gongkai import",
        description="导入登记簿工作簿(xlsx):有一处错误即整本不导入;重复导入不会重复登记。",
        epilog="退出码:0 完成;1 试导入发现错误;2 被拒绝或输入不可用。",
    )
    made.add_argument("files", nargs="*", metavar="FILE", help="工作簿;按给出的顺序导入,每本各自成败")
    made.add_argument("--organ", help="机关代码")
    made.add_argument("--dry-run", action="store_true", help="只检查,不写入;有链接关系的登记簿请放在同一本里")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    made.add_argument("--template", metavar="REGISTER", help="输出空白工作簿:登记簿代码,或 all")
    made.add_argument("-o", "--output", metavar="FILE", help="空白工作簿写到哪里")
    made.add_argument("--list", action="store_true", help="列出全部登记簿")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 done, 1 faults found in a dry run, 2 refused or unusable input."""
    options = parser().parse_args(argv)
    try:
        start()
        if options.list:
            return _list(options.json)
        if options.template:
            return _template(options.template, options.output)
        return _import(options)
    except Refused as refused:
        return refuse(refused)


def _ledgers() -> tuple[Ledger, ...]:
    from gongkai.workbench.ledgers import LEDGERS

    return LEDGERS


def _list(as_json: bool) -> int:
    if as_json:
        told = [
            {
                "register": ledger.name,
                "title": ledger.title,
                "columns": [column.header for column in ledger.all_columns],
            }
            for ledger in _ledgers()
        ]
        print(json.dumps({"registers": told}, ensure_ascii=False))
    else:
        for ledger in _ledgers():
            refusals.tell(f"{ledger.name:<24}{ledger.title}({len(ledger.all_columns)} 列)")
    return 0


def _template(name: str, output: str | None) -> int:
    from gongkai.records import workbooks

    chosen = [ledger for ledger in _ledgers() if name in (ledger.name, ledger.title, "all")]
    if not chosen:
        raise Refused("unknown_register", f"没有登记簿“{name}”;请用 gongkai import --list 查看代码,或写 all")
    if not output:
        raise Refused("no_output", f"请用 -o 指明写到哪个文件,例如 -o {name}.xlsx")
    try:
        Path(output).write_bytes(workbooks.template_all(chosen))
    except OSError as error:
        raise Refused("output_unusable", f"{output} 写不进去({error.strerror});请换一个位置") from error
    refusals.tell(f"已写出 {output}:{len(chosen)} 个登记簿。填好后用 gongkai import {output} --organ 机关代码 导入。")
    return 0


def _import(options: argparse.Namespace) -> int:
    from django.db import OperationalError

    if not options.files:
        raise Refused("no_file", "请给出要导入的工作簿;空白工作簿用 gongkai import --template all -o FILE 取得")
    workbooks = {name: _read(name) for name in options.files}
    bring_up_to_date()
    organ = _organ(options.organ)
    told: list[dict[str, Any]] = []
    try:
        for name, data in workbooks.items():
            result = _one(data, organ, options.dry_run)
            told.append(_as_json(name, result))
            if not options.json:
                _say(name, result)
            if result.faults and not options.dry_run:
                break
    except (OperationalError, sqlite3.OperationalError) as error:
        raise Refused("database_unusable", database_sentence(error)) from error
    if options.json:
        print(json.dumps({"organ": organ.code, "dry_run": options.dry_run, "files": told}, ensure_ascii=False))
    return (1 if options.dry_run else 2) if any(file["faults"] for file in told) else 0


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refused("file_unreadable", f"{name} 打不开({error.strerror});请检查文件名和权限") from error


def _organ(code: str | None) -> Organ:
    from gongkai.organs.models import Organ

    known = "、".join(Organ.objects.order_by("code").values_list("code", flat=True)) or "(还没有登记任何机关)"
    if not code:
        raise Refused("no_organ", f"请用 --organ 指明机关代码;现有:{known}")
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise Refused("unknown_organ", f"没有代码为“{code}”的机关;现有:{known}")
    return organ


def _one(data: bytes, organ: Organ, dry_run: bool) -> ImportResult:
    from django.utils import timezone

    from gongkai.records.importing import import_workbook

    return import_workbook(
        data, organ=organ, ledgers=_ledgers(), by=f"{getpass.getuser()}(命令行)", at=timezone.now(), dry_run=dry_run,
        progress=_progress,
    )  # fmt: skip


def _progress(done: int, total: int, sheet: str) -> None:
    """One line that renews itself on a terminal; elsewhere a line for each tenth. On stderr, beside the result."""
    if total < SHOWN_FROM:
        return
    if sys.stderr.isatty():
        print(f"\r{done:,}/{total:,} 行({sheet})", end="\n" if done == total else "", file=sys.stderr, flush=True)
    elif done * 10 // total > (done - 1000) * 10 // total:
        print(f"{done:,}/{total:,} 行({sheet})", file=sys.stderr, flush=True)


def _as_json(name: str, result: ImportResult) -> dict[str, Any]:
    return {
        "file": name, "added": result.added, "changed": result.changed, "unchanged": result.unchanged,
        "faults": [fault.as_json() for fault in result.faults], "more_faults": result.more_faults,
    }  # fmt: skip


def _say(name: str, result: ImportResult) -> None:
    if result.faults:
        refusals.tell(f"{name}:发现 {len(result.faults) + result.more_faults} 处错误,没有写入任何登记。")
        for sentence in result.sentences():
            refusals.tell(f"  {sentence}")
        return
    done = "试导入无误,将会" if result.dry_run else "已导入:"
    refusals.tell(f"{name}:{done}新增 {result.added:,} 条、更新 {result.changed:,} 条、不变 {result.unchanged:,} 条。")
