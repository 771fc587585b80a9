"""A received report held against the registers of its organ, where the organ is in this installation."""

from __future__ import annotations

from gongkai.law.refusal import Refused
from gongkai.received.models import Received
from gongkai.reports.checking.judging import form_for
from gongkai.reports.checking.keeping import kept
from gongkai.reports.holding import Told
from gongkai.reports.periods import Period


def told(received: Received) -> Told:
    """What the report says, to be held against the registers of its organ: of another organ's only those that are
    public. Refused where the file was not read, its year is not known, or it is nobody's here.
    """
    if received.reading is None:
        raise Refused("unreadable", received.refused or "文件已删除，没有内容可对照")
    if received.organ is None:
        raise Refused("whose", "还不知道这是哪个机关的报告；请先指明报告机关，再与登记簿对照")
    if not received.year:
        raise Refused("no_year", "没有认出报告年度，不能与登记簿对照")
    report = kept(received.reading)
    return Told(
        received.organ, report.form or form_for(received.year), Period(received.year), report.figures(),
        report.sections, everything=received.organ_id == received.keeper_id,
    )  # fmt: skip
