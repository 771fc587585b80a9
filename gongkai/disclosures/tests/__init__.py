"""Tests of the room of disclosures."""
