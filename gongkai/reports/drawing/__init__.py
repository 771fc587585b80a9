"""Draws an annual report in its official layout: form, figures, sections and facts become one Paper. No Django."""

from gongkai.reports.drawing.facts import Facts
from gongkai.reports.drawing.report import PREAMBLE, draw, table_blocks

__all__ = ["PREAMBLE", "Facts", "draw", "table_blocks"]
