"""All desks whose open matters follow the calendar, and re-dating them when its pages have changed."""

from __future__ import annotations

from datetime import datetime

from gongkai.disclosures import redating as disclosures
from gongkai.duties import redating as duties
from gongkai.records import redating
from gongkai.records.redating import Dated, Redated

DATED: tuple[Dated, ...] = (disclosures.DATED, duties.DATED)


def keep_up(*, by: str, at: datetime) -> list[Redated]:
    """Re-date when the pages are others than last time; gives what changed, [] when there was nothing to do."""
    return [] if redating.is_current() else redating.redate(DATED, by=by, at=at)
