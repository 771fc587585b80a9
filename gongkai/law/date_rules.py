"""Rules about time: dates that cannot be, the period covered, documents from the future, late publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from gongkai.law import clocks, time_limits
from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import Passage, passage, section_name
from gongkai.law.refusal import Refused

NO_TEXT = "无法核对:没有报告正文"
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2}|元)月(\d{1,2})日")
_SHORT = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_NO_YEAR_SIGN = re.compile(r"(?<!\d)(?:19|20)\d\d月\d{1,2}日")
_NO_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d年\d{1,2}日")
_DATE = r"(?:((?:19|20)\d\d)年(?:度)?)?(\d{1,2}|元)月(\d{1,2})日"
_PERIOD = re.compile(
    rf"(?:统计|所列|数据)[^。;]{{0,16}}?(?:期限|期间|时限|截止|时间)[^。;\d]{{0,8}}?自?(?:从)?{_DATE}(?:起)?(?:至|到|-|—|~){_DATE}"
)
_NO_PERIOD = re.compile(r"(?:期限|期间|时限)(?:为|是)?(?:自|从)(?:年?月?日?)?(?:起)?至(?:年?月?日?)?(?:止)?[。,;]")
_DOCUMENT = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,10}?)(?P<open>[〔\[({【])(?P<year>(?:19|20)\d\d)(?P<close>[〕\])}】])\d{1,5}号"
)
EARLY = 90  # days before the end of the year in which a report may have been drawn up beforehand
# Governments publish by 31 March, departments by 31 January (条例第四十九条, since 2019).
GOVERNMENTS = ("city_government", "county_government", "township_government", "development_zone")


def _passages(evidence: Evidence) -> list[Passage]:
    return [passage(section, text) for section, text in (evidence.sections or {}).items()]


def _said(check: Check, verdict: Verdict, where: Passage, match: re.Match[str], **fields: str) -> Finding:
    place = section_name(where.section)
    message = check.message.format(quote=match[0], **fields)
    return check.finding(
        verdict, f"{place}:{message}", spans=(where.span(*match.span()),), section=where.section, actual=match[0]
    )


def impossible(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """date_exists: every date is a day of the calendar."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    seen = 0
    faulty = False
    for where in _passages(evidence):
        for match, fault, verdict in _faults(where.text, evidence.year):
            seen += 1
            if fault:
                faulty = True
                yield _said(check, verdict, where, match, fault=fault)
    if not faulty:
        yield check.finding("pass" if seen else "not_assessable", f"已核对{seen}个日期" if seen else "正文没有日期")


def _faults(text: str, year: int | None) -> Iterator[tuple[re.Match[str], str, Verdict]]:
    for match in _FULL.finditer(text):
        yield match, _fault(int(match[1]), _month(match[2]), int(match[3])), "fail"
    for match in _SHORT.finditer(text):
        faults = [_fault(one, int(match[1]), int(match[2])) for one in _years(text, match.start(), year)]
        yield match, "" if "" in faults else faults[0], "fail"
    for match in _NO_YEAR_SIGN.finditer(text):
        yield match, "缺“年”字和月份", "fail"
    for match in _NO_MONTH.finditer(text):
        # A converter may have eaten the month.
        yield match, "缺月份", "ask"


def _years(text: str, place: int, year: int | None) -> list[int]:
    """The years that a day without one may be of: the last one named before it, that of the report, the next."""
    named = re.findall(r"((?:19|20)\d\d)年", text[max(0, place - 60) : place])
    return [2000] if year is None else [*map(int, named[-1:]), year, year + 1]


def _month(text: str) -> int:
    return 1 if text == "元" else int(text)


def _fault(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"{month}月没有{day}日"
    return ""


def period(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """report_period: the period stated runs forward, lies in the year of the report, and is the whole year."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    for where in _passages(evidence):
        if match := _NO_PERIOD.search(where.text):
            yield _said(check, "fail", where, match, fault="起止日期都没有填")
            return
        if match := _PERIOD.search(where.text):
            yield _period(check, evidence, where, match)
            return
    yield check.finding("not_assessable", "正文没有写统计期限")


def _period(check: Check, evidence: Evidence, where: Passage, match: re.Match[str]) -> Finding:
    try:
        year = int(match[1] or evidence.year or 0)
        start = date(year, _month(match[2]), int(match[3]))
        end = date(int(match[4] or year), _month(match[5]), int(match[6]))
    except ValueError:
        return check.finding("not_assessable", "统计期限不是可用的日期,另行列出")
    if end < start:
        return _said(check, "fail", where, match, fault="止日早于起日")
    if evidence.year and evidence.year not in (start.year, end.year):
        return _said(check, "fail", where, match, fault=f"不是报告年度{evidence.year}年")
    if (start.month, start.day, end.month, end.day) != (1, 1, 12, 31) or start.year != end.year:
        return _said(check, "ask", where, match, fault="不是一个完整的年度,请说明原因(如机构新设)")
    return check.finding("pass", f"统计期限为{start.year}年全年", section=where.section)


def documents(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """document_year: no document is cited that was numbered after the report was published."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    latest = evidence.published_on.year if evidence.published_on else evidence.year + 1 if evidence.year else None
    found = [(where, match) for where in _passages(evidence) for match in _DOCUMENT.finditer(where.text)]
    if not found or latest is None:
        yield check.finding("not_assessable", "正文没有引用文号" if not found else "无法核对:不知报告年度")
        return
    late = [(where, match) for where, match in found if int(match["year"]) > latest]
    for where, match in late:
        yield _said(check, "fail", where, match, latest=str(latest))
    if not late:
        yield check.finding("pass", f"所引{len(found)}个文号均不晚于{latest}年")


def brackets(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """document_brackets: years of document numbers stand in 〔 〕 (GB/T 9704)."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [(where, match) for where in _passages(evidence) for match in _DOCUMENT.finditer(where.text)]
    wrong = [(where, match) for where, match in found if match["open"] + match["close"] != "〔〕"]
    for where, match in wrong:
        yield _said(check, "fail", where, match)
    if not wrong:
        yield check.finding(
            "pass" if found else "not_assessable", f"{len(found)}个文号年份均用〔〕" if found else "没有文号"
        )


def published(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """published_in_time: made public by the day that the Regulations set (clocks of the book)."""
    if evidence.published_on is None or evidence.year is None:
        yield check.finding("not_assessable", "无法核对:没有公布日期" if evidence.year else "无法核对:不知报告年度")
        return
    rule = evidence.form.due or "report_all"
    if rule == "report_department" and _is_government(evidence):
        rule = "report_government"
    try:
        due = clocks.due(rule, date(evidence.year, 12, 31))
    except Refused:
        yield check.finding("not_assessable", f"无法核对:{time_limits.rule(rule).title}不适用于{evidence.year}年度")
        return
    shown = f"{evidence.published_on:%Y-%m-%d}"
    if evidence.published_on > due.due:
        message = check.message.format(on=shown, due=f"{due.due:%Y-%m-%d}")
        yield check.finding("fail", message, expected=f"{due.due:%Y-%m-%d}", actual=shown)
    else:
        yield check.finding("pass", f"{shown}公布,不晚于{due.due:%Y-%m-%d}")


def signed(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """signed_after_period: the date below the report is not before the end of the year that it tells of."""
    if evidence.signed_on is None or evidence.year is None:
        yield check.finding("not_assessable", "无法核对:没有落款日期" if evidence.year else "无法核对:不知报告年度")
        return
    end = date(evidence.year, 12, 31)
    if evidence.signed_on >= end:
        yield check.finding("pass", f"落款日期{evidence.signed_on:%Y-%m-%d}")
        return
    verdict: Verdict = "ask" if (end - evidence.signed_on).days <= EARLY else "fail"
    shown = f"{evidence.signed_on:%Y-%m-%d}"
    message = check.message.format(on=shown, end=f"{end:%Y-%m-%d}")
    yield check.finding(verdict, message, expected=f"{end:%Y-%m-%d}", actual=shown)


def _is_government(evidence: Evidence) -> bool:
    name = evidence.organ
    return evidence.reporter_kind in GOVERNMENTS or bool(
        re.search(r"(?:人民政府|政府|管委会|管理委员会|实验区|开发区|新区)$", name)
    )


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "date_exists": impossible,
    "report_period": period,
    "document_year": documents,
    "document_brackets": brackets,
    "published_in_time": published,
    "signed_after_period": signed,
}
