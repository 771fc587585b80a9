"""The report package: figures, findings and versions as JSON, the machine form of a report, out and in. No Django."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.metadata import version
from typing import Any, get_args

from gongkai.law import book
from gongkai.law.findings import Finding, Severity, Verdict
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import ReportForm, load
from gongkai.law.values import KINDS, Value, endless
from gongkai.reports.drawing.marks import column_label
from gongkai.reports.periods import YEAR, Period

ORIGINS = ("counted", "carried", "entered", "form", "read")
DECIMALS = 6  # places behind the point that a figure may have, as where it is stored
CHAPTERS = ("calendar", "checks", "crosswalk", "fees", "phrases", "time_limits", "vocabulary")
SAYS_LITTLE = 400  # characters of JSON that can hold no report


@dataclass(frozen=True, slots=True)
class PackagedFigure:
    """One figure in a package. origin: counted | carried | entered | form, or read (from a document)."""

    value: Value
    origin: str = "read"
    list_digest: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A report as exchanged. figures by ref; sections: resolved text by number; published_on: ISO date or "".

    version: from 2 on a correction; `supersedes` is then the digest of the package that it takes the place of.
    """

    organ: str
    year: int
    form: ReportForm
    figures: Mapping[str, PackagedFigure]
    findings: Sequence[Finding] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    published_on: str = ""
    provenance: str = "real"
    period_code: str = YEAR
    version: int = 1
    supersedes: str = ""
    correction_reason: str = ""

    @property
    def period(self) -> Period:
        """What the figures count."""
        return Period(self.year, self.period_code)

    @property
    def values(self) -> dict[str, Value]:
        """The bare values by ref."""
        return {ref: figure.value for ref, figure in self.figures.items()}


@cache
def versions(form_id: str) -> dict[str, str]:
    """What a report rests on: the program's version, and SHA-256 of its form and of each chapter of the book."""
    found = {"gongkai": version("gongkai"), f"report_forms/{form_id}": _digest([("report_forms", form_id)])}
    for chapter in CHAPTERS:
        if os.path.isdir(os.path.join(book.ROOT, chapter)):
            found[chapter] = _digest((chapter, name) for name in book.pages(chapter))
    return found


def page_digest(chapter: str, name: str) -> str:
    """SHA-256 of one page of the book; "" where there is none."""
    return _digest([(chapter, name)]) if name in book.pages(chapter) else ""


def _digest(pages: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for chapter, name in pages:
        with open(os.path.join(book.ROOT, chapter, f"{name}.toml"), "rb") as file:
            digest.update(f"{chapter}/{name}\n".encode() + file.read())
    return digest.hexdigest()


def as_json(package: Package) -> dict[str, Any]:
    """The package as plain lists, strings and numbers, in the order of the form."""
    form = package.form
    return {
        "organ": package.organ,
        "year": package.year,
        "form": form.id,
        "published_on": package.published_on,
        "provenance": package.provenance,
        **_life(package),
        "figures": [_figure(package, ref) for ref in (cell.ref for cell in form.cells) if ref in package.figures],
        "sections": [{"no": no, "text": text} for no, text in package.sections.items()],
        "findings": [_told(finding) for finding in package.findings],
        # Sorted, because a database may give the keys back in another order than they were stored.
        "versions": dict(sorted(package.versions.items())),
    }


def _life(package: Package) -> dict[str, Any]:
    """What only some reports have: a part of the year, a correction, waived findings. Absent means none of it."""
    found: dict[str, Any] = {} if package.period.is_year else {"period": package.period_code}
    if package.version > 1:
        found["version"], found["supersedes"] = package.version, package.supersedes
        found["correction_reason"] = package.correction_reason
    waived = sum(finding.waived for finding in package.findings)
    return {**found, "waived": waived} if waived else found


def _told(finding: Finding) -> dict[str, Any]:
    return {**finding.as_json(), "waived": True} if finding.waived else finding.as_json()


def write(package: Package) -> bytes:
    """Canonical bytes: the same package gives the same bytes on every machine."""
    return (json.dumps(as_json(package), ensure_ascii=False, indent=1) + "\n").encode()


def _figure(package: Package, ref: str) -> dict[str, Any]:
    figure, cell = package.figures[ref], package.form.cell(ref)
    return {
        "table": cell.table,
        "row": cell.row,
        "row_label": package.form.row(cell.table, cell.row).label,
        "column": cell.column,
        "column_label": column_label(package.form.column(cell.table, cell.column), package.period),
        "value": plain_number(figure.value.number),
        "kind": figure.value.kind,
        "origin": figure.origin,
        "list_digest": figure.list_digest,
    }


def plain_number(value: Decimal | None) -> int | float | None:
    """A JSON number; the fields hold at most six decimals and fourteen digits before them, which a double keeps."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def is_one(data: bytes) -> bool:
    """Whether JSON is meant for a package, sound or not; other programs keep reports in JSON of their own."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return True
    ours = isinstance(raw, dict) and bool({"form", "figures"} & set(raw))
    return ours or len(json.dumps(raw, ensure_ascii=False)) < SAYS_LITTLE


def parse(data: bytes) -> Package:
    """A package read back. Refused with the place of the first fault when it is not one."""
    try:
        raw = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise Refused("not_a_package", f"文件不是合格的 JSON:{fault}") from None
    if not isinstance(raw, dict):
        raise Refused("not_a_package", "数据包应是一个 JSON 对象,含 organ、year、form、figures")
    year = raw.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not MINYEAR <= year <= MAXYEAR:
        raise _fault("year", "应为年份整数")
    form = load(_text(raw, "form"))
    return Package(
        organ=_text(raw, "organ"),
        year=year,
        form=form,
        figures=dict(_figures(form, _list(raw, "figures"))),
        findings=tuple(_finding(one, place) for place, one in enumerate(_list(raw, "findings"))),
        versions={str(name): str(value) for name, value in _mapping(raw, "versions").items()},
        sections={_text(one, "no"): _text(one, "text") for one in _list(raw, "sections")},
        published_on=str(raw.get("published_on") or ""),
        provenance=str(raw.get("provenance") or "real"),
        period_code=Period(year, str(raw.get("period") or YEAR)).code,
        version=_version(raw.get("version", 1)),
        supersedes=str(raw.get("supersedes") or ""),
        correction_reason=str(raw.get("correction_reason") or ""),
    )


def _version(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 1:
        raise _fault("version", "应为从 1 起的整数")
    return raw


def _fault(place: str, said: str) -> Refused:
    return Refused("not_a_package", f"数据包的 {place} {said}")


def _text(raw: Any, name: str) -> str:
    if not isinstance(raw, dict) or not isinstance(raw.get(name), str):
        raise _fault(name, "缺失或不是文字")
    return str(raw[name])


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    found = raw.get(name) or []
    if not isinstance(found, list):
        raise _fault(name, "应为列表")
    return found


def _mapping(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name) or {}
    if not isinstance(found, dict):
        raise _fault(name, "应为对象")
    return found


def _figures(form: ReportForm, raw: list[Any]) -> Iterable[tuple[str, PackagedFigure]]:
    for position, one in enumerate(raw):
        place = f"figures[{position}]"
        ref = ".".join(_text(one, name) for name in ("table", "row", "column"))
        try:
            form.cell(ref)
        except Misprint:
            raise _fault(place, f"指向 {ref},格式 {form.id} 没有这个单元格") from None
        origin = one.get("origin", "read")
        if origin not in ORIGINS:
            raise _fault(place, f"的 origin 应为 {'、'.join(ORIGINS)} 之一")
        yield ref, PackagedFigure(_value(one, place), origin, str(one.get("list_digest") or ""))


def _value(one: Mapping[str, Any], place: str) -> Value:
    kind, raw = one.get("kind"), one.get("value")
    if kind not in KINDS:
        raise _fault(place, f"的 kind 应为 {'、'.join(KINDS)} 之一")
    if (kind == "number") != (raw is not None):
        raise _fault(place, "的 value 与 kind 不符:kind 为 number 时须有数,否则须为 null")
    if raw is None:
        return Value(kind)
    try:
        value = Decimal(raw) if isinstance(raw, int | str | Decimal) and not isinstance(raw, bool) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise _fault(place, f"的 value 不是数:{str(raw)[:40]}")
    if endless(value) or value != round(value, DECIMALS):
        raise _fault(place, "的 value 超过十四位整数或六位小数")
    return Value("number", value)


def _finding(raw: Any, position: int) -> Finding:
    place = f"findings[{position}]"
    verdict, severity = _text(raw, "verdict"), _text(raw, "severity")
    if verdict not in get_args(Verdict) or severity not in get_args(Severity):
        raise _fault(place, f"的 verdict 或 severity 不认识:{verdict}、{severity}")
    cells = tuple(str(cell) for cell in _list(raw, "cells"))
    texts = {name: str(raw.get(name) or "") for name in ("title", "message", "expected", "actual", "basis")}
    waived = raw.get("waived") is True
    return Finding(rule=_text(raw, "rule"), verdict=verdict, severity=severity, cells=cells, waived=waived, **texts)  # type: ignore[arg-type]
