"""Tests of the room of fees."""
