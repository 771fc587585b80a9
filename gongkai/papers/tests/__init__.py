"""Tests of the room of papers."""
