"""Values that every engine shares: periods and dated numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.law import numbers
from shanzhi.core.values import Dated, Period

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def test_a_period_holds_its_first_and_last_day():
    period = Period(date(2026, 1, 1), date(2026, 1, 31))

    assert [period.holds(date(2026, 1, day)) for day in (1, 31)] == [True, True]
    assert not period.holds(date(2025, 12, 31))
    assert not period.holds(date(2026, 2, 1))
    assert Period(date(2026, 1, 1)).holds(date(2999, 1, 1))
    assert Period(date(2026, 1, 1), date(2026, 1, 1)).holds(date(2026, 1, 1))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2026-01-02 to 2026-01-01"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@given(days, days, days)
def test_a_period_holds_exactly_the_days_between(one, other, day):
    since, until = sorted([one, other])

    assert Period(since, until).holds(day) == (since <= day <= until)


def test_a_dated_number_is_the_last_one_that_began():
    dated = Dated("a test", {date(2020, 1, 1): 3, date(2026, 1, 1): 5})

    assert dated.on(date(2025, 12, 31)) == 3
    assert dated.on(date(2026, 1, 1)) == 5
    with pytest.raises(LookupError, match="nothing in force on 2019-12-31"):
        dated.on(date(2019, 12, 31))


def test_a_dated_number_without_a_value_is_refused():
    with pytest.raises(ValueError, match="at least one value"):
        Dated("a test", {})


def test_vcol_35_5_a_disclosure_has_no_number_of_days_before_2026():
    with pytest.raises(LookupError):
        numbers.DISCLOSURE_DAYS.on(date(2025, 12, 31))
    assert numbers.DISCLOSURE_DAYS.on(date(2026, 1, 1)) == 15
