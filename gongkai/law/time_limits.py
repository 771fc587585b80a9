"""Time-limit rules as the book states them: versions by date, the events each version knows, and their citations."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

UNITS = {"working_day": "个工作日", "natural_day": "日", "month": "个月", "fixed_date": "", "hour": "小时"}
EVENTS = {"restart": "重新计算", "suspend": "中止计算", "extend": "延长"}


_rules: dict[tuple[str, str], Rule] = {}


class Effect:
    """An event that a version knows. limit: the most an extension may add; longest: days a suspension should take."""

    __slots__ = ("cite", "kind", "limit", "longest", "mark", "note", "note_en")

    def __init__(
        self, kind: str, cite: str, mark: str, note: str = "", note_en: str = "", limit: int = 0, longest: int = 0
    ) -> None:
        self.kind, self.cite, self.mark, self.note, self.note_en = kind, cite, mark, note, note_en
        self.limit, self.longest = limit, longest


class Version:
    """One state of the rule, in force from `first` to `last` (None: until now), both days included.

    limit: a number of units, or "MM-DD" for a fixed date. rolls: whether an end on a rest day moves to the next working
    day (natural days and months only).
    """

    __slots__ = ("cite", "events", "first", "last", "limit", "mark", "note", "rolls", "unit")

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.first: date = raw["from"]
        self.last: date | None = raw.get("until")
        self.limit: int | str = raw["limit"]
        self.unit: str = raw["unit"]
        self.cite: str = raw["cite"]
        self.mark: str = raw["mark"]
        self.rolls: bool = raw.get("rolls", True)
        self.note: str = raw.get("note", "")
        self.events: Mapping[str, Effect] = {event["kind"]: Effect(**event) for event in raw.get("event", ())}

    @property
    def length(self) -> int:
        """The limit as a number; 0 for a fixed date."""
        return self.limit if isinstance(self.limit, int) else 0


class Rule:
    """One page of the chapter. starts: what day 0 is. transition: what to say of a period that spans versions."""

    __slots__ = ("aliases", "id", "jurisdiction", "note", "starts", "title", "title_en", "transition", "versions")

    def __init__(self, name: str, page: Mapping[str, Any]) -> None:
        self.id = name
        self.title: str = page["title"]
        self.title_en: str = page["title_en"]
        self.starts: str = page["starts"]
        self.jurisdiction: str = page.get("jurisdiction", "全国")
        self.aliases: tuple[str, ...] = tuple(page.get("aliases", ()))
        self.note: str = page.get("note", "")
        self.transition: str = page.get("transition", "")
        self.versions = tuple(Version(raw) for raw in page["version"])

    def version_on(self, day: date) -> Version:
        """The version in force on a day; Refused `rule_not_in_force` before the first and after the last."""
        for version in self.versions:
            if version.first <= day and (version.last is None or day <= version.last):
                return version
        spans = ";".join(f"{version.first} 至 {version.last or '今'}" for version in self.versions)
        raise Refused(
            "rule_not_in_force",
            f"{day} 没有“{self.title}”:该规定的适用时间为 {spans}。请核对日期,或改用当时有效的规定",
            self.versions[-1].cite,
        )


def names() -> tuple[str, ...]:
    """The ids of all rules, sorted; aliases are not among them."""
    return book.pages("time_limits")


def rule(name: str) -> Rule:
    """The rule of a page, or of the page with this alias. Refused `unknown_rule`; Misprint when the page is faulty."""
    if name.isidentifier():
        if book.has("time_limits", name):
            return _rule(name)
        alias_of = _named_by(name)
        if alias_of:
            return _rule(alias_of)
    raise Refused("unknown_rule", f"法规册中没有期限“{name}”;现有:{'、'.join(names())}")


def _named_by(alias: str) -> str:
    """The page that carries this alias. Only pages where the word occurs are parsed: a cold start must stay short."""
    word = f'"{alias}"'.encode()
    for name in names():
        with open(book.path_of("time_limits", name), "rb") as file:
            mentioned = word in file.read()
        if mentioned and alias in _rule(name).aliases:
            return name
    return ""


def _rule(name: str) -> Rule:
    key = (book.ROOT, name)
    if key not in _rules:
        where = f"time_limits/{name}.toml"
        try:
            known = Rule(name, book.page("time_limits", name))
        except (KeyError, TypeError) as missing:
            raise Misprint(where, f"缺少或写错了 {missing}", "对照其他页补上这一项") from None
        _whole(where, known.versions)
        _rules[key] = known
    return _rules[key]


def _whole(where: str, versions: tuple[Version, ...]) -> None:
    """Refuse a page without citation, with an unknown unit or event, or whose versions overlap or leave a gap."""
    for version in versions:
        if not version.cite or not version.mark:
            raise Misprint(where, f"{version.first} 起的规定没有依据或核对标记", "补上 cite 和 mark")
        if version.unit not in UNITS or not set(version.events) <= set(EVENTS):
            raise Misprint(
                where,
                f"{version.first} 起的规定有不认识的单位或事件",
                f"单位:{'、'.join(UNITS)};事件:{'、'.join(EVENTS)}",
            )
    for n, later in enumerate(versions[1:]):
        earlier = versions[n]
        if earlier.last is None or later.first <= earlier.last:
            raise Misprint(where, f"{later.first} 有两个规定同时有效", "改正前一规定的 until")
        if later.first != earlier.last + timedelta(days=1):
            raise Misprint(where, f"{earlier.last} 至 {later.first} 之间没有规定", "补上这一段,或改正日期")
