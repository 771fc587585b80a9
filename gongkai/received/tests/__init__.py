"""Tests of received reports."""
