"""What is stored of reports: figures, text, findings and waivers, frozen lists, files; balances, promises, days."""

from gongkai.reports.models.checking import StoredFinding, Waiver
from gongkai.reports.models.openings import OpeningBalance
from gongkai.reports.models.promises import EarlierDay, Promise
from gongkai.reports.models.report import Figure, FrozenList, RenderedFile, Report, Section

__all__ = [
    "EarlierDay",
    "Figure",
    "FrozenList",
    "OpeningBalance",
    "Promise",
    "RenderedFile",
    "Report",
    "Section",
    "StoredFinding",
    "Waiver",
]
