"""The same thing said twice: prose against prose, and the parts of a row of the form under other names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import Item, Passage, section_name
from gongkai.law.prose_lists import lists
from gongkai.law.prose_sums import NO_TEXT, named, passages, said
from gongkai.law.report_forms import ReportForm, Row
from gongkai.law.values import plain

_OPENING = re.compile(
    r"^(?:\([^()]{1,30}\)|[一二三四五六七八九十]{1,2}(?:是|、)|\d{1,2}[.、]|其中|全年|本年度?|今年|年内|(?:20\d\d年度?)?(?:以来)?|截至[^,]{0,16}"
    r"|[我全本][省市县区局委办镇乡]|,|、|共计?|一共|累计)+"
)
# What is counted once in a report; other words (发布信息) may come back for another carrier.
_MATTER = re.compile(r"申请|答复|复议|诉讼|规范性文件|主动公开政府信息|制发政府信息")
# Words that may be said of any field of work.
_ANYTHING = re.compile(r"(?:共|累计)?(?:发布|公布|公开|推送|报送)(?:各类|有关|相关|重要)?(?:政府|政务)?信息")
_CLOSING = re.compile(r"(?:共计?|总数|总计|合计|数量|为|达|有|的|数|约)+$")


def twice(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_twice: where two sentences count the same thing in the same words, they give the same number."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    first: dict[tuple[str, str], tuple[Passage, Item]] = {}
    seen = 0
    faulty = False
    for where in passages(evidence):
        for item in where.items:
            words = _subject(where, item, evidence.year)
            if not words:
                continue
            before, earlier = first.setdefault((words, item.unit), (where, item))
            seen += earlier is not item
            if earlier.value != item.value:
                faulty = True
                message = check.message.format(words=words, one=plain(earlier.value), other=plain(item.value))
                other = f"(另见{section_name(before.section)})" if before.section not in ("", where.section) else ""
                places = [earlier, item] if before is where else [item]
                sides = {"expected": plain(earlier.value), "actual": plain(item.value)}
                verdict: Verdict = "fail" if _MATTER.search(words) else "ask"
                yield said(check, verdict, where, places, message + other, **sides)
    if not faulty:
        yield check.finding(
            "pass" if seen else "not_assessable", f"{seen}处重复的数前后一致" if seen else "正文没有说两遍的数"
        )


def _subject(where: Passage, item: Item, year: int | None) -> str:
    """All the words of the sentence before the number: only where nothing else stands there is the scope the same."""
    if not item.exact or not item.unit or item.depth:
        return ""
    start, _ = where.sentence(item.start)
    number = item.start
    words = where.text[start:number]
    if any(other != year for other in map(int, re.findall(r"(20\d\d)年", words))) and year:
        return ""
    words = _CLOSING.sub("", _OPENING.sub("", words))
    plain_words = len(words) >= 4 and not re.search(r"[\d,;:]", words) and not _ANYTHING.fullmatch(words)
    return words if plain_words else ""


def parts_named(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_parts: the parts of a row of the form, told in the text, carry the names and numbers of the form."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found: list[Finding] = []
    for where in passages(evidence):
        for parts in lists(where):
            for row in _told(parts.wholes, evidence):
                found += _parts(check, evidence, where, parts.items, row)
    yield from found or [check.finding("not_assessable", "正文没有逐项说到表内的分项")]


def _told(wholes: tuple[Item, ...], evidence: Evidence) -> list[Row]:
    """The rows with parts that the whole of a list means: by its words and its number."""
    rows = _parents(evidence.form)
    return [
        row
        for whole in wholes[:1]
        for row in rows
        if _value(evidence, row) == whole.value and whole.value and _alike(whole.lead, row)
    ]


@cache
def _parents(form: ReportForm) -> tuple[Row, ...]:
    parents = {row.parent for table in form.tables for row in table.rows if row.parent}
    return tuple(row for table in form.tables for row in table.rows if row.id in parents and row.role != "header")


def _children(form: ReportForm, row: Row) -> list[Row]:
    return [child for child in form.table(row.table).rows if child.parent == row.id]


def _value(evidence: Evidence, row: Row) -> Decimal | None:
    return evidence.value(_ref(evidence.form, row)).number


def _ref(form: ReportForm, row: Row) -> str:
    column = next(column for column in form.table(row.table).columns if column.period == "year")
    return f"{row.table}.{row.id}.{column.id}"


def _key(text: str) -> str:
    """The words of a label that tell it from its neighbours."""
    return re.sub(r"其中|[^\u4e00-\u9fff]|政府|有关|的|数$|总数|全县|全市|全区", "", text).replace("其它", "其他")


def _alike(lead: str, row: Row) -> bool:
    words = _key(lead)
    for name in (row.label, *row.aliases):
        shared = sum(pair in words for pair in _pairs(_key(name)))
        if shared * 2 >= len(_pairs(_key(name))):
            return True
    return False


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _parts(check: Check, evidence: Evidence, where: Passage, items: tuple[Item, ...], row: Row) -> list[Finding]:
    children = _children(evidence.form, row)
    matched: dict[str, Item] = {}
    strange: list[Item] = []
    for item in items:
        child = _child(check, item, [one for one in children if one.id not in matched])
        if child is None:
            strange.append(item)
        else:
            matched[child.id] = item
    if not matched:
        return []
    open_rows = [child for child in children if child.id not in matched and _value(evidence, child)]
    found = [_compared(check, evidence, where, child, matched[child.id]) for child in children if child.id in matched]
    for item in strange:
        same = next((child for child in open_rows if _value(evidence, child) == item.value), None)
        if same is not None:
            open_rows.remove(same)
            message = check.message.format(said=named(item), label=same.label, value=plain(item.value))
            sides = {"expected": same.label, "actual": item.lead}
            found.append(said(check, "fail", where, [item], message, **sides))
    return found


def _child(check: Check, item: Item, children: list[Row]) -> Row | None:
    words = _key(item.lead)
    for same in check.terms.get("same", ()):
        if any(word in words for word in same):
            return next((child for child in children if any(word in _key(child.label) for word in same)), None)
    for child in children:
        if any(_key(name) and (_key(name) in words or words in _key(name)) for name in (child.label, *child.aliases)):
            return child
    return None


def _compared(check: Check, evidence: Evidence, where: Passage, child: Row, item: Item) -> Finding:
    value = _value(evidence, child)
    if value is None or not item.exact:
        return said(check, "not_assessable", where, [item], f"“{named(item)}”:表内对应的格没有数")
    sides = {"expected": plain(value), "actual": plain(item.value)}
    if value == item.value:
        return said(check, "pass", where, [item], f"“{named(item)}”与表内一致", **sides)
    message = f"“{named(item)}”,表内“{child.label}”为{plain(value)},请核对"
    return said(check, "fail", where, [item], message, **sides)


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "prose_twice": twice,
    "prose_parts": parts_named,
}
