"""What channels count: the number and the list behind it are one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from gongkai.channels.ledgers import LEDGERS
from gongkai.channels.measures import MEASURES
from gongkai.channels.models import (
    Channel,
    HoldingDelivery,
    Issue,
    Posting,
    PressConference,
    PublicResponse,
    ReadingPlace,
    ReadingPlaceVisit,
    SiteVisits,
)
from gongkai.organs.models import Organ
from gongkai.records.ledgers import Ledger
from gongkai.records.measures import Measure, Scope

OF: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
DAY = date(2012, 3, 1)


@pytest.fixture
def scope(organ: Organ) -> Scope:
    return Scope((organ.pk,), date(2012, 1, 1), date(2012, 12, 31))


def channel(organ: Organ, kind: str) -> Channel:
    return Channel.objects.create(organ=organ, number=kind, name=kind, kind=kind)


def test_postings_are_counted_by_the_kind_of_their_channel(organ: Organ, scope: Scope) -> None:
    site, portal = channel(organ, "own_site"), channel(organ, "portal")
    for number, (via, day) in enumerate(
        [(site, DAY), (portal, DAY), (portal, date(2012, 12, 31)), (site, date(2013, 1, 1))]
    ):
        Posting.objects.create(organ=organ, number=str(number), channel=via, title="一", posted_on=day)
    assert OF["channels.postings"].grouped(scope, ("kind",)) == {("own_site",): 1, ("portal",): 2}
    assert [row.number for row in OF["channels.postings"].listed(scope, {"kind": ("portal",)})] == ["1", "2"]


def test_copies_add_up_by_kind_and_unknown_copies_add_nothing(organ: Organ, scope: Scope) -> None:
    paper, bulletin = channel(organ, "gazette"), channel(organ, "bulletin")
    for number, (via, copies) in enumerate([(paper, 100), (paper, 50), (bulletin, None)]):
        Issue.objects.create(
            organ=organ, number=str(number), channel=via, issue_no=str(number), issued_on=DAY, copies=copies
        )
    assert OF["channels.issue_copies"].grouped(scope, ("kind",)) == {("gazette",): 150, ("bulletin",): 0}
    assert OF["channels.issue_copies"].grouped(scope, ("channel", "kind"))[("gazette", "gazette")] == 150


def test_conferences_held_release_items_and_those_attended_do_not(organ: Organ, scope: Scope) -> None:
    for number, (capacity, principal, items) in enumerate(
        [("held", "yes", 3), ("held", "no", 2), ("attended", "yes", 9)]
    ):
        PressConference.objects.create(
            organ=organ, number=str(number), held_on=DAY, topic="一", attended_or_held=capacity, principal=principal,
            items_released=items,
        )  # fmt: skip
    assert OF["channels.press_conferences"].grouped(scope, ("principal",)) == {("yes",): 2, ("no",): 1}
    assert OF["channels.press_conferences"].grouped(scope, ("attended_or_held",)) == {("held",): 2, ("attended",): 1}
    assert OF["channels.press_conference_items"].grouped(scope, ()) == {(): 5}


def test_one_topic_answered_in_two_ways_is_one_topic_and_two_responses(organ: Organ, scope: Scope) -> None:
    answers = [("甲", "weibo_wechat"), ("甲", "other"), ("乙", "other"), ("丙", "interpretation")]
    for number, (topic, way) in enumerate(answers):
        PublicResponse.objects.create(organ=organ, number=str(number), responded_on=DAY, topic=topic, way=way)
    assert OF["channels.hot_topics"].grouped(scope, ()) == {(): 2}
    assert OF["channels.responses"].grouped(scope, ("way",)) == {
        ("weibo_wechat",): 1, ("other",): 2, ("interpretation",): 1,
    }  # fmt: skip


def test_reading_places_are_a_stock_and_their_holdings_a_flow(organ: Organ, scope: Scope) -> None:
    spans = [
        (date(2008, 5, 1), None, "yes"),
        (date(2008, 5, 1), date(2012, 6, 30), "no"),
        (date(2013, 1, 1), None, "no"),
    ]
    places = [
        ReadingPlace.objects.create(
            organ=organ, number=str(n), name=str(n), kind="library", opened_on=first, closed_on=last,
            electronic=electronic,
        )
        for n, (first, last, electronic) in enumerate(spans)
    ]  # fmt: skip
    for number, (medium, quantity) in enumerate([("electronic", 6), ("paper", 4), ("paper", 1)]):
        HoldingDelivery.objects.create(
            organ=organ, number=str(number), reading_place=places[0], delivered_on=DAY, medium=medium, quantity=quantity
        )
    ReadingPlaceVisit.objects.create(
        organ=organ, number="1", reading_place=places[0], visited_on=DAY, visitors=15, loans=3
    )
    assert OF["channels.reading_places"].grouped(scope, ("electronic",)) == {("yes",): 1}
    assert OF["channels.reading_place_holdings"].grouped(scope, ("medium",)) == {("electronic",): 6, ("paper",): 5}
    assert OF["channels.reading_place_visitors"].grouped(scope, ()) == {(): 15}
    assert OF["channels.reading_place_loans"].grouped(scope, ()) == {(): 3}


def test_hits_add_up_over_the_months(organ: Organ, scope: Scope) -> None:
    column = channel(organ, "disclosure_column")
    for month, hits in ((1, 10), (12, 5_000_000_000)):
        SiteVisits.objects.create(
            organ=organ, number=str(month), channel=column, month_on=date(2012, month, 1), hits=hits
        )
    assert OF["channels.site_hits"].grouped(scope, ()) == {(): 5_000_000_010}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_column_of_a_list_can_be_fetched(scope: Scope, measure: Measure) -> None:
    list(measure.listed(scope, {}).values_list(*(path for path, _ in measure.columns)))
    for dimension in measure.by:
        measure.grouped(scope, (dimension,))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_ledger_has_a_column_for_each_field_of_its_register(ledger: Ledger) -> None:
    typed = (field for field in ledger.model._meta.concrete_fields if field.editable)
    fields: set[Any] = {field.name for field in typed} - {"id", "organ"}
    assert {column.name for column in ledger.all_columns} == fields
