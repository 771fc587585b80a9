"""Tests of this door, over HTTP."""
