"""The book of law as Markdown for lawyers: what `gongkai law` shows and `docs/law/` keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.law import (
    book,
    calendar,
    checks,
    crosswalk,
    fees,
    public_documents,
    report_forms,
    time_limits,
    vocabulary,
)
from gongkai.law.refusal import Refused
from gongkai.law.time_limits import EVENTS, UNITS, Version

TITLES = {
    "calendar": "工作日历",
    "time_limits": "期限",
    "fees": "收费",
    "vocabulary": "词汇",
    "report_forms": "报表格式",
    "checks": "检查规则",
    "crosswalk": "各代格式对照",
    "phrases": "行文用语",
    "screening": "公开前筛查规则",
    "public_documents": "指南和制度",
}
WARN = ("M", "I")  # marks that a reader must not overlook
MATCHES = {"exact": "可直接比较", "sum": "相加后可比", "approx": "口径有变,参照说明", "none": "不可比"}
SEVERITIES = {"error": "错误", "warning": "提醒", "info": "询问"}
BASES = {"form": "报表所印", "regulation": "法规", "practice": "惯例", "inference": "推断"}
SCREENED = {
    "personal": "个人信息",
    "sensitive": "敏感个人信息",
    "organisation": "单位信息",
    "secrecy": "国家秘密",
    "internal": "内部信息",
    "hidden": "看不见的内容",
    "metadata": "文件属性",
}
SCREENING_SEVERITIES = {"quarantine": "隔离", "high": "高", "medium": "中", "low": "低"}
SCREENING_FIELDS = {
    "gate": "触发",
    "anchored": "从触发词起",
    "pattern": "式样",
    "check": "校验",
    "near": "上文须有",
    "unless": "上文有则不报",
    "despite": "同行有则仍报",
    "not_in": "在这些词里不报",
    "columns": "表头",
    "companions": "同表须有",
    "unless_columns": "表头有则不报",
    "zones": "只看",
    "single": "单姓",
    "compound": "复姓",
}
FIELD_NAMES = {
    "receipt": "收到之日",
    "family": "类别",
    "reply_must_contain": "答复应写明",
    "rows_2021": "2021年格式",
    "rows_2014": "2014年格式",
    "rows_2012": "2012年格式",
    "remedy": "救济",
    "kind": "性质",
    "outcome": "办理结果",
    "carrier": "载体",
    "column": "专栏或网站",
    "covers": "包括",
    "group": "分组",
    "path": "全称",
    "portal_columns": "网站栏目",
    "refresh": "更新周期",
    "pii_risk": "个人信息风险",
    "note": "说明",
}
HEAD = "<!-- 由 `gongkai law --write docs/law` 从法规册印出;请改 gongkai/law/book/,不要改这里。 -->\n"


def documents() -> dict[str, str]:
    """Every file of `docs/law/`: name -> Markdown. Same book, same bytes."""
    files = {f"{chapter}.md": document(chapter) for chapter in TITLES}
    return {"README.md": _contents(), **files}


def document(chapter: str) -> str:
    """A whole chapter as one Markdown file."""
    parts = [HEAD, f"# {TITLES[chapter]}\n", _legend(), *(page(chapter, name) for name in book.pages(chapter))]
    return "\n".join(parts)


def page(chapter: str, name: str) -> str:
    """One page of the book as Markdown. Refused `unknown_page` when the book has none of that name."""
    if chapter not in TITLES:
        raise Refused("unknown_chapter", f"法规册没有“{chapter}”这一章;现有:{'、'.join(TITLES)}")
    if name not in book.pages(chapter):
        raise Refused("unknown_page", f"{chapter} 一章没有“{name}”;现有:{'、'.join(book.pages(chapter))}")
    return "\n".join(RENDERERS[chapter](name)).rstrip() + "\n"


def title(chapter: str, name: str) -> str:
    """The Chinese title of a page."""
    stated = book.page(chapter, name).get("title", TITLES[chapter])
    return f"{name}年" if chapter == "calendar" else str(stated)


def _contents() -> str:
    lines = [
        HEAD,
        "# 法规册\n",
        "软件据以计算的规定,逐条注明依据和核对情况。\n",
        _legend(),
        "| 章 | 页数 |",
        "|---|---|",
    ]
    lines += [f"| [{name}]({chapter}.md) | {len(book.pages(chapter))} |" for chapter, name in TITLES.items()]
    return "\n".join(lines) + "\n"


def _legend() -> str:
    marks = ";".join(f"{term.code} {term.zh}" for term in vocabulary.terms("marks").values())
    note = book.page("vocabulary", "marks")["note"]
    return f"核对标记:{marks}。{note}\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    heads = list(heads)
    yield _row(heads)
    yield "|" + "---|" * len(heads)
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _mark(code: str) -> str:
    """The mark as printed; from memory and inferred in bold words, so that nobody takes them for settled."""
    return f"**{code} {vocabulary.term('marks', code).zh}**" if code in WARN else code


def _lines(raw: Mapping[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        if raw.get(name):
            yield f"{raw[name]}\n"


def _calendar(name: str) -> Iterator[str]:
    year = calendar.year(int(name))
    raw = book.page("calendar", name)
    yield f"## {name}年:{raw['workdays']} 个工作日\n"
    yield from _table(
        ("节日", "放假的周一至周五"),
        ((festival, "、".join(_short(days))) for festival, days in raw["weekday_holidays"].items()),
    )
    yield f"调休上班:{'、'.join(_short(sorted(year.makeup)))}\n"
    for notice in raw["notice"]:
        amended = f",改为:{notice['amends']}" if "amends" in notice else ""
        yield f"- 通知(网页日期 {notice['published']},{_mark(notice['mark'])}){amended}:<{notice['url']}>"
    yield ""


def _short(days: Iterable[Any]) -> list[str]:
    return [f"{day.month}月{day.day}日({'一二三四五六日'[day.weekday()]})" for day in days]


def _time_limit(name: str) -> Iterator[str]:
    rule = time_limits.rule(name)
    raw = book.page("time_limits", name)
    aliases = f",又名 {'、'.join(f'`{alias}`' for alias in rule.aliases)}" if rule.aliases else ""
    yield f"## {rule.title} `{rule.id}`\n"
    yield f"{rule.title_en}{aliases}。起算日(不计入):{rule.starts}。适用地区:{rule.jurisdiction}。\n"
    yield from _table(("自", "至", "期限", "依据", "核对", "说明"), (_version(version) for version in rule.versions))
    for version in rule.versions:
        yield from _events(version)
    yield from _lines(raw, "transition", "note")
    yield from _table(("起算日", "事件", "届满日", "说明"), (_example(example) for example in raw["example"]))


def _version(version: Version) -> tuple[object, ...]:
    length = f"{version.limit} {UNITS[version.unit]}".strip()
    length += "" if version.rolls else "(末日不顺延)"
    return version.first, version.last or "今", length, version.cite, _mark(version.mark), version.note


def _events(version: Version) -> Iterator[str]:
    for effect in version.events.values():
        most = f",最多 {effect.limit} {UNITS[version.unit]}" if effect.limit else ""
        basis = f"({effect.cite},{_mark(effect.mark)})"
        yield f"- {version.first} 起,{EVENTS[effect.kind]}(`{effect.kind}`){most}:{effect.note}{basis}"
    if version.events:
        yield ""


def _example(example: Mapping[str, Any]) -> tuple[object, ...]:
    end = example.get("due") or f"拒绝:`{example['refused']}`"
    return example["start"], "、".join(f"`{text}`" for text in example.get("events", ())), end, example.get("note", "")


def _fees(name: str) -> Iterator[str]:
    raw = book.page("fees", name)
    yield f"## {raw['title']} `{name}`\n"
    yield from _lines(raw, "note")
    yield from (_regimes() if name == "regimes" else _tariff(raw))


def _regimes() -> Iterator[str]:
    rows = (_regime(regime) for regime in fees.regimes())
    yield from _table(("自", "至", "制度", "依据", "核对", "说明"), rows)


def _regime(regime: fees.Regime) -> tuple[object, ...]:
    first = regime.first if regime.first > date.min else "—"
    name = f"{regime.name} `{regime.id}`"
    return first, regime.last or "今", name, regime.cite, _mark(regime.mark), regime.note


def _tariff(raw: Mapping[str, Any]) -> Iterator[str]:
    unit = raw["unit"]
    for version in raw["version"]:
        yield f"自 {version['from']} 起,按{raw['scope']}累计;{version['cite']},{_mark(version['mark'])}\n"
        yield from _table((f"至第几{unit}", f"元/{unit}"), (_tier(tier, unit) for tier in version["tier"]))
    marginal = (example.get("marginal", "") for example in raw["example"])
    rows = (
        (example["quantity"], example["total"], last) for example, last in zip(raw["example"], marginal, strict=True)
    )
    yield from _table((unit, "合计(元)", f"最后一{unit}(元)"), rows)


def _tier(tier: Mapping[str, Any], unit: str) -> tuple[object, ...]:
    price = f"{tier['price']},每 {tier['block']} {unit}一档,逐档加 {tier['step']}" if "block" in tier else tier["price"]
    return tier.get("upto", "以上"), price


def _vocabulary(name: str) -> Iterator[str]:
    raw = book.page("vocabulary", name)
    terms = vocabulary.terms(name).values()
    extra = [field for field in FIELD_NAMES if any(field in term.extra for term in terms)]
    yield f"## {raw['title']} `{name}`\n"
    yield from _lines(raw, "note")
    heads = ("代码", "中文", "English", *(FIELD_NAMES[field] for field in extra), "依据", "核对")
    rows = (
        (
            f"`{term.code}`",
            term.zh,
            term.en,
            *(_plain(term.extra.get(field, "")) for field in extra),
            term.cite,
            _mark(term.mark),
        )
        for term in terms
    )
    yield from _table(heads, rows)


def _plain(value: object) -> str:
    return "、".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _report_form(name: str) -> Iterator[str]:
    form = report_forms.load(name)
    last = form.last_year or "今"
    yield f"## {form.title} `{form.id}`\n"
    yield f"{form.title_en}。适用地区:{form.jurisdiction};报告年度:{form.first_year} 至 {last}。依据:{form.cite}。\n"
    doubtful = "memory" in form.verification or "记忆" in form.verification
    yield f"核对情况:{_mark('M') + '。' if doubtful else ''}{form.verification}\n"
    for table in form.tables:
        yield f"### {table.title} `{table.id}`\n"
        yield f"栏:{'、'.join(_column(column) for column in table.columns)}\n"
        yield from _table(("序号", "行", "单位", "代码", "统计口径"), (_form_row(row) for row in table.rows))
    for caveat, text in form.caveats:
        yield f"- {caveat}:{text}"
    if form.caveats:
        yield ""


def _column(column: report_forms.Column) -> str:
    label = column.label.replace("\n", "")
    return f"{label} `{column.counts}`" if column.counts else label


def _form_row(row: report_forms.Row) -> tuple[object, ...]:
    label = "★" * row.star + row.label.rstrip("★")
    return row.no, label, row.unit, f"`{row.id}`", f"`{row.counts}`" if row.counts else ""


def _check(name: str) -> Iterator[str]:
    check = next(check for check in checks.all_checks() if check.id == name)
    basis = f"**{BASES[check.basis]}**" if check.basis == "inference" else BASES[check.basis]
    yield f"## {name} {check.title}\n"
    forms = "全部" if check.forms == checks.EVERY_FORM else "、".join(check.forms)
    yield f"{SEVERITIES[check.severity]};适用格式:{forms}。依据:{basis},{check.cite}。维护:{check.owner}。\n"
    if check.note:
        yield f"{check.note}\n"
    raw = book.page("checks", name)
    yield f"例子:通过 {len(raw.get('passes', ()))} 个,不通过 {len(raw.get('fails', ()))} 个。\n"


def _crosswalk(name: str) -> Iterator[str]:
    forms = book.page("crosswalk", name)["forms"]
    yield f"## {title('crosswalk', name)} `{name}`\n"
    yield "空格表示该格式不统计此项。\n"
    rows = (_concept(crosswalk.series(concept), forms) for concept in crosswalk.concepts())
    yield from _table(("指标", "代码", "可比性", *(f"`{form}`" for form in forms), "说明"), rows)


def _concept(series: crosswalk.Series, forms: Iterable[str]) -> tuple[object, ...]:
    cells = (" + ".join(f"`{ref}`" for ref in series.cells[form]) for form in forms)
    return series.title, f"`{series.id}`", MATCHES[series.match], *cells, series.note


def _phrases(name: str) -> Iterator[str]:
    raw = book.page("phrases", name)
    yield f"## {raw['title']} `{name}`\n"
    yield f"{raw['note']}。依据:{raw['cite']}。\n"
    for field, said in raw.items():
        if field not in ("title", "note", "cite"):
            listed = "、".join(said) if isinstance(said, list) else f"`{said}`"
            yield f"- `{field}`:{listed}"


def _on_one_line(text: str) -> str:
    return text.replace("\t", " ⇥ ").replace("\n", " ⏎ ")


def _screening(name: str) -> Iterator[str]:
    raw = book.page("screening", name)
    yield f"## {raw['title']} `{name}`\n"
    if "detector" in raw:
        graded = f"{SCREENED[raw['kind']]};{SCREENING_SEVERITIES[raw['severity']]}"
        yield f"{graded}。依据:{raw['basis']}({_mark(raw['mark'])})。\n"
    yield from _lines(raw, "note")
    shown = {**raw, "gate": raw.get("gate", ""), "pattern": f"`{raw['pattern']}`" if "pattern" in raw else ""}
    rows = ((SCREENING_FIELDS[field], _plain(shown[field])) for field in SCREENING_FIELDS if shown.get(field))
    yield from _table(("查法", "内容"), rows)
    examples = [
        ("查出", _on_one_line(example["text"]), "、".join(example["found"])) for example in raw.get("fails", ())
    ]
    examples += [("不查出", _on_one_line(example["text"]), "") for example in raw.get("passes", ())]
    if examples:
        yield from _table(("例子", "文字", "查出的部分"), examples)


def _public_document(name: str) -> Iterator[str]:
    raw = book.page("public_documents", name)
    yield f"## {raw['title']} `{name}`\n"
    yield f"{raw['title_en']}。满 {raw['review_months']} 个月没有核对即提醒({_mark(raw['review_mark'])})。\n"
    yield from _lines(raw, "note")
    for version in raw["version"]:
        yield f"自 {version['from']} 至 {version.get('until', '今')},{version['cite']}:\n"
        items = public_documents.demands(name, version["from"]).items
        rows = (
            (item.zh, f"`{item.code}`", "必备" if item.required else "", item.hint, item.cite, _mark(item.mark))
            for item in items
        )
        yield from _table(("事项", "代码", "", "怎么写", "依据", "核对"), rows)


RENDERERS: dict[str, Callable[[str], Iterator[str]]] = {
    "calendar": _calendar,
    "time_limits": _time_limit,
    "fees": _fees,
    "vocabulary": _vocabulary,
    "report_forms": _report_form,
    "checks": _check,
    "crosswalk": _crosswalk,
    "phrases": _phrases,
    "screening": _screening,
    "public_documents": _public_document,
}
