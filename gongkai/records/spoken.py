"""The product's own words in the reader's language: names of fields, states and acts, choices, terms of the book.

They are kept, exported and entered in the entry book in Chinese; only the doors translate them, by their Chinese.
"""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from gongkai.law.report_forms import ReportForm, load
from gongkai.law.skeletons import Piece
from gongkai.law.typesetting import typeset
from gongkai.law.vocabulary import terms
from gongkai.records.sentences import in_pieces, word_in_english


class Word(str):
    """An own word that stands among what people typed: the label of a choice in a row of a register."""

    __slots__ = ()


def in_english() -> bool:
    """Whether the page is in English; any other language reads the Chinese original."""
    return (get_language() or "").startswith("en")


def said(chinese: object, chapter: str = "") -> str:
    """The word as plain text, for options and attributes; Chinese, in full-width marks, where it is none of ours.

    chapter: of the book, whose translation is taken before all others.
    """
    text = str(chinese)
    return (word_in_english(text, chapter) or text) if text and in_english() else typeset(text)


def word(chinese: object, chapter: str = "") -> SafeString:
    """The word as content of an element; marked as Chinese on an English page where it has no English."""
    text = str(chinese)
    if not text or not in_english():
        return conditional_escape(typeset(text))
    found = word_in_english(text, chapter)
    return conditional_escape(found) if found else _marked(typeset(text))


def sentence(chinese: object, chapter: str = "") -> SafeString:
    """As `word`, with full-width punctuation where it stays Chinese: sentences of the book are kept with half-width."""
    text = str(chinese)
    found = word_in_english(text, chapter) if text and in_english() else ""
    return conditional_escape(found) if found else reported(typeset(text))


def reported(chinese: object, code: str = "") -> SafeString:
    """A refusal, a fault or a finding as content of an element; names and typed words in it stay Chinese, marked.

    code: of a refusal; says in English what is the matter where the sentence itself has no English.
    """
    text = str(chinese)
    if not text or not in_english():
        return conditional_escape(text)
    pieces = in_pieces(text)
    if pieces is None:
        return format_html("{} {}", why_refused(code), told(text)) if code else told(text)
    return format_html_join("", "{}", ((_shown(one),) for one in pieces))


def stated(chinese: object) -> str:
    """As `reported`, in plain text: for attributes and messages."""
    text = str(chinese)
    pieces = in_pieces(text) if text and in_english() else None
    return text if pieces is None else "".join(one.text for one in pieces)


def _shown(one: Piece) -> str:
    return _marked(one.text) if one.kept else one.text


def form_title(form: ReportForm | str) -> str:
    """The title of a statutory form, or of the one with that id; several have the same in Chinese."""
    found = load(form) if isinstance(form, str) else form
    return found.title_en if in_english() else found.title


def why_refused(code: str) -> str:
    """On an English page one sentence about a refusal with this code, to stand before its Chinese words; else ""."""
    if not in_english():
        return ""
    known = terms("refusals").get(code)
    return known.en if known else gettext("这一步没有办成。原因见下面的中文。")


def told(value: object) -> SafeString:
    """A value of a record as content of an element: an own `Word` translated, what was typed marked as Chinese."""
    if isinstance(value, Word):
        return word(value)
    text = str(value)
    return conditional_escape(text) if text.isascii() or not in_english() else _marked(text)


def _marked(text: str) -> SafeString:
    return format_html('<span lang="zh-CN">{}</span>', text)
