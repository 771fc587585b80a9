"""The files of a report: one Paper and one package in every format that is given out. No Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.papers import docx, html, pdf, xlsx
from gongkai.papers.paper import Paper

# The page of the portal is kept as a fragment: what was published stays as it was when the program changes.
FRAGMENT = "fragment"
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as given out; `name` is the title of the report with the format's ending."""

    format: str
    name: str
    content: bytes


def render(paper: Paper, package: bytes) -> Iterator[File]:
    """Every format of a report; the same paper and package give the same bytes."""
    yield File(FRAGMENT, f"{paper.title}.fragment", html.write(paper).encode())
    yield File("html", f"{paper.title}.html", html.document(paper).encode())
    yield File("docx", f"{paper.title}.docx", docx.write(paper))
    yield File("pdf", f"{paper.title}.pdf", pdf.write(paper))
    yield File("xlsx", f"{paper.title}.xlsx", xlsx.write(paper))
    yield File("json", f"{paper.title}.json", package)
