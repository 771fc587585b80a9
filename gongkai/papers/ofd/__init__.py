"""OFD (GB/T 33190-2016), the fixed layout of Chinese offices: read(data) gives a Reading for each document."""

from gongkai.papers.ofd.reading import read

__all__ = ["read"]
