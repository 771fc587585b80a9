"""Disclosures and their placements are counted as by hand; the stock of instruments moves by issues and repeals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.channels.models import Channel, Posting
from gongkai.disclosures.measures import MEASURES
from gongkai.disclosures.models import Disclosure, Placement
from gongkai.disclosures.tests.cast import bureau
from gongkai.disclosures.tests.counting import DAYS, days, held, hold, many, named, scopes, value, within
from gongkai.law.vocabulary import terms
from gongkai.organs.models import Organ
from gongkai.records.measures import Scope

INSTRUMENT = {"instrument": value("instrument")}
KINDS = ("disclosure_column", "own_site", "portal", "gazette", "weibo", "newspaper")


def one(name: str) -> Any:
    return named(MEASURES, f"disclosures.{name}")


@st.composite
def disclosures(draw: st.DrawFn) -> dict[str, Any]:
    made, published, delivered, repealed = sorted(draw(days) for _ in range(4))
    proactive, delivers = draw(st.booleans()), draw(st.booleans())
    return {
        "made_on": made,
        "attribute": "proactive" if proactive else "on_application",
        "published_on": published if proactive else None,
        "online_timing": draw(st.sampled_from(("", "within", "over"))) if proactive else "",
        "delivered_on": delivered if delivers else None,
        "delivery_timing": draw(st.sampled_from(("", "within", "over"))) if delivers else "",
        "repealed_on": repealed if draw(st.booleans()) else None,
        "instrument": draw(st.sampled_from(("rules", "normative_document", "other"))),
        "information_class": draw(st.sampled_from(("normative_documents", "other"))),
        "public_interest": draw(st.sampled_from(("yes", "no"))),
    }


def stored(organ: Organ, drawn: list[dict[str, Any]], start: int = 0) -> list[Disclosure]:
    rows = [Disclosure(organ=organ, number=f"D{n}", title="某信息", **row) for n, row in enumerate(drawn, start)]
    return Disclosure.objects.bulk_create(rows)


def is_instrument(row: Disclosure) -> bool:
    return row.instrument != "other"


def instrument_within(day: str) -> Callable[[Any, Scope], bool]:
    return lambda row, scope: is_instrument(row) and within(day)(row, scope)


def in_force(row: Disclosure, scope: Scope) -> bool:
    stands = row.repealed_on is None or row.repealed_on > scope.last
    return is_instrument(row) and row.made_on <= scope.last and stands


class TestDisclosuresAreCounted(TestCase):
    @held
    @given(many(disclosures()), many(disclosures()))
    def test_as_by_hand_in_every_grouping(self, drawn: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
        first, second = bureau("gxj"), bureau("zhen", kind="township_government")
        rows = stored(first, drawn) + stored(second, others)
        category = {
            "category": value("information_class"), "public_interest": value("public_interest"),
            "organ_kind": lambda row, scope: row.organ.kind,
        }  # fmt: skip
        for scope in scopes(first.pk, second.pk):
            hold(one("published"), scope, rows, counted=within("published_on"), by=category)
            hold(
                one("put_online"), scope, rows, by={"online_timing": value("online_timing")},
                counted=lambda row, scope: within("published_on")(row, scope) and row.online_timing != "",
            )  # fmt: skip
            hold(
                one("delivered"), scope, rows, by={"delivery_timing": value("delivery_timing")},
                counted=lambda row, scope: within("delivered_on")(row, scope) and row.delivery_timing != "",
            )  # fmt: skip

    @held
    @given(many(disclosures()))
    def test_instruments_as_by_hand(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        rows = stored(organ, drawn)
        for scope in scopes(organ.pk):
            for name, day in (("issued", "made_on"), ("disclosed", "published_on"), ("repealed", "repealed_on")):
                hold(one(f"instruments_{name}"), scope, rows, by=INSTRUMENT, counted=instrument_within(day))
            hold(one("instruments_in_force"), scope, rows, by=INSTRUMENT, counted=in_force)
            hold(
                one("instruments_disclosed_total"), scope, rows, by=INSTRUMENT,
                counted=lambda row, scope: is_instrument(row)
                and row.published_on is not None and row.published_on <= scope.last,
            )  # fmt: skip

    @settings(max_examples=30, deadline=None)
    @given(st.lists(disclosures(), max_size=20))
    def test_last_years_stock_with_issues_less_repeals_is_this_years(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        stored(organ, drawn)
        for year in (2012, 2013):
            before, this = (Scope((organ.pk,), date(y, 1, 1), date(y, 12, 31)) for y in (year - 1, year))
            stock = one("instruments_in_force").grouped(before, ())[()]
            moved = one("instruments_issued").grouped(this, ())[()] - one("instruments_repealed").grouped(this, ())[()]
            assert one("instruments_in_force").grouped(this, ())[()] == stock + moved


class TestPlacementsAreCounted(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KINDS), days), max_size=12))
    def test_a_disclosure_counts_once_for_each_carrier(self, drawn: list[tuple[int, str, date]]) -> None:
        organ = bureau()
        plain = {"made_on": DAYS[0], "published_on": DAYS[0], "information_class": "other"}
        informations = stored(organ, [plain] * 4)
        channels = {kind: Channel.objects.create(organ=organ, number=kind, name=kind, kind=kind) for kind in KINDS}
        rows = []
        for n, (index, kind, day) in enumerate(drawn):
            posting = Posting.objects.create(
                organ=organ, number=f"P{n}", channel=channels[kind], title="某信息", posted_on=day
            )
            rows.append(
                Placement.objects.create(organ=organ, number=f"F{n}", disclosure=informations[index], posting=posting)
            )
        for scope in scopes(organ.pk):
            within_scope = [row for row in rows if scope.first <= row.posting.posted_on <= scope.last]
            for dimension in ("carrier", "column"):
                groups = one("placed").grouped(scope, (dimension,))
                expected: dict[tuple[str], set[int]] = {}
                for row in within_scope:
                    told = terms("channel_kinds")[row.posting.channel.kind].extra[dimension]
                    expected.setdefault((told,), set()).add(row.disclosure_id)
                assert groups == {key: len(members) for key, members in expected.items()}
                for (told,), members in expected.items():
                    listed = one("placed").listed(scope, {dimension: (told,)})
                    assert {row.disclosure_id for row in listed} == members
            assert one("placed").grouped(scope, ())[()] == len({row.disclosure_id for row in within_scope})
