"""The demonstration compiled: 2012 exactly as printed, with the errors of the original; later years sound."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongkai.channels.models import Posting, SiteVisits
from gongkai.demonstration import items, people
from gongkai.demonstration.steps import Step, report_of, years
from gongkai.demonstration.tests.annex_2012 import PRINTED, STARRED
from gongkai.disclosures import queries
from gongkai.disclosures.models import ScreeningFinding
from gongkai.law.findings import Finding
from gongkai.organs.models import Organ
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.reports import assembling
from gongkai.reports.differences import differences
from gongkai.reports.models import Promise, Report
from gongkai.supervision import queries as supervision
from gongkai.workbench import todo
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.registers import own_rows

TRANSCRIBED = Path(__file__).parents[4] / "shared/law/forms/jilin_city_2012.toml"
LATER = years()[1:]

# The mark also makes pytest-django set up the test database, before the fixture of the wider scope asks for it.
# One worker, so that the demonstration is made once.
pytestmark = [
    pytest.mark.usefixtures("demonstration"), pytest.mark.django_db, pytest.mark.xdist_group("demonstration"),
]  # fmt: skip


def published(year: int) -> Report:
    report = report_of(year)
    assert report is not None
    assert report.state == "published"
    return report


def findings(year: int) -> list[Finding]:
    return list(assembling.stored_findings(published(year)))


def only(year: int, rule: str) -> list[Finding]:
    return [finding for finding in findings(year) if finding.rule == rule]


def printed(year: int) -> dict[str, str]:
    """Every figure of the annex as printed, "-" for any of the three nothings."""
    return {figure.ref: str(figure.printed) or "-" for figure in published(year).figures.all()}


def test_the_2012_annex_is_as_printed_in_all_54_rows_and_both_columns() -> None:
    figures = printed(2012)
    assert len(PRINTED) == 54
    expected: dict[str, str] = {}
    for row, (cumulative, year) in PRINTED.items():
        expected |= {f"annex.{row}.cumulative": str(cumulative), f"annex.{row}.year": str(year)}
    assert figures == expected


@pytest.mark.skipif(not TRANSCRIBED.exists(), reason=f"the transcribed form is not here: {TRANSCRIBED}")
def test_our_table_of_printed_values_is_the_transcribed_one() -> None:
    rows = tomllib.loads(TRANSCRIBED.read_text(encoding="utf-8"))["row"]
    assert {row["id"]: (row["seed_cumulative"], row["seed_year"]) for row in rows} == PRINTED
    assert {row["id"] for row in rows if row["star"]} == STARRED


def test_a_dash_tells_whether_the_row_is_reserved_or_a_stock() -> None:
    kinds = {figure.ref: figure.kind for figure in published(2012).figures.all() if figure.kind != "number"}
    stocks = {f"annex.staff_{which}.cumulative": "not_applicable" for which in ("total", "full_time", "part_time")}
    reserved = {f"annex.{row}.{column}": "not_reported" for row in STARRED for column in ("cumulative", "year")}
    assert kinds == stocks | reserved


def test_the_check_finds_what_is_wrong_in_the_original_and_nothing_else() -> None:
    failing = [finding for finding in findings(2012) if finding.verdict == "fail"]
    assert sorted(finding.rule for finding in failing) == ["J12-04", "J12-25", "J12-T4"]
    by_rule = {finding.rule: finding for finding in failing}
    assert "2961" in by_rule["J12-04"].message
    assert "2956" in by_rule["J12-04"].message
    assert (by_rule["J12-T4"].expected, by_rule["J12-T4"].actual) == ("6", "579")
    assert by_rule["J12-25"].actual == "15890"


def test_the_check_passes_the_total_and_its_five_shares() -> None:
    assert {finding.verdict for finding in only(2012, "J12-T1")} == {"pass"}
    assert {finding.verdict for finding in only(2012, "J12-T2")} == {"pass"}
    shares = [finding.message for finding in only(2012, "J12-T3") if finding.verdict == "pass"]
    assert len(shares) == 6  # five shares, and their sum
    text = assembling.resolved_texts(published(2012))["二"]
    assert all(share in text for share in ("占1.0%", "占7.9%", "占0.9%", "占89.3%"))


def test_the_report_of_2012_gives_the_reason_for_its_errors() -> None:
    report = published(2012)
    assert "原报告" in report.accepted_reason
    assert report.provenance == "reconstructed"
    assert not any(published(year).accepted_reason for year in LATER)


@pytest.mark.parametrize("year", LATER)
def test_a_later_year_has_no_failing_finding(year: int) -> None:
    assert not [finding for finding in findings(year) if finding.verdict in ("fail", "ask")]
    assert published(year).provenance == "invented"


@pytest.mark.parametrize(("year", "form"), [(2019, "national_2019_2020"), (2021, "national_2021")])
def test_a_later_year_is_on_the_national_form_of_its_time(year: int, form: str) -> None:
    assert published(year).form_id == form


def test_what_is_carried_forward_is_carried_over_in_the_next_year() -> None:
    for year in LATER[1:]:
        before, now = printed(year - 1), printed(year)
        assert now["t3.carried_over.total"] == before["t3.carried_forward.total"] != "0", year


def test_1760_postings_and_15890_visits_are_registered_though_no_row_may_print_the_visits() -> None:
    assert Posting.objects.filter(organ__code=people.BUREAU, posted_on__year=2012).count() == 1760
    assert sum(SiteVisits.objects.filter(month_on__year=2012).values_list("hits", flat=True)) == 15890


def test_no_record_of_the_demonstration_passes_for_real() -> None:
    assert not Organ.objects.filter(provenance="real").exists()
    for ledger in LEDGERS:
        assert not ledger.model._default_manager.filter(provenance="real").exists(), ledger.name


def test_someone_of_another_organ_sees_no_row_of_the_bureau() -> None:
    bureau, elsewhere = people.staff("zhangsan"), people.staff("wangwu")
    seen = Counter({ledger.name: own_rows(ledger, bureau).count() for ledger in LEDGERS})
    assert seen["disclosures"] > 579
    assert {row.organ_id for ledger in LEDGERS for row in own_rows(ledger, elsewhere)} == {elsewhere.organ_id}


def test_the_entry_book_of_the_demonstration_holds_and_goes_forward_in_time() -> None:
    assert entries.verify() == []
    moments = list(Entry.objects.filter(organ_code=people.BUREAU).order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)


# Late in 2026, when somebody looks at it.
LOOKED_AT = date(2026, 11, 26)
WAITING = {
    "zhangsan": {"open", "finish", "settle"},
    "lisi": {"approve"},
    "zhaoliu": {"received", "open", "settle", "approve"},
    "wangwu": {"reminded", "finish", "findings", "settle"},
    "zhengshi": {"late"},
}


@pytest.mark.parametrize("username", WAITING)
def test_something_waits_for_everybody_who_does_business(username: str) -> None:
    found = {task.kind for task in todo.tasks(people.staff(username), LOOKED_AT)}
    assert found >= WAITING[username]


def test_the_erratum_of_2024_is_out_beside_its_first_version() -> None:
    second = Report.objects.get(supersedes=published(2024))
    assert (second.version, second.state) == (2, "published")
    (changed,) = differences(published(2024), second).figures
    assert changed.ref == "t2_8.administrative_fees.amount_10k_yuan"


def test_plans_are_settled_a_year_later_and_the_last_stand_open() -> None:
    plans = Promise.objects.filter(organ__code=people.BUREAU)
    told = {(made.year, made.status) for made in plans}
    assert told == {(2024, "kept"), (2024, "partly"), (2025, "open")}


def test_a_city_looks_after_organs_at_every_stage() -> None:
    standing = supervision.overview(Organ.objects.get(code=people.CITY), 2025)
    assert {one.state for one in standing} == {"published", "submitted", "compiled"}
    assert sum(one.is_published for one in standing) == 3
    assert sum(one.failing > 0 for one in standing) == 1


def test_the_late_report_has_a_waived_finding_and_one_that_is_not() -> None:
    report = Report.objects.get(organ__code=people.ELSEWHERE)
    waived = report.findings.filter(verdict="fail", waiver__isnull=False)
    assert waived.exists()
    assert report.findings.filter(verdict="fail", waiver__isnull=True).exists()


def test_four_people_of_the_bureau_can_lead_an_item_to_the_public() -> None:
    assert people.bureau().chain_since == items.SINCE
    assert queries.lacking(people.bureau(), LOOKED_AT) == ""


def test_items_of_the_procedure_stand_at_every_gate_and_all_are_labelled_as_invented() -> None:
    own = queries.items(people.bureau())
    waiting = dict.fromkeys(("attribute_review", "secrecy_review", "catalogue", "signing", "ready"), 1)
    ended = {"published": 2, "withdrawn": 1, "withheld": 1, "draft": 2}
    assert Counter(own.values_list("state", flat=True)) == {**waiting, **ended}
    assert set(own.values_list("provenance", flat=True)) == {"invented"}
    assert all(item.title.startswith("〔演示虚构〕") for item in own)
    assert [item.versions.count() for item in own.filter(state="published").order_by("pk")] == [2, 1]
    assert own.get(state="withheld").ground == "trade_secret"


def test_of_the_items_one_is_repealed_one_late_one_found_wanting_and_one_was_not_stored() -> None:
    own = queries.items(people.bureau())
    assert own.filter(repealed_on__lt=LOOKED_AT).count() == 1
    assert queries.overdue(people.bureau(), LOOKED_AT).count() == 1
    found = ScreeningFinding.objects.filter(item__organ__code=people.BUREAU)
    assert list(found.values_list("rule", "judgement")) == [("resident_number_wrong", "open")]
    assert queries.open_incidents(people.bureau()).count() == 1


def test_every_step_is_then_done(demonstration: list[Step]) -> None:
    assert [step.name for step in demonstration if not step.done()] == []
