"""Tests of the room of records."""
