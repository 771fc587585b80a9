"""`gongkai redate`: open matters get the days that follow from the calendar and time limits as they are now."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gongkai.config.operator import shell_user
from gongkai.config.start import bring_up_to_date, refuse, say, start
from gongkai.law.refusal import Refused

if TYPE_CHECKING:
    from gongkai.records.redating import Redated

SHOWN = 20


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai redate`."""
    made = argparse.ArgumentParser(
        prog="gongkai redate",
        description="法规册的工作日历或期限改动后，按新的页面重算尚未办结事项的期限，每项记一条日志（改前、改后）；已办结的不动。"
        "gongkai serve 和 gongkai work 启动时会自动做。",
    )
    made.add_argument("--dry-run", action="store_true", help="只列出会改什么，不写入；有改动时退出码为 1")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """0 done, or nothing would change; 1 with --dry-run when something would; 2 refused."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        return redated(options)
    except Refused as refused:
        return refuse(refused)


def redated(options: argparse.Namespace) -> int:
    """The work, told."""
    from django.utils import timezone

    from gongkai.config.redating import DATED
    from gongkai.records import redating

    if options.dry_run:
        found = list(redating.differing(DATED))
    else:
        found = redating.redate(DATED, by=shell_user(), at=timezone.now())
    if options.json:
        print(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found[:SHOWN]:
            say(_line(one))
        if len(found) > SHOWN:
            say(f"……另有 {len(found) - SHOWN} 项，加 --json 可全部列出")
        said = "会改动" if options.dry_run else "已改动"
        say(f"{said} {len(found)} 项的期限。" if found else "没有期限需要改动。")
    return 1 if options.dry_run and found else 0


def _line(one: Redated) -> str:
    days = "；".join(f"{name} {one.before[name] or '未定'} → {day or '未定'}" for name, day in one.after.items())
    return f"{one.organ_code} {one.kind} {one.subject}：{days}"


def _as_json(one: Redated) -> dict[str, object]:
    before, after = ({name: day and day.isoformat() for name, day in days.items()} for days in (one.before, one.after))
    return {"organ": one.organ_code, "kind": one.kind, "subject": one.subject, "before": before, "after": after}
