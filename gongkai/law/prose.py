"""The window to prose: numbers found, plain text for patterns, and every figure of a report's text as data."""

from gongkai.law.prose_numbers import Number, Plain, numbers, plain_text, within

__all__ = ["Number", "Plain", "numbers", "plain_text", "within"]
