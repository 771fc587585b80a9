"""What is stored of reports: figures, text, findings and waivers, frozen lists, files; balances, promises, days."""

from gongkai.reports.models.checking import Acceptance, StoredFinding, Waiver
from gongkai.reports.models.openings import OpeningBalance
from gongkai.reports.models.promises import EarlierDay, Promise
from gongkai.reports.models.report import Figure, FrozenList, RenderedFile, Report, Section

__all__ = [
    "Acceptance",
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
