"""Word: write(paper) gives the bytes of a docx in official layout, read(data) gives a Reading."""

from gongkai.papers.docx.reading import read
from gongkai.papers.docx.writing import write

__all__ = ["read", "write"]
