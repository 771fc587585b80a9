"""The two kinds of page."""
