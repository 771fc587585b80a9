"""Excel: write(paper) gives the bytes of a workbook, read(data) gives a Reading with one Grid for each sheet."""

from gongkai.papers.xlsx.reading import read
from gongkai.papers.xlsx.writing import write

__all__ = ["read", "write"]
