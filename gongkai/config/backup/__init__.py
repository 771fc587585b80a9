"""Backup and restore: the whole installation as one archive with digests, the same for SQLite and PostgreSQL."""
