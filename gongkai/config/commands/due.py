"""`gongkai due`: when a time limit runs out, and why on that day.

Starts in milliseconds: well-formed arguments are read by hand, and argparse is loaded only for help and mistakes.
"""

from __future__ import annotations

from datetime import datetime

from gongkai.config.commands import refusals
from gongkai.law import book, clocks, time_limits
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.typesetting import typeset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator
    from datetime import date

    from gongkai.law.clocks import Due

WEEKDAYS = "一二三四五六日"
HELP = """按法规册推算期限届满日,并说明每一个不计入的日子、每一个计入的调休上班日和依据的条文。

例:gongkai due reply --from 2024-01-29
    gongkai due reply --from 2024-01-29 --event suspend:2024-02-05/2024-02-27 --event extend
    gongkai due report_department --from 2025-12-31 --json
期限的代码见 gongkai law time_limits"""


class Asked:
    """What the arguments ask for; text as typed."""

    __slots__ = ("as_json", "events", "on", "rule", "start")

    def __init__(self) -> None:
        self.rule = self.start = self.on = ""
        self.events: list[str] = []
        self.as_json = False


def run(argv: list[str]) -> int:
    """Print the deadline. 0 done, 2 refused or unusable input."""
    asked = _read(argv) or _read_with_help(argv)
    try:
        found = clocks.due(
            asked.rule,
            _moment(asked.start),
            [clocks.event(text) for text in asked.events],
            on=refusals.day(asked.on) if asked.on else None,
        )
        if asked.as_json:
            # `rule` is the name as asked, so that a script finds its own word again; `page` is the page of the book.
            refusals.print_json({**found.as_json(), "rule": asked.rule, "page": found.rule})
        else:
            print(typeset("\n".join(explained(found))))
    except (Refused, Misprint) as no:
        return refusals.say(no, asked.as_json)
    return 0


def explained(found: Due) -> Iterator[str]:
    """The deadline in words, line by line."""
    rule = time_limits.rule(found.rule)
    unit = time_limits.UNITS[found.unit]
    length = f"{found.limit} {unit}" if unit else f"每年 {found.limit}"
    yield f"{found.title}({found.rule})"
    yield f"起算日  {_day(found.start)},{rule.starts}" + ("" if found.unit == "hour" else ",不计入")
    yield f"期限    {length}"
    yield f"届满日  {_day(found.due)}"
    yield f"依据    {found.cite}[{found.mark} {_meaning(found.mark)}]"
    yield from _part("经过", found.steps)
    yield from _part("不计入的日子", (f"{_day(day)}  {why}" for day, why in found.skipped))
    yield from _part("计入的调休上班日", (_day(day) for day in found.made_up))
    yield from _part("说明", found.notes)


def _part(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    kept = list(lines)
    if kept:
        yield f"{title}:"
        yield from (f"  {line}" for line in kept)


def _day(day: date) -> str:
    return f"{day.isoformat()} 星期{WEEKDAYS[day.weekday()]}"


def _meaning(mark: str) -> str:
    return next((term["zh"] for term in book.page("vocabulary", "marks")["term"] if term["code"] == mark), "")


def _moment(text: str) -> date:
    """A day, or a day and time for limits in hours."""
    try:
        return datetime.fromisoformat(text) if "T" in text else refusals.day(text)
    except ValueError:
        raise Refused("bad_date", f"看不懂时间“{text}”;写法:2024-01-29 或 2024-01-29T09:30") from None


def _read(argv: list[str]) -> Asked | None:
    """The arguments when they are well formed; None sends them to argparse, which gives help or says what is wrong."""
    asked = Asked()
    words = iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--json":
            asked.as_json = True
        elif name in ("--from", "--on", "--event"):
            value = value if equals else next(words, "")
            if not value or value.startswith("-"):
                return None
            _take(asked, name, value)
        elif word.startswith("-") or asked.rule:
            return None
        else:
            asked.rule = word
    return asked if asked.rule and asked.start else None


def _take(asked: Asked, name: str, value: str) -> None:
    if name == "--from":
        asked.start = value
    elif name == "--on":
        asked.on = value
    else:
        asked.events.append(value)


def _read_with_help(argv: list[str]) -> Asked:
    asked = Asked()
    _parser().parse_args(argv, namespace=asked)
    return asked


def _parser() -> ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser("gongkai due", description=HELP, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rule", metavar="RULE", help="期限的代码,如 reply、publish、reconsideration_decision")
    parser.add_argument("--from", dest="start", metavar="DATE", required=True, help="起算的事件发生的日期(不计入)")
    parser.add_argument(
        "--event", dest="events", metavar="EVENT", action="append", default=[],
        help="期间发生的事,按先后写,可写多个:\nrestart:DATE 重新起算(收到补正后的申请、缴费)\n"
        "suspend:DATE/DATE 中止(征求意见函发出之日/收到意见之日)\nextend 或 extend:N 延长(最长,或 N)",
    )  # fmt: skip
    parser.add_argument("--on", metavar="DATE", default="", help="按这一天有效的规定计算;不写则按起算日")
    parser.add_argument("--json", dest="as_json", action="store_true", help="输出 JSON")
    return parser
