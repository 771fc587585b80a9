"""Tests of the room of organs."""
