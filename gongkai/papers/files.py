"""Files by their kind: read(name, data) and write(suffix, paper), whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.papers.paper import Paper
from gongkai.papers.reading import Reading
from gongkai.papers.unreadable import Unreadable

MEDIA_TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
}
_READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "html": html.read,
    "htm": html.read,
    "docx": docx.read,
    "pdf": pdf.read,
    "xlsx": xlsx.read,
    "txt": text.read,
}
_WRITERS: Mapping[str, Callable[[Paper], bytes]] = {
    "html": lambda paper: html.document(paper).encode("utf-8"),
    "docx": docx.write,
    "pdf": pdf.write,
    "xlsx": xlsx.write,
    "txt": lambda paper: text.write(paper).encode("utf-8"),
}
FORMATS = tuple(_WRITERS)


def read(name: str, data: bytes) -> Reading:
    """Read a file by its name (`年报.pdf`) or suffix (`pdf`). Raises Unreadable, `unknown_kind` for other kinds."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in _READERS:
        raise Unreadable("unknown_kind", "只能读取 html、docx、pdf、xlsx、txt 文件。请另存为其中一种后再上传。")
    return _READERS[suffix](data)


def write(suffix: str, paper: Paper) -> bytes:
    """A paper as a file of its own, in one of FORMATS; media types are in MEDIA_TYPES."""
    return _WRITERS[suffix](paper)
