"""A correction is a new version: the old one stays as it was, and what changed is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions as reports
from gongkai.reports import assembling, package, public
from gongkai.reports.differences import differences
from gongkai.reports.models import Figure, Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"
LATER = AT + timedelta(days=30)


@pytest.fixture
def first(report: Report, zhang: Staff) -> Report:
    return cast.published(report, zhang)


@pytest.fixture
def second(first: Report, zhang: Staff) -> Report:
    """A correction of the total, published a month later."""
    opened = reports.correct(first, "漏计两条", by=zhang, at=LATER)
    reports.enter_figure(opened, TOTAL, number(12), "补计两条", source="台账", by=zhang, at=LATER)
    reports.write_section(opened, "六", "公开内容不够全面。明年充实目录。\n补记:漏计两条。", by=zhang, at=LATER)
    return cast.published(opened, zhang, at=LATER)


def stored(report: Report) -> dict[str, Any]:
    """Everything that is kept of a report."""
    return {
        "report": Report.objects.filter(pk=report.pk).values().get(),
        "figures": list(Figure.objects.filter(report=report).order_by("pk").values()),
        "sections": list(report.sections.order_by("pk").values()),
        "files": [(file.format, bytes(file.content)) for file in report.files.order_by("format")],
    }


def test_a_correction_begins_as_what_was_published(first: Report, zhang: Staff) -> None:
    opened = reports.correct(first, "漏计两条", by=zhang, at=LATER)
    assert (opened.version, opened.supersedes, opened.state) == (2, first, "compiled")
    assert not differences(first, opened)
    assert assembling.values(opened) == assembling.values(first)


def test_the_published_version_is_not_touched_by_its_correction(first: Report, zhang: Staff) -> None:
    before = stored(first)
    opened = reports.correct(first, "漏计两条", by=zhang, at=LATER)
    reports.enter_figure(opened, TOTAL, number(12), "补计两条", source="台账", by=zhang, at=LATER)
    cast.published(opened, zhang, at=LATER)
    assert stored(first) == before


def test_the_differences_say_what_changed_from_what_to_what(first: Report, second: Report) -> None:
    found = differences(first, second)
    assert [(one.ref, one.before, one.after) for one in found.figures] == [(TOTAL, number(10), number(12))]
    assert [one.no for one in found.sections] == ["二", "六"]  # the drafted part follows the figure
    assert [(one.kind, one.text) for one in found.sections[1].paragraphs] == [
        ("same", "公开内容不够全面。明年充实目录。"),
        ("added", "补记：漏计两条。"),
    ]


def test_a_correction_says_so_on_paper_and_in_its_package(first: Report, second: Report) -> None:
    page = bytes(second.files.get(format="html").content).decode()
    assert "更正后的第2版" in page
    assert "更正原因：漏计两条。" in page
    assert second.files.get(format="pdf").name.endswith("（第2版）.pdf")
    packed = bytes(second.files.get(format="json").content)
    read = package.parse(packed)
    assert (read.version, read.supersedes, read.correction_reason) == (2, first.digest, "漏计两条")
    assert package.write(read) == packed
    assert b'"version"' not in bytes(first.files.get(format="json").content)


def test_only_the_last_version_is_corrected_and_only_once(first: Report, zhang: Staff) -> None:
    with pytest.raises(Refused, match="原因"):
        reports.correct(first, " ", by=zhang, at=LATER)
    opened = reports.correct(first, "漏计两条", by=zhang, at=LATER)
    with pytest.raises(Refused, match="已有更正版"):
        reports.correct(first, "又漏计", by=zhang, at=LATER)
    with pytest.raises(Refused, match="还没有发布"):
        reports.correct(opened, "又漏计", by=zhang, at=LATER)


def test_a_correction_without_any_difference_is_not_submitted(first: Report, zhang: Staff) -> None:
    opened = reports.correct(first, "漏计两条", by=zhang, at=LATER)
    with pytest.raises(Refused, match="没有任何差别"):
        reports.submit(opened, by=zhang, at=LATER, accepting="演示")


def test_the_public_sees_the_last_version_and_finds_the_old_one(organ: Organ, first: Report, second: Report) -> None:
    assert [report.version for report in public.published()] == [2]
    page = public.report_page(organ.code, 2012)
    assert (page.report.version, page.report.digest) == (2, second.digest)
    old = public.report_page(organ.code, 2012, version=1)
    assert old.report.digest == first.digest
    assert [version.version for version in old.versions] == [1, 2]
    assert public.download(organ.code, 2012, "json", version=1).sha256 == first.digest
    erratum = public.erratum(organ.code, 2012, 2)
    assert erratum.reason == "漏计两条"
    assert [one.ref for one in erratum.differences.figures] == [TOTAL]
    with pytest.raises(Refused, match="更正"):
        public.erratum(organ.code, 2012, 1)


def test_an_open_correction_is_not_public(organ: Organ, first: Report, zhang: Staff) -> None:
    reports.correct(first, "漏计两条", by=zhang, at=LATER)
    assert [report.version for report in public.published()] == [1]
    page = public.report_page(organ.code, 2012)
    assert [version.version for version in page.versions] == [1]
    with pytest.raises(Refused):
        public.erratum(organ.code, 2012, 2)


def test_a_series_takes_the_corrected_figure(organ: Organ, first: Report, second: Report) -> None:
    values = {point.value for one in public.series(organ.code) for point in one.points}
    assert number(12) in values
