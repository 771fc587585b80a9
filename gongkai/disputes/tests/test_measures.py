"""Disputes are counted as by hand; a dispute in hand stands as it did on the last day of the period."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.disclosures.tests.cast import bureau
from gongkai.disclosures.tests.counting import days, held, hold, many, named, scopes, value, within
from gongkai.disputes.measures import MEASURES
from gongkai.disputes.models import Complaint, Dispute
from gongkai.records.measures import Scope

KIND = {"kind": value("kind")}


@st.composite
def disputes(draw: st.DrawFn) -> dict[str, Any]:
    filed, accepted, concluded = sorted((draw(days), draw(days), draw(days)))
    ended = draw(st.booleans())
    return {
        "filed_on": filed,
        "accepted_on": accepted if draw(st.booleans()) else None,
        "concluded_on": concluded if ended else None,
        "result": draw(st.sampled_from(("upheld", "corrected", "other_result"))) if ended else "",
        "kind": draw(st.sampled_from(("reconsideration", "litigation_direct", "litigation_after_reconsideration"))),
    }


def in_hand(row: Dispute, scope: Scope) -> bool:
    return row.filed_on <= scope.last and (row.concluded_on is None or row.concluded_on >= scope.first)


def standing(row: Dispute, scope: Scope) -> str:
    return row.result if row.concluded_on and row.concluded_on <= scope.last else "pending"


class TestDisputesAreCounted(TestCase):
    @held
    @given(many(disputes()))
    def test_as_by_hand_in_every_grouping(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        rows = Dispute.objects.bulk_create(Dispute(organ=organ, number=str(n), **row) for n, row in enumerate(drawn))
        filed, accepted, concluded, in_year = (
            named(MEASURES, f"disputes.{name}") for name in ("filed", "accepted", "concluded", "in_year")
        )
        for scope in scopes(organ.pk):
            hold(filed, scope, rows, counted=within("filed_on"), by=KIND)
            hold(accepted, scope, rows, counted=within("accepted_on"), by=KIND)
            hold(concluded, scope, rows, counted=within("concluded_on"), by={**KIND, "result": value("result")})
            hold(in_year, scope, rows, counted=in_hand, by={**KIND, "standing": standing})

    def test_a_case_decided_on_new_years_day_was_pending_in_the_year_before(self) -> None:
        organ = bureau()
        Dispute.objects.create(
            organ=organ, number="1", kind="reconsideration", filed_on=date(2011, 12, 31),
            concluded_on=date(2012, 1, 1), result="corrected",
        )  # fmt: skip
        in_year = named(MEASURES, "disputes.in_year")
        for year, then in ((2011, "pending"), (2012, "corrected")):
            scope = Scope((organ.pk,), date(year, 1, 1), date(year, 12, 31))
            assert in_year.grouped(scope, ("standing",)) == {(then,): 1}

    def test_complaints_count_on_the_day_they_came(self) -> None:
        organ = bureau()
        for number, day in (("1", date(2011, 12, 31)), ("2", date(2012, 1, 1)), ("3", date(2012, 12, 31))):
            Complaint.objects.create(organ=organ, number=number, subject="应公开而未公开", received_on=day)
        scope = Scope((organ.pk,), date(2012, 1, 1), date(2012, 12, 31))
        assert [row.number for row in named(MEASURES, "disputes.complaints").listed(scope, {})] == ["2", "3"]
