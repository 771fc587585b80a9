"""What is already public and completes the picture: items that name the same documents, people, places or numbers.

《保守国家秘密法》(2024)第三十六条: data that say nothing alone may say too much together. Deterministic: names are
taken from the text by their form, and looked for in what is public.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.disclosures.findable import SHELF, key_of
from gongkai.disclosures.models import Version
from gongkai.law.refusal import Refused
from gongkai.search.asking import Question

FORMS = (
    re.compile(r"[\u4e00-\u9fff]{2,8}〔\d{4}〕\d{1,4}号"),  # document numbers
    re.compile(r"《([^《》\n]{4,40})》"),  # titles
    re.compile(r"[\u4e00-\u9fff]{2,12}(?:有限公司|集团|研究所|医院|学校|水库|电厂|基地|仓库|工程|项目)"),
    re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z-]{7,19}(?![0-9A-Za-z])"),  # codes and long numbers
)
MOST_NAMES, MOST_ITEMS = 12, 5


@dataclass(frozen=True, slots=True)
class Related:
    """A name in this text, and the public items that have it too. items: (organ code, number, title); total: of all."""

    name: str
    total: int
    items: tuple[tuple[str, str, str], ...]


def names_in(text: str) -> tuple[str, ...]:
    """Names by their form, in the order in which they first stand, each once; at most MOST_NAMES."""
    found: dict[str, int] = {}
    for form in FORMS:
        for hit in form.finditer(text):
            name = hit.group(hit.lastindex or 0)
            found[name] = min(found.get(name, hit.start()), hit.start())
    return tuple(sorted(found, key=lambda name: found[name])[:MOST_NAMES])


def completing(version: Version) -> tuple[Related, ...]:
    """For each name in the words and files of a version the public items that have it; names that none has left out.

    Empty while the search makes its first index.
    """
    files = version.attachments.values_list("text", flat=True)
    own = key_of(version.item)
    found = []
    for name in names_in("\n".join((version.title, version.summary, version.body, *files))):
        try:
            answer = SHELF.ask(Question(words=name, order="newest", limit=MOST_ITEMS + 1))
        except Refused:
            return ()
        others = [hit.document for hit in answer.hits if hit.id != own]
        total = answer.total - (len(others) < len(answer.hits))
        if others:
            cards = ((*one.id.split("/", 1), one.title) for one in others[:MOST_ITEMS])
            found.append(Related(name, total, tuple((code, number, title) for code, number, title in cards)))
    return tuple(found)
