"""Which engine is used: the embedded one where it is installed, else the one that comes with Python."""

from __future__ import annotations

import importlib
import importlib.util

from django.conf import settings

from gongkai.search.engine import Maker

ENGINES = {"tantivy": "gongkai.search.embedded", "fts5": "gongkai.search.fallback"}


def chosen() -> str:
    """GONGKAI_SEARCH when it is set; else tantivy, or fts5 where there is no tantivy for this machine."""
    if settings.GONGKAI_SEARCH in ENGINES:
        return str(settings.GONGKAI_SEARCH)
    return "tantivy" if importlib.util.find_spec("tantivy") else "fts5"


def maker(name: str) -> Maker:
    """What opens an index of that engine; ImportError when it is not installed."""
    opened: Maker = importlib.import_module(ENGINES[name]).Index
    return opened
