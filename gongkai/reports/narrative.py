"""The narrative drafted from facts only: our sentences, each figure a reference, nothing invented. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Template

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import ReportForm
from gongkai.reports.references import REFERENCE, Figures, refs_in
from gongkai.reports.wording import Passage, Sentence, passages

# Words that claim a cause. A sentence with one must quote a figure, behind which the records stand.
CAUSAL = ("主要原因", "得益于", "归功于", "归因于", "原因在于", "根源在于", "之所以", "受益于")
NUMERALS = "一二三四五六七八九十"
_SENTENCES = re.compile(r"[^。!?\n]+[。!?]?")


def draft(form: ReportForm, figures: Figures, facts: Mapping[str, str]) -> dict[str, str]:
    """Text by section number, with references in place of figures; a section of which nothing is known is absent.

    facts: organ, year, and what else the sentences name with `$`.
    """
    drafted: dict[str, list[str]] = {}
    for passage in passages(form.id):
        said = _passage(form, passage, figures, facts)
        if said:
            paragraphs = drafted.setdefault(passage.section, [])
            paragraphs.append(_lead(passage, paragraphs) + said)
    return {no: "\n".join(paragraphs) for no, paragraphs in drafted.items()}


def require_grounds(text: str) -> None:
    """Refused when a sentence claims a cause and quotes no figure to stand on."""
    for sentence in _SENTENCES.findall(text):
        word = next((word for word in CAUSAL if word in sentence), None)
        if word and not REFERENCE.search(sentence):
            raise Refused(
                "cause_without_record",
                f"“{sentence.strip()}”用了“{word}”,但没有引用任何数字;请在同一句中引用可以查到记录的数字,或改为只陈述事实",
            )


def _lead(passage: Passage, before: Iterable[str]) -> str:
    if not passage.lead:
        return ""
    numbered = sum(1 for paragraph in before if paragraph.startswith("("))
    return f"({NUMERALS[numbered]}){passage.lead}"


def _passage(form: ReportForm, passage: Passage, figures: Figures, facts: Mapping[str, str]) -> str:
    return "".join(_said(form, sentence, figures, facts) for sentence in passage.sentences)


def _said(form: ReportForm, sentence: Sentence, figures: Figures, facts: Mapping[str, str]) -> str:
    if not _may_be_said(form, sentence, figures):
        return ""
    text = Template(sentence.text).substitute(facts)
    if not sentence.parts:
        return text
    parts = [said for part in sentence.parts if (said := _said(form, part, figures, facts))]
    return f"{text}{';'.join(parts)}。" if parts else ""


def _may_be_said(form: ReportForm, sentence: Sentence, figures: Figures) -> bool:
    def amount(ref: str) -> object:
        value = figures.get(form.cell(ref).ref)
        return None if value is None else value.number

    if any(amount(ref) is None for ref in refs_in(form, sentence.text)):
        return False
    if sentence.some and not any(amount(ref) for ref in sentence.some):
        return False
    return all(amount(ref) == 0 for ref in sentence.none)
