"""Tests of the desk of comments."""
