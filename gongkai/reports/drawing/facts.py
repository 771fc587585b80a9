"""What a drawing must know besides its figures: whose report it is, for which year, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.reports.periods import YEAR, Period

PROVENANCE_NOTICES = {
    "reconstructed": "本文数据据公布数重建,仅供演示,不是所署机关的发布件。",
    "invented": "本文数据为演示虚构,不反映任何机关的实际情况。",
}
DRAFT_NOTICE = "未发布稿,数字尚未封存。"


@dataclass(frozen=True, slots=True)
class Facts:
    """published_on: None for a report not yet published. provenance: real | reconstructed | invented.

    period_code: as in reports.periods. version: from 2 on a correction of the version published on `corrects_on`, for
    `correction_reason`.
    """

    organ: str
    year: int
    published_on: date | None = None
    provenance: str = "real"
    period_code: str = YEAR
    version: int = 1
    corrects_on: date | None = None
    correction_reason: str = ""

    @property
    def period(self) -> Period:
        """What the figures count."""
        return Period(self.year, self.period_code)

    @property
    def title(self) -> str:
        kind = "年度报告" if self.period.is_year else "统计表"
        return f"{self.organ}{self.period.title}政府信息公开工作{kind}"

    @property
    def file_title(self) -> str:
        """The title as a file's name: a correction stands beside what it corrects."""
        return self.title if self.version == 1 else f"{self.title}（第{self.version}版）"

    @property
    def day(self) -> str:
        """The date of the document as printed (GB/T 9704-2012, 7.3.5.4), or "" before publication."""
        return _printed(self.published_on)

    @property
    def notices(self) -> tuple[str, ...]:
        provenance = PROVENANCE_NOTICES.get(self.provenance, "")
        draft = "" if self.published_on else DRAFT_NOTICE
        return tuple(filter(None, (draft, provenance, self._correction)))

    @property
    def _correction(self) -> str:
        if self.version == 1:
            return ""
        said = f"本件为更正后的第{self.version}版,代替{_printed(self.corrects_on)}发布的第{self.version - 1}版。"
        return f"{said}更正原因:{self.correction_reason.rstrip('。')}。"


def _printed(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
