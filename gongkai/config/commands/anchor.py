"""`gongkai anchor`: makes the anchor of the day; for a timer."""

import argparse
import json

from gongkai.config.operator import shell_user
from gongkai.config.start import bring_up_to_date, refuse, start
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai anchor`."""
    made = argparse.ArgumentParser(
        prog="gongkai anchor",
        description="记下今天各机关操作日志的链头（日锚），并公布在门户 /anchors/ 页面；同一天重复执行不会再做。",
    )
    made.add_argument("--json", action="store_true", help="输出日锚 JSON，可存到别处供日后核验")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when the day has its anchor, 2 when it cannot be made."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        return anchored(options)
    except Refused as refused:
        return refuse(refused)


def anchored(options: argparse.Namespace) -> int:
    """The anchor made, or found, and told."""
    from django.utils import timezone

    from gongkai.records import anchors

    anchor, made = anchors.make(timezone.localdate(), by=shell_user(), at=timezone.now())
    if options.json:
        print(json.dumps(anchors.as_json(anchor), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        said = "已生成" if made else "今天已有"
        print(f"{said} {anchor.day} 的日锚：{len(anchor.heads)} 条日志链，摘要 {anchor.digest}")
    return 0
