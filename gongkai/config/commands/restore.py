"""`gongkai restore FILE`: a backup into an empty installation, all or nothing."""

import argparse
import json
from pathlib import Path

from gongkai.config.operator import shell_user
from gongkai.config.start import refuse, start
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai restore`."""
    made = argparse.ArgumentParser(
        prog="gongkai restore",
        description="把 gongkai backup 的备份恢复到空的数据库和数据文件夹，逐表读回核对摘要；"
        "要么全部恢复，要么什么都不变。",
        epilog="退出码：0 完成；1 已恢复，但备份中的操作日志原本就有断裂，或密钥与备份时不同；"
        "2 被拒绝，没有恢复任何数据。",
    )
    made.add_argument("file", metavar="文件", type=Path, help="备份文件")
    made.add_argument("--check", action="store_true", help="只核对备份是否完整，不恢复")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when all is restored, 1 when its entry book or key is wrong, 2 when nothing was restored."""
    options = parser().parse_args(argv)
    try:
        if options.check:
            return checked(options)
        start()
        return restored(options)
    except Refused as refused:
        return refuse(refused)


def checked(options: argparse.Namespace) -> int:
    """The archive read from end to end; needs no database."""
    from gongkai.config.backup import archive

    manifest = archive.check(options.file)
    if options.json:
        print(json.dumps(manifest, ensure_ascii=False))
    else:
        rows = sum(table["rows"] for table in manifest["tables"].values())
        print(f"备份完整：{len(manifest['tables'])} 张表、{rows:,} 行、{len(manifest['files'])} 个文件，摘要全部相符。")
        print(f"SHA-256 {archive.sha256_of(options.file)}")
    return 0


def restored(options: argparse.Namespace) -> int:
    """The backup restored and told."""
    from django.conf import settings
    from django.utils import timezone

    from gongkai.config.backup import restoring

    done = restoring.restore(options.file, home=Path(settings.HOME), by=shell_user(), at=timezone.now())
    if options.json:
        print(json.dumps({"sha256": done.sha256, "faults": done.faults, **done.manifest}, ensure_ascii=False))
        return 1 if done.faults else 0
    print(f"已恢复 {done.header['made_at']} 的备份：{len(done.manifest['tables'])} 张表、{done.rows:,} 行，")
    print(f"文件 {len(done.manifest['files'])} 个；逐表读回，摘要全部相符。")
    for name, why in done.manifest["left_out"].items():
        print(f"未包含 {name}：{why}")
    print("操作日志和密钥核验：" + ("完整。" if not done.faults else "请注意："))
    for fault in done.faults:
        print(f"  {fault}")
    return 1 if done.faults else 0
