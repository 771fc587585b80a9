"""Journeys through the doors: what a reader and a clerk do, over HTTP and in a real browser."""
