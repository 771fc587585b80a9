"""Tests of the room of disputes."""
