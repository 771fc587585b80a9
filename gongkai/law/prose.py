"""The window to prose: numbers found, plain text for patterns, and every figure of a report's text as data."""

from gongkai.law.prose_claims import Stated, claims
from gongkai.law.prose_numbers import Number, Plain, numbers, plain_text, within

__all__ = ["Number", "Plain", "Stated", "claims", "numbers", "plain_text", "within"]
