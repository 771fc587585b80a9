"""Tests of the law: its pages, calendars, clocks and checks."""
