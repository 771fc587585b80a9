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


def render(paper: Paper, package: bytes, name: str = "") -> Iterator[File]:
    """Every format of a report; the same paper and package give the same bytes. name: of the files, else the title."""
    name = name or paper.title
    yield File(FRAGMENT, f"{name}.fragment", html.write(paper).encode())
    yield File("html", f"{name}.html", html.document(paper).encode())
    yield File("docx", f"{name}.docx", docx.write(paper))
    yield File("pdf", f"{name}.pdf", pdf.write(paper))
    yield File("xlsx", f"{name}.xlsx", xlsx.write(paper))
    yield File("json", f"{name}.json", package)
