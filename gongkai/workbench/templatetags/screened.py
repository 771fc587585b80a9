"""What screening found, in words: rule and place by their Chinese names instead of the codes that are stored."""

from django import template

from gongkai.disclosures.digests import place_title
from gongkai.disclosures.looking import rule_title

register = template.Library()
register.filter("rule_title", rule_title)
register.filter("place_title", place_title)
