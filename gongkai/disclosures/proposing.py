"""What a document says about itself, read off its text: title, number, day. Proposals, which the drafter corrects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gongkai.law import numerals
from gongkai.law.refusal import Refused

HEAD, TAIL = 30, 40  # lines in which the head and the signature of a document stand
LONGEST_LINE = 500  # characters of a line that are looked at: no title, number or day needs more
LEAST_TITLE = 8  # characters of a file's name that can be a title; shorter ones are words such as 通知, 附件1
LONGEST_BODY = 100_000  # characters; a longer text is read in the file, and its body is written by hand
_NUMBER = re.compile(r"[一-鿿]{2,20}[〔\[［﹝(（【]\s*\d{4}\s*[〕\]］﹞)）】]\s*(?:第)?\s*\d{1,5}\s*号")
_DIGITS = "0-9０-９〇○零一二三四五六七八九十"
_DAY = re.compile(rf"([{_DIGITS}]{{4}})\s*年\s*([{_DIGITS}]{{1,3}})\s*月\s*([{_DIGITS}]{{1,3}})\s*日")
_ENDS = re.compile(
    r"(?:通知|通告|公告|决定|意见|办法|规定|细则|方案|规划|计划|报告|批复|函|通报|公报|目录|清单|总结|指南|制度|条例|纪要)"
    r"(?:[（(].{1,20}[）)])?$"
)


def proposed(text: str, name: str) -> dict[str, str]:
    """title, document_number, made_on and body of a new draft; "" where the text does not say it.

    name: that of the file, the title where nothing in the text looks like one. made_on: the last day that stands on a
    line of its own, as below a signature.
    """
    lines = [" ".join(line.split())[:LONGEST_LINE] for line in text.splitlines() if line.strip()]
    number = next((found.group() for line in lines[:HEAD] if (found := _NUMBER.search(line))), "")
    day = next((day for line in reversed(lines[-TAIL:]) if (day := _day_alone(line))), None)
    return {
        "title": _title(lines, name)[:300], "document_number": "".join(number.split()),
        "made_on": day.isoformat() if day else "", "body": text.strip() if len(text) <= LONGEST_BODY else "",
    }  # fmt: skip


def _title(lines: Sequence[str], name: str) -> str:
    """The first lines that end like the title of a document, joined from where they begin; else the file's name."""
    stem = name.rpartition(".")[0] or name
    squeezed = "".join(stem.split())
    if len(squeezed) >= LEAST_TITLE and squeezed in "".join("".join(line.split()) for line in lines[:HEAD]):
        return stem
    for place, line in enumerate(lines[:HEAD]):
        if _ENDS.search(line) and len(line) <= 120 and not _NUMBER.fullmatch(line):
            above = lines[place - 1] if place else ""
            begun_above = "关于" not in line and "关于" in above and len(above) <= 60
            return above + line if begun_above else line
    return stem


def _day_alone(line: str) -> date | None:
    found = _DAY.fullmatch(line.replace(" ", ""))
    if found is None:
        return None
    try:
        year, month, day = (int(numerals.parse(part)) for part in found.groups())
        return date(year, month, day)
    except (Refused, ValueError):
        return None
