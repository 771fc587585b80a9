"""What is wrong with a form: said beside each field, and summed up at the head of the page with a link to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.law.refusal import Refused
from gongkai.records.spoken import reported
from gongkai.workbench.refusals import plain, written

register = template.Library()
TOLD = "faults_told"
LONGEST = 200  # characters of a sentence at the head of the page


@dataclass(frozen=True, slots=True)
class Told:
    """A fault said beside a field. field: its id.

    label: the name of the field, where the sentence does not tell which it is.
    """

    field: str
    sentence: str
    label: str = ""

    @property
    def short(self) -> str:
        """The sentence for the head of the page, where what was typed is not repeated whole."""
        return shortened(self.sentence)


def shortened(sentence: str) -> str:
    """A sentence that repeats a very long text: its beginning, and its end, which says what to do."""
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST // 2]}…{sentence[-LONGEST // 2 :]}"


def _note(context: Context, said: Told) -> None:
    told = context.get(TOLD)
    if isinstance(told, list):  # a piece of a page may be drawn alone
        told.append(said)


@register.filter
def same(one: object, other: object) -> bool:
    """Whether both are the same text: for the arguments of an include, which take no comparison."""
    return one == other


@register.simple_tag(takes_context=True)
def fault(context: Context, field: str, sentence: str, label: str = "") -> SafeString | str:
    """The sentence beside the field with that id; "" where nothing is wrong. label: if it names no field."""
    if not sentence:
        return ""
    _note(context, Told(field, sentence, label=label))
    return format_html('<span class="fault" id="{}-fault">{}</span>', field, reported(sentence))


@register.simple_tag(takes_context=True)
def beside(context: Context, name: str, field: str = "") -> SafeString | str:
    """What the refusal of the page says about the field of that name. field: its id, where that differs."""
    return fault(context, field or name, _faults(context).get(name, ""))


@register.simple_tag(takes_context=True)
def faults_of(context: Context, field: BoundField) -> SafeString:
    """The sentences beside a field of a Django form."""
    for sentence in field.errors:
        _note(context, Told(field.id_for_label, str(sentence), str(field.label)))
    sentences = format_html_join(" ", "{}", ((reported(sentence),) for sentence in field.errors))
    return format_html('<span class="fault" id="{}_error">{}</span>', field.auto_id, sentences)


def _attributes(field: str, wrong: str, hint: str) -> SafeString:
    described = " ".join([*([hint] if hint else []), *([f"{field}-fault"] if wrong else [])])
    attributes = format_html(' aria-describedby="{}"', described) if described else SafeString("")
    return attributes + SafeString(' aria-invalid="true"') if wrong else attributes


@register.simple_tag
def marks(field: str, wrong: str, hint: str = "") -> SafeString:
    """The attributes of a field: what describes it, and whether something is wrong. hint: the sentence, if any."""
    return _attributes(field, wrong, f"{field}-hint" if hint else "")


@register.simple_tag(takes_context=True)
def marked(context: Context, name: str, hint: str = "", field: str = "") -> SafeString:
    """The same for the field of that name, by the refusal of the page. hint: the id of the hint, where there is one."""
    return _attributes(field or name, _faults(context).get(name, ""), hint)


def _faults(context: Context) -> Mapping[str, str]:
    refused = context.get("refused")
    return refused.faults if isinstance(refused, Refused) else {}


@register.tag
def faults(parser: Parser, token: Token) -> SummedUp:
    """`{% faults %}…{% endfaults %}` around a page: the summary first, with a link to each field that says a fault."""
    inside = parser.parse(("endfaults",))
    parser.delete_first_token()
    return SummedUp(inside)


class SummedUp(template.Node):
    """The page first, since only then it is known which fields have said something; what is left over is said alone."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        told: list[Told] = []
        with context.push(**{TOLD: told}):
            page = self.nodelist.render(context)
        beside_fields = {one.sentence for one in told}
        rest = [sentence for sentence in _faults(context).values() if sentence not in beside_fields]
        if not told and not rest:
            return page
        lines = plain(page)
        gone = [text for text in written(context["request"]) if conditional_escape(text) not in lines]
        summary: dict[str, Any] = {"told": told, "rest": rest, "gone": gone, "refused": context.get("refused")}
        return SafeString(render_to_string("faults.html", summary) + page)
