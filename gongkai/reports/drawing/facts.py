"""What a drawing must know besides its figures: whose report it is, for which year, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROVENANCE_NOTICES = {
    "reconstructed": "本文数据据公布数重建,仅供演示,不是所署机关的发布件。",
    "invented": "本文数据为演示虚构,不反映任何机关的实际情况。",
}
DRAFT_NOTICE = "未发布稿,数字尚未封存。"


@dataclass(frozen=True, slots=True)
class Facts:
    """published_on: None for a report not yet published. provenance: real | reconstructed | invented."""

    organ: str
    year: int
    published_on: date | None = None
    provenance: str = "real"

    @property
    def title(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"

    @property
    def day(self) -> str:
        """The date of the document as printed (GB/T 9704-2012, 7.3.5.4), or "" before publication."""
        day = self.published_on
        return f"{day.year}年{day.month}月{day.day}日" if day else ""

    @property
    def notices(self) -> tuple[str, ...]:
        draft = () if self.published_on else (DRAFT_NOTICE,)
        provenance = PROVENANCE_NOTICES.get(self.provenance)
        return (*draft, provenance) if provenance else draft
