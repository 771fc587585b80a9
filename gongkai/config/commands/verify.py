"""`gongkai verify`: proves that no entry of the entry book was changed or removed, and hands it to an auditor."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.config.operator import shell_user
from gongkai.config.start import bring_up_to_date, refuse, start
from gongkai.config.unfinished import written_whole
from gongkai.law.refusal import Refused

if TYPE_CHECKING:
    from gongkai.records.anchors import AnchorFault
    from gongkai.records.entries import Break


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai verify`."""
    made = argparse.ArgumentParser(
        prog="gongkai verify",
        description="逐条重算操作日志的摘要链，有改动或缺失即指出第一处；并核对每日的日锚。",
        epilog="退出码：0 完整；1 有断裂；2 被拒绝。",
    )
    made.add_argument("--organ", metavar="代码", help="只核验一个机关（机关代码）")
    made.add_argument(
        "--anchor", metavar="文件", type=Path, help="另存的日锚 JSON：证明此后末尾没有被删去，也没有整条重写"
    )
    made.add_argument(
        "--export", metavar="文件", type=Path, help="导出给审计：.jsonl（可在别处核验）或 .xlsx，含变动前后的值"
    )
    made.add_argument("--overwrite", action="store_true", help="导出文件已存在时覆盖")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when every chain holds, 1 when one is broken, 2 when the act is refused."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        return verified(options)
    except Refused as refused:
        return refuse(refused)


def verified(options: argparse.Namespace) -> int:
    """The chains walked, the result told and kept, the export written."""
    from gongkai.records import anchors, entries

    kept = anchors.read(_read(options.anchor)) if options.anchor else None
    breaks = entries.verify(options.organ, kept)
    faults = [] if options.organ else anchors.faults()
    _keep(options, [*breaks, *faults])
    exported = _export(options) if options.export else {}
    if options.json:
        told = {"breaks": [asdict(broken) for broken in breaks], "anchors": [str(fault) for fault in faults]}
        print(json.dumps({**told, **exported}, ensure_ascii=False))
    else:
        _say(options, [*breaks, *faults], exported)
    return 1 if breaks or faults else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refused("cannot_read", f"打不开 {path}（{fault.strerror}）；请检查文件名和权限") from fault


def _keep(options: argparse.Namespace, faults: list[Break | AnchorFault]) -> None:
    """One entry that the chains were verified, which the health page reads; told where it cannot be written."""
    from django.db import DatabaseError, transaction
    from django.utils import timezone

    from gongkai.records import entries

    subject = ("records.chain", options.organ) if options.organ else ("installation", "verify")
    try:
        with transaction.atomic():
            entries.write(
                organ_code=entries.SYSTEM, by=shell_user(), at=timezone.now(), act="verify", subject=subject,
                after={"faults": [str(fault) for fault in faults[:20]], "count": len(faults)},
            )  # fmt: skip
    except DatabaseError as fault:
        print(f"核验结果没有记入日志（{str(fault).splitlines()[0]}）：数据库只读时属正常。", file=sys.stderr)


def _export(options: argparse.Namespace) -> dict[str, Any]:
    """The export written whole, with one entry that says who took what."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.config.backup.archive import sha256_of
    from gongkai.records import entries, exporting

    path: Path = options.export
    if path.suffix not in (".jsonl", ".xlsx"):
        raise Refused("unknown_format", f"不知道把 {path.name} 写成什么格式；文件名请以 .jsonl 或 .xlsx 结尾")
    rows = exporting.entries_of(options.organ)
    with written_whole(path, overwrite=options.overwrite) as (stream, _):
        if path.suffix == ".xlsx":
            count = exporting.write_workbook(rows, stream)
        else:
            count = 0
            for line in exporting.as_lines(rows):
                count += bool(stream.write(line))
    told = {"file": path.name, "sha256": sha256_of(path), "entries": count, "organ": options.organ or ""}
    with transaction.atomic():
        entries.write(
            organ_code=entries.SYSTEM, by=shell_user(), at=timezone.now(), act="export_entries",
            subject=("installation", "export_entries"), after=told,
        )  # fmt: skip
    return {"export": told}


def _say(options: argparse.Namespace, faults: list[Break | AnchorFault], exported: dict[str, Any]) -> None:
    for fault in faults:
        print(fault)
    if faults:
        print("请先把数据库原样另存一份，不要再改；再与备份和以前的导出比对，查明缺了或改了什么、在什么时候。")
    else:
        print("操作日志完整：每一条都与前一条的摘要相接。")
        if options.anchor:
            print(f"与 {options.anchor.name} 相符：自那以后末尾没有被删去，以前也没有被重写。")
        else:
            print("末尾连同链头一起删去的，这样看不出：请用 --anchor 对照另存的日锚（门户 /anchors/ 页面）。")
    if exported:
        told = exported["export"]
        print(f"已导出 {told['entries']:,} 条到 {options.export}，SHA-256 {told['sha256']}")
