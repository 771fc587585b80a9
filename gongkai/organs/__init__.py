"""Organs and their tree and time-line, posts, staff, roles, leading groups, training."""
