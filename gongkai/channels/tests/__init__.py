"""Tests of the room of channels."""
