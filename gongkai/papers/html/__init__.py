"""HTML: write(paper) gives a fragment for a page, document(paper) a file of its own; read(data) gives a Reading."""

from gongkai.papers.html.reading import read
from gongkai.papers.html.writing import STYLES, Flag, Link, document, write

__all__ = ["STYLES", "Flag", "Link", "document", "read", "write"]
