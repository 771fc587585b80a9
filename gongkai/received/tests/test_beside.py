"""Reports that came at different times are held beside each other: sums, copies, the same figures; last year's too."""

from __future__ import annotations

import pytest

from gongkai.organs.models import Organ, Staff
from gongkai.received import actions, examining, queries
from gongkai.received.models import Received
from gongkai.received.tests.conftest import CELL, NAME, examined, make_bureau, received, rename
from gongkai.records.models import Entry
from gongkai.reports.checking.opening import open_report
from gongkai.reports.checking.output import Checked
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn

YEAR = drawn.consistent().year
COPIED = {
    **drawn.SECTIONS,
    "一": "今年把学校招生、收费和膳食三类信息逐校上网,家长在手机上一查就知道,来电询问的人少了一半,投诉也随之减少,"
    "下一年准备把校车路线和接送时间也放到网上去,方便家长安排上下班。",
}


def rules(one: Received) -> set[str]:
    """The rules between reports that speak of it."""
    live = one.findings.filter(verdict__in=("fail", "ask"))
    return {row.rule for row in live if row.rule.startswith(("B-", "S-SAME"))}


@pytest.fixture
def others(bureau: Organ, county: Organ) -> Organ:
    return make_bureau("water", "松山县水利局", county)


def test_text_copied_from_a_report_of_another_upload_is_found_in_both(others: Organ, qian: Staff) -> None:
    first = received(qian, ("甲.html", drawn.page(drawn.consistent(7), sections=COPIED)))[0]
    assert rules(first) == set()
    copy = drawn.page(drawn.consistent(9, "松山县水利局"), sections=COPIED)
    second = received(qian, ("乙.html", copy))[0]
    assert rules(second) == {"B-COPY"}
    assert rules(first) == {"B-COPY"}
    assert "甲.html" in second.findings.get(rule="B-COPY").message
    entry = Entry.objects.filter(act="check").latest("seq")
    assert (entry.after["added"], entry.after["gone"]) == (1, 0)


def test_what_was_said_of_a_copy_stays_when_more_reports_come(others: Organ, qian: Staff, li: Staff) -> None:
    first = received(qian, ("甲.html", drawn.page(drawn.consistent(7), sections=COPIED)))[0]
    received(qian, ("乙.html", drawn.page(drawn.consistent(9, "松山县水利局"), sections=COPIED)))
    copy = first.findings.get(rule="B-COPY")
    actions.waive(first, copy.digest, "同一文件的转述", AT.date(), by=li, at=AT)
    received(qian, ("丙.html", drawn.page(drawn.consistent(11, "松山县财政局"))))
    assert first.findings.get(rule="B-COPY").waiver is not None


def test_a_parent_is_held_against_children_that_came_before_or_after(others: Organ, qian: Staff) -> None:
    big, small = drawn.consistent(7, "松山县人民政府"), drawn.consistent(7, NAME)
    child = received(qian, ("教育局.html", drawn.page(drawn.broken(CELL, 500, small))))[0]
    parent = received(qian, ("县.html", drawn.page(big)))[0]
    assert "B-PART" in rules(parent)
    corrected = received(qian, ("教育局二.html", drawn.page(drawn.broken(CELL, -1, small))))[0]
    assert "B-PART" not in rules(Received.objects.get(pk=parent.pk))
    assert "B-TWICE" not in rules(corrected) | rules(child)


def test_the_registered_structure_counts_where_names_do_not_tell(county: Organ, qian: Staff) -> None:
    make_bureau("port", "东港管理处", county)
    received(qian, ("县.html", drawn.page(drawn.consistent(7, "松山县人民政府"))))
    child = drawn.broken(CELL, 500, drawn.consistent(7, "东港管理处"))
    received(qian, ("港.html", drawn.page(child)))
    assert "B-PART" in rules(Received.objects.get(file_name="县.html"))


def test_the_very_same_figures_in_another_upload_are_asked_about(others: Organ, qian: Staff) -> None:
    first = received(qian, ("甲.html", drawn.page(drawn.consistent(7))))[0]
    second = received(qian, ("乙.html", drawn.page(drawn.consistent(7, "松山县水利局"))))[0]
    assert "S-SAME-01" in rules(first) & rules(second)


def test_checked_anew_a_report_is_held_beside_what_came_since(others: Organ, qian: Staff) -> None:
    first = received(qian, ("甲.html", drawn.page(drawn.consistent(7), sections=COPIED)))[0]
    received(qian, ("乙.html", drawn.page(drawn.consistent(9, "松山县水利局"), sections=COPIED)))
    first.findings.filter(rule="B-COPY").delete()
    actions.check(first, examining.examine_again(first, bytes(first.content)), by=qian, at=AT)
    assert rules(first) == {"B-COPY"}


def test_last_years_report_is_found_under_an_earlier_name_of_the_organ(bureau: Organ, qian: Staff) -> None:
    received(qian, ("前.html", drawn.page(drawn.consistent(7), YEAR - 1)))
    rename(bureau, "松山县教体局")
    Received.objects.update(organ=bureau)
    found = open_report("后.html", drawn.page(drawn.consistent(7, "松山县教体局"), YEAR))
    before = examining.earlier(qian.organ, Checked("后.html", "", found), queries.known_organs(qian.organ))
    assert before == Received.objects.get()


def test_that_a_report_came_twice_is_still_told_when_more_reports_come(others: Organ, qian: Staff) -> None:
    pages = [drawn.page(drawn.consistent(seed)) for seed in (7, 8)]
    twice = examined(qian, ("甲.html", pages[0]), ("乙.html", pages[1]))
    before = {one.pk: rules(one) for one in twice}
    received(qian, ("丙.html", drawn.page(drawn.consistent(9, "松山县水利局"))))
    assert {one.pk: rules(one) for one in twice} == before
    assert any("B-TWICE" in found for found in before.values())
