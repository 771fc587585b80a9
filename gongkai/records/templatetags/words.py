"""`{{ label|word }}`: the product's own words in the reader's language. Every template has these filters unasked."""

from django import template

from gongkai.records import spoken

register = template.Library()
register.filter("word", spoken.word)
register.filter("said", spoken.said)
register.filter("sentence", spoken.sentence)
register.filter("told", spoken.told)
register.filter("form_title", spoken.form_title)
register.filter("why_refused", spoken.why_refused)
