"""`{{ sentence|typeset }}`: a sentence of the book in full-width punctuation."""

from django import template

from gongkai.law.typesetting import typeset as set_in_chinese

register = template.Library()


@register.filter
def typeset(sentence: object) -> str:
    """Chinese punctuation next to Chinese text; still escaped by the template."""
    return set_in_chinese(str(sentence))
