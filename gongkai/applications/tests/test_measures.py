"""Applications are counted as by hand, and every application received is somewhere in the report."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.applications.measures import MEASURES
from gongkai.applications.models import Application
from gongkai.disclosures.tests.cast import bureau
from gongkai.disclosures.tests.counting import days, held, hold, many, maybe_days, scopes, value, within
from gongkai.records.measures import Scope

RECEIVED, CONCLUDED, CARRIED_OVER, CARRIED_FORWARD = MEASURES
KIND = {"applicant_type": value("applicant_type")}


@st.composite
def applications(draw: st.DrawFn) -> dict[str, Any]:
    received, concluded = draw(days), draw(maybe_days)
    if concluded is not None and concluded < received:
        received, concluded = concluded, received
    ended = concluded is not None
    return {
        "received_on": received,
        "concluded_on": concluded,
        "channel": draw(st.sampled_from(("online", "by_letter"))),
        "applicant_type": draw(st.sampled_from(("natural_person", "other_org"))),
        "outcome": draw(st.sampled_from(("granted_provided", "refused_third_party_rights"))) if ended else "",
        "timeliness": draw(st.sampled_from(("on_time", "extended", "overdue"))) if ended else "",
        "ground": draw(st.sampled_from(("", "trade_secret"))) if ended else "",
        "second": draw(st.booleans()),
    }


def stored(drawn: list[dict[str, Any]]) -> tuple[list[Application], tuple[int, int]]:
    first, second = bureau("gxj"), bureau("fgw")
    rows = [
        Application(
            organ=second if row["second"] else first, number=str(n), subject="某项资金分配结果",
            **{name: given for name, given in row.items() if name != "second"},
        )
        for n, row in enumerate(drawn)
    ]  # fmt: skip
    return Application.objects.bulk_create(rows), (first.pk, second.pk)


def was_carried_over(row: Application, scope: Scope) -> bool:
    return row.received_on < scope.first and (row.concluded_on is None or row.concluded_on >= scope.first)


def is_carried_forward(row: Application, scope: Scope) -> bool:
    return row.received_on <= scope.last and (row.concluded_on is None or row.concluded_on > scope.last)


class TestApplicationsAreCounted(TestCase):
    @held
    @given(many(applications()))
    def test_as_by_hand_in_every_grouping(self, drawn: list[dict[str, Any]]) -> None:
        rows, organs = stored(drawn)
        ending = {name: value(name) for name in ("outcome", "timeliness", "ground")}
        for scope in scopes(*organs):
            hold(RECEIVED, scope, rows, counted=within("received_on"), by={**KIND, "channel": value("channel")})
            hold(CONCLUDED, scope, rows, counted=within("concluded_on"), by={**KIND, **ending})
            hold(CARRIED_OVER, scope, rows, counted=was_carried_over, by=KIND)
            hold(CARRIED_FORWARD, scope, rows, counted=is_carried_forward, by=KIND)

    @held
    @given(many(applications()))
    def test_received_and_carried_over_equal_concluded_and_carried_forward(self, drawn: list[dict[str, Any]]) -> None:
        _, organs = stored(drawn)
        for scope in scopes(*organs):
            number = {measure.name: measure.grouped(scope, ())[()] for measure in MEASURES}
            coming = number["applications.received"] + number["applications.carried_over"]
            assert coming == number["applications.concluded"] + number["applications.carried_forward"]

    def test_what_is_carried_forward_on_new_years_eve_is_carried_over_on_new_years_day(self) -> None:
        organ = bureau()
        case = Application.objects.create(
            organ=organ, number="1", received_on=date(2011, 12, 31), channel="online",
            applicant_type="natural_person", subject="某项资金分配结果", concluded_on=date(2012, 1, 1),
            outcome="granted_provided", timeliness="on_time",
        )  # fmt: skip
        before, after = (Scope((organ.pk,), date(year, 1, 1), date(year, 12, 31)) for year in (2011, 2012))
        assert list(CARRIED_FORWARD.listed(before, {})) == [case]
        assert list(CARRIED_OVER.listed(after, {})) == [case]
        assert CARRIED_FORWARD.grouped(after, ())[()] == 0
