"""Tests of reading anyone's report."""
