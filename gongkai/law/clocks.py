"""Deadlines: when a time limit runs out, and why on that day.

Day 0 is not counted (《民法典》第二百零一条). Working days end on a working day, make-up days included. Natural days
and months that end on a rest day run to the next working day (第二百零二条、第二百零三条). Fixed dates and hours do
not move.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gongkai.law import book, calendar, time_limits
from gongkai.law.refusal import Refused
from gongkai.law.time_limits import UNITS, Rule, Version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

ONE_DAY = timedelta(days=1)
PAUSED = "中止期间"


class Event:
    """What happened to a running clock.

    restart: `day` is the new day 0. suspend: from `day` (letter sent, still counted) to `until` (answer received, not
    counted). extend: by `amount` units, 0 for as much as the rule allows.
    """

    __slots__ = ("amount", "day", "kind", "until")

    def __init__(self, kind: str, day: date | None = None, until: date | None = None, amount: int = 0) -> None:
        self.kind, self.day, self.until, self.amount = kind, day, until, amount


class Due:
    """A deadline that explains itself.

    limit: number of units or "MM-DD". skipped: days inside the period that did not count, with the reason; made_up:
    weekend days that counted because they are worked. steps: what each event did. notes: what a person should know.
    """

    __slots__ = (
        "cite", "due", "limit", "made_up", "mark", "notes", "rule", "skipped", "start", "steps", "title", "unit",
    )  # fmt: skip

    def __init__(self, known: Rule, version: Version, start: date, due: date, clock: _Clock) -> None:
        self.rule, self.title, self.start, self.due = known.id, known.title, start, due
        self.limit, self.unit, self.cite, self.mark = version.limit, version.unit, version.cite, version.mark
        self.skipped: tuple[tuple[date, str], ...] = tuple(clock.skipped)
        self.made_up: tuple[date, ...] = tuple(clock.made_up)
        self.steps: tuple[str, ...] = tuple(clock.steps)
        self.notes: tuple[str, ...] = tuple(clock.notes)

    def as_json(self) -> dict[str, Any]:
        """Plain values; days as ISO text."""
        return {
            "rule": self.rule, "title": self.title, "from": self.start.isoformat(), "due": self.due.isoformat(),
            "limit": self.limit, "unit": self.unit, "cite": self.cite, "mark": self.mark,
            "skipped": [{"day": day.isoformat(), "why": why} for day, why in self.skipped],
            "made_up": [day.isoformat() for day in self.made_up],
            "steps": list(self.steps), "notes": list(self.notes),
        }  # fmt: skip


class _Clock:
    """A clock being read: where the running period began, how many units it has, and which stretches do not count."""

    def __init__(self, version: Version, start: date) -> None:
        self.version, self.start, self.budget = version, start, version.length
        self.pauses: list[tuple[date, date]] = []
        self.extended = False
        self.skipped: list[tuple[date, str]] = []
        self.made_up: list[date] = []
        self.steps: list[str] = []
        self.notes: list[str] = []

    @property
    def unit(self) -> str:
        return UNITS[self.version.unit]

    def why_not(self, day: date) -> str:
        """Why a day does not count towards the limit, or ""."""
        why = calendar.why_off(day) if self.version.unit == "working_day" else ""
        return why or (PAUSED if any(sent < day <= answered for sent, answered in self.pauses) else "")

    def counted(self, after: date, until: date) -> int:
        """How many days after `after` up to and including `until` count."""
        return sum(not self.why_not(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


def event(text: str) -> Event:
    """An event as typed: `restart:DATE`, `suspend:DATE/DATE`, `extend` or `extend:N`. Refused `bad_event` otherwise."""
    kind, _, rest = text.partition(":")
    try:
        if kind == "restart":
            return Event(kind, date.fromisoformat(rest))
        if kind == "suspend":
            sent, _, answered = rest.partition("/")
            return Event(kind, date.fromisoformat(sent), date.fromisoformat(answered))
        if kind == "extend":
            return Event(kind, amount=int(rest or 0))
        raise ValueError(kind)
    except ValueError:
        raise Refused(
            "bad_event",
            f"看不懂事件“{text}”;写法:restart:2023-02-03(重新起算)、suspend:2024-02-05/2024-02-27(发出/收到)、"
            "extend 或 extend:15(延长)",
        ) from None


def due(rule: str, start: date, events: Sequence[Event] = (), on: date | None = None) -> Due:
    """When the limit that began on `start` (day 0) runs out.

    rule: id or alias of a time-limit page. events: in the order in which they happened. on: the day whose version of
    the rule applies, by default `start`. A datetime as `start` matters for limits in hours only.
    Refused: unknown_rule, rule_not_in_force, calendar_year_unknown, and for events event_not_known, event_too_early,
    event_backwards, extension_too_long, already_extended. Misprint when the page is faulty.
    """
    known = time_limits.rule(rule)
    first = start.date() if isinstance(start, datetime) else start
    version = known.version_on(on or first)
    clock = _Clock(version, first)
    for happened in events:
        _apply(clock, known, happened)
    if version.unit == "hour":
        end = _hours(clock, start)
    else:
        end = {"fixed_date": _fixed_date, "month": _months}.get(version.unit, _days)(clock)
    _remark(clock, known, end)
    return Due(known, version, first, end, clock)


def _apply(clock: _Clock, known: Rule, happened: Event) -> None:
    effect = clock.version.events.get(happened.kind)
    if effect is None:
        able = "、".join(clock.version.events) or "无"
        raise Refused(
            "event_not_known", f"“{known.title}”没有事件 {happened.kind};可用的事件:{able}", clock.version.cite
        )
    if happened.day is not None and happened.day < clock.start:
        raise Refused("event_too_early", f"{happened.day} 早于起算日 {clock.start};请按发生的先后写各事件", effect.cite)
    if happened.kind == "restart":
        _restart(clock, happened)
    elif happened.kind == "suspend":
        _suspend(clock, happened)
    else:
        _extend(clock, happened.amount or effect.limit)


def _restart(clock: _Clock, happened: Event) -> None:
    effect = clock.version.events["restart"]
    if happened.day is None:
        raise Refused("bad_event", "重新起算要写日期:收到补正后的申请之日,或缴费之日", effect.cite)
    clock.start, clock.budget, clock.pauses, clock.extended = happened.day, clock.version.length, [], False
    clock.steps.append(f"{happened.day} 重新起算,自次日起重新计算 {clock.budget} {clock.unit}({effect.cite})")


def _suspend(clock: _Clock, happened: Event) -> None:
    effect, sent, answered = clock.version.events["suspend"], happened.day, happened.until
    if sent is None or answered is None or answered < sent:
        raise Refused(
            "event_backwards", f"中止的起止日期颠倒或不全:{sent} 至 {answered};先写发出日,后写收到日", effect.cite
        )
    used = clock.counted(clock.start, sent)
    if used > clock.budget:
        clock.notes.append(f"{sent} 中止时期限已经届满,中止不影响期限")
    lost = clock.counted(sent, answered)
    clock.pauses.append((sent, answered))
    left = max(clock.budget - used, 0)
    clock.steps.append(
        f"{sent} 发出、{answered} 收到,其间 {lost} {clock.unit}不计入;此前已用 {used},还余 {left}({effect.cite})"
    )
    if effect.longest and lost > effect.longest:
        clock.notes.append(f"中止 {lost} {clock.unit},超过征求意见的 {effect.longest} {clock.unit},请核对收到日")


def _extend(clock: _Clock, amount: int) -> None:
    effect = clock.version.events["extend"]
    if not 0 < amount <= effect.limit:
        raise Refused("extension_too_long", f"延长 {amount} 不在 1 至 {effect.limit} {clock.unit}之内", effect.cite)
    if clock.extended:
        raise Refused("already_extended", "同一期限只能延长一次", effect.cite)
    clock.extended = True
    clock.budget += amount
    clock.steps.append(f"延长 {amount} {clock.unit},自原期限届满起算({effect.cite})")


def _days(clock: _Clock) -> date:
    day, left = clock.start, clock.budget
    while left:
        day += ONE_DAY
        why = clock.why_not(day)
        if why:
            clock.skipped.append((day, why))
            continue
        left -= 1
        if clock.version.unit == "working_day" and calendar.is_makeup(day):
            clock.made_up.append(day)
    return day if clock.version.unit == "working_day" else _rolled(clock, day)


def _rolled(clock: _Clock, day: date) -> date:
    """The last day of a period in natural days or months, moved past rest days (《民法典》第二百零三条)."""
    if not clock.version.rolls:
        return day
    while why := calendar.why_off(day):
        clock.skipped.append((day, why))
        day += ONE_DAY
    if calendar.is_makeup(day):
        clock.made_up.append(day)
        clock.notes.append(f"末日 {day} 是调休上班日,不是休息日,不顺延(I)")
    return day


def _months(clock: _Clock) -> date:
    """The corresponding day, or the last day of the month where there is none (《民法典》第二百零二条)."""
    return _rolled(clock, months_later(clock.start, clock.budget))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    month_end = (date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day
    return date(year, month, min(day.day, month_end))


def _fixed_date(clock: _Clock) -> date:
    """The first such date after the start; it does not move, so the note names the last working day before it."""
    month, day = (int(part) for part in str(clock.version.limit).split("-"))
    end = date(clock.start.year, month, day)
    if end <= clock.start:
        end = date(end.year + 1, month, day)
    if not book.has("calendar", str(end.year)):
        clock.notes.append(f"没有 {end.year} 年的工作日历,未能判断 {end} 是不是休息日")
    elif why := calendar.why_off(end):
        clock.notes.append(f"{end} 是休息日({why}),不顺延;请在 {calendar.on_or_before(end)} 前办结")
    return end


def _hours(clock: _Clock, start: date) -> date:
    """Hours run on through rest days; without a time of day the same time is meant."""
    if not isinstance(start, datetime):
        return start + timedelta(hours=clock.budget)
    end = start + timedelta(hours=clock.budget)
    clock.notes.append(f"至 {end:%Y-%m-%d %H:%M}")
    return end.date()


def _remark(clock: _Clock, known: Rule, end: date) -> None:
    version = clock.version
    if version.last is not None and end > version.last and version.unit != "fixed_date":
        clock.notes.append(known.transition or f"期间跨越 {version.last} 之后的新规定,按起算日有效的规定计算(I)")
    if known.jurisdiction != "全国":
        clock.notes.append(f"{known.jurisdiction}的地方规定,只适用于当地")
    clock.notes.extend(note for note in (version.note, known.note) if note)
