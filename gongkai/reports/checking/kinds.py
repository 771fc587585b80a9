"""Which files may be offered to be checked, by suffix; their content decides how each is read."""

from __future__ import annotations

SUFFIXES = (
    "html", "htm", "mht", "mhtml", "docx", "doc", "wps", "rtf", "pdf", "ofd", "txt", "text", "md", "markdown", "xlsx",
    "xls", "json",
)  # fmt: skip
