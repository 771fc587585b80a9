"""What a figure counts (统计口径), kept as one line in Chinese, in the reader's language."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gongkai.records.spoken import in_english, sentence, told, word

# As reports.counting.basis_of writes it.
LINE = re.compile(
    r"(?:截至(?P<as_of>[\d-]+)的期初余额(?P<opening>[^(]+)\((?P<source>.*)\),加:)?"
    r"(?P<title>.+),(?:(?P<first>[\d-]+)至(?P<last>[\d-]+)|(?P<on>[\d-]+)当日|截至(?P<until>[\d-]+))"
)


def basis(line: object) -> SafeString:
    """The line; in English its measure and days in words, and where its opening balance was taken from as typed."""
    found = LINE.fullmatch(str(line))
    if found is None or not in_english():
        return sentence(line)
    opening = SafeString("")
    if found["opening"]:
        said = gettext("截至 %(day)s 的期初余额 %(value)s") % {"day": found["as_of"], "value": found["opening"]}
        opening = format_html("{} ({}), {} ", said, told(found["source"]), gettext("加"))
    return format_html("{}{}, {}", opening, word(found["title"]), _days(found))


def _days(found: re.Match[str]) -> str:
    if found["first"]:
        return gettext("%(first)s 至 %(last)s") % {"first": found["first"], "last": found["last"]}
    if found["on"]:
        return gettext("%(day)s 当日") % {"day": found["on"]}
    return gettext("截至 %(day)s") % {"day": found["until"]}
