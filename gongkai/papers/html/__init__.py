"""HTML: write(paper) gives a fragment for a page, document(paper) a file of its own; read(data) gives a Reading."""

from gongkai.papers.html.reading import read
from gongkai.papers.html.writing import STYLES, document, write

__all__ = ["STYLES", "document", "read", "write"]
