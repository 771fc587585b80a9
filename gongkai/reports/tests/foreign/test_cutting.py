"""Runs of figures cut into cells: by number, by sums, by last year's report, by a sentence; never by a guess."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, Value, number
from gongkai.reports.foreign.blocks import Blocks
from gongkai.reports.foreign.cells import slot_of
from gongkai.reports.foreign.regions import Chunk
from gongkai.reports.foreign.report import Settled, Where
from gongkai.reports.foreign.settling import Found, Outcome, Settling
from gongkai.reports.foreign.solving import sums_within
from gongkai.reports.foreign.splitting import Ways

NATIONAL = load("national_2021")
TRIAL = load("national_2019_2020")
PEOPLE = [column.id for column in NATIONAL.table("t3").columns]
INSTRUMENTS = ("issued_this_year", "repealed_this_year", "in_force")


def row(name: str, table: str = "t3") -> tuple[str, ...]:
    return tuple(f"{table}.{name}.{column}" for column in (PEOPLE if table == "t3" else INSTRUMENTS))


def chunks(text: str) -> list[Chunk]:
    return [Chunk(piece.rstrip("元万"), piece.lstrip("0123456789.,-"), (0, 0)) for piece in text.split()]


def found(refs: tuple[str, ...], text: str, form_id: str = "national_2021", *, apart: bool = False) -> Found:
    form = load(form_id)
    ways = Ways(chunks(text), [slot_of(form, ref) for ref in refs], sums_within(form, refs), apart=apart)
    return Found(refs, (Where(),), (text,), None, ways)


def settled(outcome: Outcome) -> tuple[list[str], set[Settled]]:
    """The figures of a row, "?" where open, and what settled them."""
    figures = [
        str(outcome.settled[place][0]) if place in outcome.settled else "?" for place in range(len(outcome.found.refs))
    ]
    return figures, {by for _, by in outcome.settled.values()}


def alone(refs: tuple[str, ...], text: str, **more: Any) -> tuple[list[str], set[Settled]]:
    return settled(Settling(NATIONAL, [found(refs, text, **more)], (), ()).run(None, {})[0])


# ── One row ──


def test_seven_digits_are_seven_cells() -> None:
    assert alone(row("granted"), "1000102") == (["1", "0", "0", "0", "1", "0", "2"], {"width"})


def test_the_sum_tells_where_longer_figures_end() -> None:
    assert alone(row("granted"), "640020470") == (["64", "0", "0", "2", "0", "4", "70"], {"sums"})


def test_a_gap_is_a_border_but_not_every_border_has_a_gap() -> None:
    assert alone(row("granted"), "200 000121")[0] == ["20", "0", "0", "0", "0", "1", "21"]


def test_no_figure_begins_with_zero() -> None:
    assert alone(row("rules", "t2_1"), "000") == (["0", "0", "0"], {"width"})


def test_table_two_is_not_settled_by_what_looks_natural() -> None:
    outcome = Settling(NATIONAL, [found(row("normative_documents", "t2_1"), "693665")], (), ()).run(None, {})[0]
    assert outcome.settled == {}
    ways = ["|".join(str(value) for value in option) for option in outcome.candidates()]
    assert {"69|3|665", "69|36|65", "6|9|3665"} <= set(ways)


def test_six_figures_for_seven_cells_leave_the_place_of_the_blank_open() -> None:
    outcome = Settling(NATIONAL, [found(row("granted"), "0 0 0 0 0 0")], (), ()).run(None, {})[0]
    assert outcome.settled == {}
    assert len(outcome.candidates()) == 7


def test_the_sum_settles_what_does_not_depend_on_the_place_of_the_blank() -> None:
    rows = [found(row("granted"), "5 0 0 0 0 5"), *others_zero("granted"), found(row("results_total"), "5000005")]
    figures, _ = settled(Settling(NATIONAL, rows, (), ()).run(None, {})[0])
    assert (figures[0], figures[6]) == ("5", "5")
    assert "?" in figures[1:6]


def test_a_single_zero_for_two_cells_is_open() -> None:
    refs = ("t2_8.administrative_fees.items_last_year", "t2_8.administrative_fees.change_this_year")
    assert Settling(TRIAL, [found(refs, "0", "national_2019_2020")], (), ()).run(None, {})[0].settled == {}


def test_a_row_among_rows_with_gaps_is_not_cut_where_it_has_none() -> None:
    """A cell was lost: `31|9` would fit the width, but the other rows keep their cells apart."""
    figures, _ = alone(row("granted"), "319 7 0 0 2 0", apart=True)
    assert figures == ["?"] * 7


@pytest.mark.parametrize(
    ("text", "form_row", "way"),
    [
        ("2648-18538", "t2_5.administrative_licensing", "2648|-18|538"),
        ("35-15", "t2_8.administrative_fees", "35|-15"),
        ("191690.9913万元", "t2_9.government_procurement", "19|16909913"),
        ("39573802895.90元", "t2_9.government_procurement", "395|73802895.9"),
    ],
)
def test_signs_fractions_and_units_inside_a_run(text: str, form_row: str, way: str) -> None:
    table = form_row.partition(".")[0]
    refs = tuple(f"{form_row}.{column.id}" for column in TRIAL.table(table).columns)
    outcome = Settling(TRIAL, [found(refs, text, "national_2019_2020")], (), ()).run(None, {})[0]
    assert way in ["|".join(str(value) for value in option) for option in outcome.options]
    true = way.split("|")
    assert all(str(value) == true[place] for place, (value, _) in outcome.settled.items())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 120), min_size=2, max_size=4), min_size=1, max_size=2))
def test_blocks_are_cut_in_every_way_that_adds_up(parts: list[list[int]]) -> None:
    figures = [figure for block in parts for figure in (*block, sum(block))]
    text = "".join(map(str, figures))
    ways, complete = Blocks(text, (), [len(block) for block in parts], 10_000).solve()
    assert complete
    assert sorted(ways) == sorted(by_hand(text, [len(block) for block in parts]))


def by_hand(text: str, sizes: list[int]) -> list[tuple[int, ...]]:
    """All cuts of a text into one block or two: each block cut in every way, those kept that add up."""
    if len(sizes) == 1:
        return one_block(text, 0, sizes[0])
    halves = ((one_block(text[:at], 0, sizes[0]), one_block(text[at:], at, sizes[1])) for at in range(1, len(text)))
    return [(*one, *other) for left, right in halves for one, other in product(left, right)]


def one_block(text: str, start: int, size: int) -> list[tuple[int, ...]]:
    """The ends of the figures, `start` added, in every way to cut a text into parts and their sum."""
    kept = []
    for cut in combinations(range(1, len(text)), size):
        pieces = [text[begin:end] for begin, end in pairwise((0, *cut, len(text)))]
        fine = all(piece == "0" or piece[0] != "0" for piece in pieces) and len(pieces[-1]) <= 8
        if fine and sum(map(int, pieces[:-1])) == int(pieces[-1]):
            kept.append(tuple(start + end for end in (*cut, len(text))))
    return kept


# ── Rows together ──


def others_zero(*but: str) -> list[Found]:
    """All result rows except some, with nothing in them."""
    parts = [other.id for other in NATIONAL.table("t3").rows if other.role == "part" and other.id not in but]
    return [found(row(part), "0000000") for part in parts]


def test_columns_decide_between_two_ways_of_a_row() -> None:
    """6 + 66 + 606 = 678 fits its row in several ways; the column of 科研机构 is empty."""
    rows = [
        found(row("granted"), "1112000023"),
        *others_zero("granted"),
        found(row("results_total"), "11 12 0 0 0 0 23"),
    ]
    assert settled(Settling(NATIONAL, rows, (), ()).run(None, {})[0])[0] == ["11", "12", "0", "0", "0", "0", "23"]


def test_in_a_table_that_does_not_add_up_sums_alone_do_not_decide() -> None:
    sound = [
        found(row("granted"), "1112000023"),
        *others_zero("granted"),
        found(row("results_total"), "11 12 0 0 0 0 23"),
    ]
    broken = [
        found(row("granted"), "1112000023"),
        *others_zero("granted"),
        found(row("results_total"), "91 92 0 0 0 0 23"),
    ]
    assert len(Settling(NATIONAL, sound, (), ()).run(None, {})[0].settled) == 7
    assert len(Settling(NATIONAL, broken, (), ()).run(None, {})[0].settled) < 7


def test_last_years_report_settles_what_is_in_force() -> None:
    rows = [found(row("normative_documents", "t2_1"), "693665")]
    before = {"t2_1.normative_documents.in_force": number(599)}
    outcome = Settling(NATIONAL, rows, (), ()).run((NATIONAL, before), {})[0]
    assert settled(outcome) == (["69", "3", "665"], {"previous"})


def test_last_years_report_on_another_form_settles_nothing_it_does_not_speak_of() -> None:
    rows = [found(row("normative_documents", "t2_1"), "693665")]
    outcome = Settling(NATIONAL, rows, (), ()).run((TRIAL, {"t2_1.normative_documents.in_force": number(599)}), {})[0]
    assert outcome.settled == {}


def test_a_sentence_settles_a_cell_and_what_follows_from_it() -> None:
    rows = [found(row("normative_documents", "t2_1"), "34089")]
    said = {"t2_1.normative_documents.issued_this_year": frozenset({Decimal(34)})}
    assert settled(Settling(NATIONAL, rows, (), ()).run(None, said)[0]) == (["34", "0", "89"], {"prose"})


@pytest.mark.parametrize("said", [{Decimal(424)}, {Decimal(3)}, {Decimal(34), Decimal(340)}])
def test_a_sentence_that_fits_no_way_or_too_many_settles_nothing(said: set[Decimal]) -> None:
    rows = [found(row("normative_documents", "t2_1"), "34089")]
    claims = {"t2_1.normative_documents.issued_this_year": frozenset(said)}
    assert Settling(NATIONAL, rows, (), ()).run(None, claims)[0].settled == {}


def annex(*lines: tuple[str, str]) -> list[Found]:
    found_rows = []
    for name, text in lines:
        refs = (f"annex.{name}.year", f"annex.{name}.cumulative")
        found_rows.append(found(refs, text, "local-fujian-2011"))
    return found_rows


def test_parts_of_an_annex_that_add_up_settle_it() -> None:
    rows = annex(("disclosed_total", "4251516"), ("disclosed_on_website", "4181509"), ("disclosed_in_gazette", "77"))
    outcomes = Settling(load("local-fujian-2011"), rows, (), ()).run(None, {})
    assert [settled(outcome)[0] for outcome in outcomes] == [["425", "1516"], ["418", "1509"], ["7", "7"]]


def test_parts_that_do_not_add_up_settle_nothing_until_a_sentence_does() -> None:
    rows = annex(("disclosed_total", "20263542"), ("disclosed_on_website", "17953304"), ("disclosed_in_gazette", "07"))
    form = load("local-fujian-2011")
    assert Settling(form, rows, (), ()).run(None, {})[0].settled == {}
    said = {"annex.disclosed_total.year": frozenset({Decimal(2026)})}
    assert settled(Settling(form, rows, (), ()).run(None, said)[0]) == (["2026", "3542"], {"prose"})


def test_the_cumulative_figure_of_last_year_settles_this_one() -> None:
    rows = annex(("disclosed_total", "20263542"))
    form = load("local-fujian-2011")
    before: dict[str, Value] = {"annex.disclosed_total.cumulative": number(1516)}
    assert settled(Settling(form, rows, (), ()).run((form, before), {})[0]) == (["2026", "3542"], {"previous"})


def test_a_blank_total_is_not_zero() -> None:
    values = (*[number(0)] * 6, BLANK)
    ways = Ways(
        chunks("0 0 0 0 0 0"), [slot_of(NATIONAL, ref) for ref in row("granted")], sums_within(NATIONAL, row("granted"))
    )
    assert values in ways.every
    assert ways.unproved(values)


def test_parts_of_nothing_do_not_prove_that_their_total_is_blank() -> None:
    """A column is cut off: 47 may stand in either, and 0 + 0 beside it is no blank."""
    form = load("jilin_city_2012")
    parts = ("annex.online_within_20wd.cumulative", "annex.online_over_20wd.cumulative")
    total = tuple(f"annex.disclosed_normative_documents.{column}" for column in ("cumulative", "year"))
    nothing = [Found((ref,), (Where(),), ("0",), (number("0"),)) for ref in parts]
    *_, outcome = Settling(form, [*nothing, found(total, "47", form.id)], (), ()).run(None, {})
    assert outcome.settled == {}
    assert {(BLANK, number("47")), (number("47"), BLANK)} <= set(outcome.options)
