"""Two who edit the same text or figure: the second is told and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.reports import actions as reports
from gongkai.reports.models import Figure, Report, Section
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"


def test_a_text_changed_since_it_was_read_is_not_overwritten(report: Report, zhang: Staff) -> None:
    seen = report.sections.get(no="六").revision
    reports.write_section(report, "六", "甲的改动。", by=zhang, at=AT, seen=seen)
    with pytest.raises(Refused, match="别人已经改过") as refused:
        reports.write_section(report, "六", "乙的改动。", by=zhang, at=AT, seen=seen)
    assert refused.value.code == "changed_meanwhile"
    assert report.sections.get(no="六").text == "甲的改动。"
    reports.write_section(report, "六", "甲乙合成。", by=zhang, at=AT, seen=seen + 1)


def test_compiling_counts_as_a_change_where_it_changed_something(organ: Organ, report: Report, zhang: Staff) -> None:
    seen = Figure.objects.get(report=report, row="disclosed_total", column="year").revision
    reports.compile(report, by=zhang, at=AT)
    reports.enter_figure(report, TOTAL, number(11), "核对", source="台账", by=zhang, at=AT, seen=seen)
    cast.disclosures(organ, 2012, public_funds=1)
    reports.compile(report, by=zhang, at=AT)
    with pytest.raises(Refused, match="别人已经改过"):
        reports.enter_figure(report, TOTAL, number(12), "核对", source="台账", by=zhang, at=AT, seen=seen + 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_the_same_text_at_once_one_wins(transactional_db: None) -> None:
    organ = cast.bureau()
    zhang = cast.zhang(organ)
    report = reports.create(organ, 2012, by=zhang, at=AT)
    together = Barrier(8)

    def save(place: int) -> str:
        mine = Report.objects.select_related("organ").get(pk=report.pk)
        together.wait()
        try:
            reports.write_section(mine, "六", f"第{place}人。", by=zhang, at=AT, seen=1)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(save, range(8)))
    assert outcomes == [*["changed_meanwhile"] * 7, "won"]
    assert Section.objects.get(report=report, no="六").revision == 2
    assert entries.verify() == []
