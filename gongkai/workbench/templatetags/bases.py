"""`{{ figure.basis|basis }}`: what a figure counts, in the reader's language."""

from django import template

from gongkai.workbench import bases

register = template.Library()
register.filter("basis", bases.basis)
