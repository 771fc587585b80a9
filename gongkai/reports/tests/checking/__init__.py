"""Tests of checking: drawn reports, folders, workers, certificates."""
