"""PDF: write(paper) gives bytes, missing_glyphs(paper) what no font can print, read(data) a Reading."""

from gongkai.papers.pdf.reading import read
from gongkai.papers.pdf.writing import missing_glyphs, write

__all__ = ["missing_glyphs", "read", "write"]
