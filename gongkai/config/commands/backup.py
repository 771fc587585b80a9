"""`gongkai backup FILE`: the whole installation as one archive with digests."""

import argparse
import json
from pathlib import Path

from gongkai.config.operator import shell_user
from gongkai.config.start import bring_up_to_date, refuse, start
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai backup`."""
    made = argparse.ArgumentParser(
        prog="gongkai backup",
        description="把数据库和数据文件夹备份成一个带摘要的文件；可恢复到 SQLite 或 PostgreSQL。网站不必停。",
        epilog="退出码：0 完成；2 被拒绝（磁盘已满、文件已存在等），此时不会留下半个文件。",
    )
    made.add_argument("file", metavar="文件", type=Path, help="写到哪里，例如 /backup/gongkai-2026-11-25.tar.gz")
    made.add_argument(
        "--without-secret-key", action="store_true", help="不放入签名密钥（恢复时须用 GONGKAI_SECRET_KEY 另行提供）"
    )
    made.add_argument("--overwrite", action="store_true", help="文件已存在时覆盖")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when the backup is whole and read back, 2 when it is refused."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        return backed_up(options)
    except Refused as refused:
        return refuse(refused)


def backed_up(options: argparse.Namespace) -> int:
    """The backup made and told."""
    from django.conf import settings
    from django.utils import timezone

    from gongkai.config.backup import making

    made = making.make(
        options.file, home=Path(settings.HOME), with_secret_key=not options.without_secret_key, by=shell_user(),
        at=timezone.now(), overwrite=options.overwrite,
    )  # fmt: skip
    if options.json:
        print(json.dumps({"file": str(made.path), "size": made.size, "sha256": made.sha256, **made.manifest}))
        return 0
    print(f"已备份到 {made.path}（{made.size / 1_000_000:.1f} 兆字节），并已读回核对。")
    print(f"表 {len(made.manifest['tables'])} 张、{made.rows:,} 行，文件 {len(made.manifest['files'])} 个。")
    print(f"SHA-256 {made.sha256}")
    for name, why in made.manifest["left_out"].items():
        print(f"未包含 {name}：{why}")
    if "secret-key" in made.manifest["files"]:
        print("备份中有签名密钥和全部数据，请像对待数据库一样保管它。")
    return 0
