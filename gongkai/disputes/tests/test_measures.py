"""Disputes are counted as by hand; a dispute in hand stands as it did on the last day of the period."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.disclosures.tests.cast import bureau
from gongkai.disclosures.tests.counting import days, hold, named, scopes
from gongkai.disputes.measures import MEASURES
from gongkai.disputes.models import Complaint, Dispute
from gongkai.records.measures import Scope


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


class TestDisputesAreCounted(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(disputes(), max_size=14))
    def test_as_by_hand_in_every_grouping(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        rows = Dispute.objects.bulk_create(Dispute(organ=organ, number=str(n), **row) for n, row in enumerate(drawn))
        kind = {"kind": lambda row: row.kind}
        for scope in scopes(organ.pk):

            def within(day: date | None, scope: Scope = scope) -> bool:
                return day is not None and scope.first <= day <= scope.last

            def standing(row: Dispute, scope: Scope = scope) -> str:
                return row.result if row.concluded_on and row.concluded_on <= scope.last else "pending"

            hold(named(MEASURES, "disputes.filed"), scope, rows, counted=lambda row: within(row.filed_on), by=kind)
            hold(
                named(MEASURES, "disputes.accepted"), scope, rows, counted=lambda row: within(row.accepted_on), by=kind
            )
            hold(
                named(MEASURES, "disputes.concluded"), scope, rows, counted=lambda row: within(row.concluded_on),
                by={**kind, "result": lambda row: row.result},
            )  # fmt: skip
            hold(
                named(MEASURES, "disputes.in_year"), scope, rows,
                counted=lambda row: row.filed_on <= scope.last
                and (row.concluded_on is None or row.concluded_on >= scope.first),
                by={**kind, "standing": standing},
            )  # fmt: skip

    def test_a_case_decided_on_new_years_day_was_pending_in_the_year_before(self) -> None:
        organ = bureau()
        Dispute.objects.create(
            organ=organ, number="1", kind="reconsideration", filed_on=date(2011, 12, 31),
            concluded_on=date(2012, 1, 1), result="corrected",
        )  # fmt: skip
        in_year = named(MEASURES, "disputes.in_year")
        for year, standing in ((2011, "pending"), (2012, "corrected")):
            scope = Scope((organ.pk,), date(year, 1, 1), date(year, 12, 31))
            assert in_year.grouped(scope, ("standing",)) == {(standing,): 1}

    def test_complaints_count_on_the_day_they_came(self) -> None:
        organ = bureau()
        for number, day in (("1", date(2011, 12, 31)), ("2", date(2012, 1, 1)), ("3", date(2012, 12, 31))):
            Complaint.objects.create(organ=organ, number=number, subject="应公开而未公开", received_on=day)
        scope = Scope((organ.pk,), date(2012, 1, 1), date(2012, 12, 31))
        assert [row.number for row in named(MEASURES, "disputes.complaints").listed(scope, {})] == ["2", "3"]
