"""Tests that go through the doors or look at the house as a whole."""
