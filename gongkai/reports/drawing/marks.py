"""How single things are printed: a value, the mark of an absent one, the label of a row."""

from __future__ import annotations

import re

from gongkai.law.report_forms import Column, ReportForm, Row, Table
from gongkai.law.values import Value
from gongkai.reports.periods import Period

NUMBER = re.compile(r"^(?P<base>\d+)(?:\((?P<second>\d+)\)(?P<third>[a-z])?(?P<fourth>I{1,3}|IV|V)?)?$")
ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
CIRCLED, BRACKETED = ord("①") - 1, ord("⑴") - 1
FIRST_OF = "其中:"


def absent_mark(form: ReportForm) -> str:
    """What the form prints where there is no figure to give ("-", "——", "/")."""
    return next((mark for mark in form.absent_marks if mark), "-")


def printed(form: ReportForm, value: Value) -> str:
    """A number plain, a blank empty, anything not applicable or not reported as the form's mark."""
    if value.kind in ("number", "blank"):
        return str(value)
    return absent_mark(form)


def depth(row: Row) -> int:
    """How deep the printed number of a list row lies: 1 → 0, 1(1) → 1, 1(1)a → 2, 1(1)aI → 3."""
    found = NUMBER.match(row.no)
    return len([level for level in found.groups() if level]) - 1 if found else 0


def _marker(row: Row) -> str:
    found = NUMBER.match(row.no)
    if not found:
        return row.no
    if found["fourth"]:
        return ROMAN[found["fourth"]]
    if found["third"]:
        return chr(CIRCLED + ord(found["third"]) - ord("a") + 1)
    if found["second"]:
        return chr(BRACKETED + int(found["second"]))
    return f"{found['base']}."


def numbered_label(table: Table, row: Row) -> str:
    """A list row as printed: "1.从事…", "其中:⑴专职…", "⑵兼职…". An only 其中 under a part has no number of its own."""
    rows = table.rows
    before = rows[rows.index(row) - 1] if rows.index(row) else None
    first = before is not None and depth(row) > depth(before)
    siblings = [other for other in rows if other.parent == row.parent and depth(other) == depth(row)]
    parent = next((other for other in rows if other.id == row.parent), None)
    if first and len(siblings) == 1 and parent is not None and parent.role == "part":
        return f"{FIRST_OF}{row.label}"
    return f"{FIRST_OF if first else ''}{_marker(row)}{row.label}"


def column_label(column: Column, period: Period) -> str:
    """The label of a column; a year printed in it becomes the period of the report."""
    return re.sub(r"^\d{4}年", period.title, column.label)
