"""Spreading counts over records and days."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gongkai.demonstration.dealing import dealt, drawn, shared_out, spread, working_days_before
from gongkai.law.calendar import is_working_day

NAMES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), max_size=6)


@given(NAMES, st.text(max_size=5))
def test_every_name_is_dealt_as_often_as_its_count_says(counts: dict[str, int], salt: str) -> None:
    assert Counter(dealt(counts, salt)) == Counter({name: count for name, count in counts.items() if count})
    assert dealt(counts, salt) == dealt(counts, salt)


@given(st.integers(0, 10**6), st.integers(1, 40))
def test_shares_add_up_and_differ_by_at_most_one(total: int, parts: int) -> None:
    shares = shared_out(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(st.integers(0, 900))
def test_records_fall_on_working_days_in_order(count: int) -> None:
    days = spread(count, date(2012, 1, 1), date(2012, 12, 31))
    assert len(days) == count
    assert days == sorted(days)
    assert all(is_working_day(day) for day in days)


@given(st.text(max_size=9), st.integers(1, 500))
def test_a_draw_stays_below_its_limit(salt: str, below: int) -> None:
    assert 0 <= drawn(salt, below) < below


def test_going_back_over_national_day_skips_the_holiday() -> None:
    assert working_days_before(date(2012, 10, 8), 1, date(2012, 1, 4)) == date(2012, 9, 29)  # a Saturday made to work
    assert working_days_before(date(2012, 1, 5), 9, date(2012, 1, 4)) == date(2012, 1, 4)
