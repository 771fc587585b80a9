"""Tests of duties, their tasks, what is due, and reminders."""
