"""`{{ label|word }}`: the product's own words in the reader's language. Every template has these filters unasked."""

from django import template

from gongkai.records import spoken

register = template.Library()
register.filter("word", spoken.word)
register.filter("said", spoken.said)
register.filter("sentence", spoken.sentence)
register.filter("reported", spoken.reported)
register.filter("stated", spoken.stated)
register.filter("told", spoken.told)
register.filter("form_title", spoken.form_title)
