"""Tests of the guide and the rules."""
