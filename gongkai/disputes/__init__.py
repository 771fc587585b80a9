"""Complaints, reconsideration and litigation about disclosure."""
