"""Tests of the room of reports."""
