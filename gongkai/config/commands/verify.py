"""`gongkai verify`: proves that no entry of the entry book was changed or removed."""

import argparse
import json

from gongkai.config.start import bring_up_to_date, refuse, start
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai verify`."""
    made = argparse.ArgumentParser(
        prog="gongkai verify", description="逐条重算登记日志的摘要链;有改动或缺失即指出第一处。"
    )
    made.add_argument("--organ", help="只核验一个机关(机关代码)")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when every chain holds, 1 when one is broken."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
    except Refused as refused:
        return refuse(refused)
    from gongkai.records import entries

    breaks = entries.verify(options.organ)
    if options.json:
        print(json.dumps({"breaks": [vars_of(broken) for broken in breaks]}, ensure_ascii=False))
    elif breaks:
        for broken in breaks:
            print(broken)
    else:
        print("登记日志完整:每一条都与前一条的摘要相接。")
    return 1 if breaks else 0


def vars_of(broken: object) -> dict[str, object]:
    """A break as plain JSON."""
    return {name: getattr(broken, name) for name in broken.__slots__}  # type: ignore[attr-defined]
