"""Checking anyone's report: one file or a folder of thousands, in processes kept within limits. No Django."""
