"""Every Chinese sentence of the screens has its English, and the compiled catalogue is the one in the repository."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from gongkai.law.english import english as book_english
from gongkai.law.skeletons import Skeletons, skeleton
from gongkai.records.sentences import pairs
from tests.own_sentences import sentences
from tests.own_words import labels

PACKAGE = Path(__file__).resolve().parents[1] / "gongkai"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES"
CALLS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]\s?[\u4e00-\u9fff“《（]")
QUOTED = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n|p)?gettext\({QUOTED}(?:,\s*{QUOTED})?")
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def in_python(path: Path) -> Iterator[str]:
    """The first string of every translating call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            said = node.args[1 if node.func.id == "pgettext" else 0]
            if isinstance(said, ast.Constant):  # else a variable: its words are marked where they stand
                yield str(said.value)


def in_template(path: Path) -> Iterator[str]:
    """What Django itself finds to translate in a template."""
    for kind, first, second in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
        yield str(ast.literal_eval(second if kind == "p" else first))


@cache
def screens() -> frozenset[str]:
    """Every message of the product."""
    sources = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]
    in_templates = {text for path in TEMPLATES for text in in_template(path)}
    return frozenset(in_templates | {text for path in sources for text in in_python(path)})


def english() -> dict[str, tuple[str, ...]]:
    """Chinese message -> its English (singular and plural where it has both)."""
    with (CATALOGUE / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            chinese = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
            found[chinese] = tuple(form or "" for form in forms)
    return found


def test_every_message_has_its_english() -> None:
    known = english()
    found = screens()
    assert len(found) > 200, "the search for messages finds too few to be right"
    assert not sorted(text for text in found if not all(known.get(text, ("",))))


def test_every_label_has_its_english() -> None:
    known = english()
    assert not sorted(text for text in labels() if not (all(known.get(text, ("",))) or book_english(text)))


NAMED = re.compile("〔〕|《|》|“年”")


def holes(text: str) -> list[str]:
    """The names of the holes of a sentence."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def test_every_refusal_and_finding_has_its_english_with_the_same_holes() -> None:
    """A new sentence is missing here: add it, with its English, to the page of its room in locale/en/sentences/."""
    known, words, found = pairs(), english(), sentences()
    assert len(found) > 600, "the search for sentences finds too few to be right"
    missing = {one: room for one, room in found.items() if not (one in known or words.get(one) or book_english(one))}
    assert not missing
    assert not sorted(set(known) - set(found)), "English of sentences that nobody says any more"
    assert not [
        one for one, said in known.items() if set(holes(one)) != set(holes(said)) or CHINESE.search(NAMED.sub("", said))
    ]


def test_no_sentence_is_taken_for_another() -> None:
    known = pairs()
    every = Skeletons(known, lambda word: "")
    for one, said in known.items():
        made = skeleton(one, said)
        filled = "".join(f"{literal}甲{place}" for place, literal in enumerate(made.literals[:-1])) + made.literals[-1]
        assert every.matching(filled)[0].said == made.said, one


def test_chinese_is_typeset_with_full_width_marks() -> None:
    assert not sorted(text for text in screens() if HALF_WIDTH.search(text))


def test_english_has_no_chinese_left_and_the_same_placeholders() -> None:
    for chinese, forms in english().items():
        for form in forms:
            assert not CHINESE.search(re.sub(r'lang=\\?"zh-CN\\?"', "", form)), form
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(chinese)), form


def test_no_english_is_kept_for_messages_that_are_gone() -> None:
    assert not sorted(set(english()) - screens() - labels())


def test_the_compiled_catalogue_is_up_to_date() -> None:
    buffer = io.BytesIO()
    with (CATALOGUE / "django.po").open("rb") as file:
        write_mo(buffer, read_po(file, locale="en"))
    buffer.seek(0)
    fresh = gettext.GNUTranslations(buffer)
    with (CATALOGUE / "django.mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    assert vars(fresh)["_catalog"] == vars(kept)["_catalog"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_says_chinese_outside_translation_and_marked_content(path: Path) -> None:
    """Chinese stands in a translated message or inside an element with lang="zh-CN", never bare."""
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}|\{%.*?%\}", "", text, flags=re.S)
    text = re.sub(r"<(\w+)[^>]*\blang=\"zh-CN\"[^>]*>.*?</\1>", "", text, flags=re.S)
    assert not CHINESE.search(text)
