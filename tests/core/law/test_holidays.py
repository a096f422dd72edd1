"""The tables of rest days: our own, against another's, and what an operator loads (CAL-05)."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from shanzhi.core.law.holidays import COMMITTED, Holidays, Unusable

VECTORS = Path(__file__).parents[4] / "shared/vectors/holiday-cn"
YEARS = range(2019, 2027)
GOOD = {"year": 2027, "papers": ["国办发明电〔2026〕9号"], "days": [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": True}, {"name": "元旦", "date": "2027-01-02", "isOffDay": False},
]}  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
def test_our_table_says_of_every_day_what_the_outside_table_says(year):
    if not VECTORS.exists():
        pytest.skip("the outside tables of holidays are not beside this project")
    outside = Holidays.from_json(json.loads((VECTORS / f"{year}.json").read_text(encoding="utf-8")))
    first = date(year, 1, 1)

    for number in range((date(year + 1, 1, 1) - first).days):
        day = first + timedelta(days=number)
        assert COMMITTED.is_rest_day(day) == outside.is_rest_day(day), day
    assert outside.rest <= COMMITTED.rest
    assert outside.work <= COMMITTED.work


def test_every_committed_year_names_its_notice():
    assert set(COMMITTED.years) == set(YEARS) == set(COMMITTED.notices)
    for year, notice in COMMITTED.notices.items():
        assert re.fullmatch(rf"国办发明电〔{year - 1}〕\d+号(、〔\d{{4}}〕\d+号)*", notice)


def test_no_day_both_rests_and_works():
    assert COMMITTED.rest.isdisjoint(COMMITTED.work)
    working_mondays = {date(2020, 2, 3)}  # named as worked when the holiday of 2020 was made longer
    assert {day for day in COMMITTED.work if day.weekday() < 5} == working_mondays


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        ("2026-10-01", True),
        ("2026-10-10", False),
        ("2026-11-07", True),
        ("2026-11-06", False),
        ("2018-12-30", True),
        ("2018-12-29", False),
        ("2018-12-28", None),
        ("2027-01-01", None),
    ],
)
def test_whether_a_day_rests(day, rests):
    assert COMMITTED.is_rest_day(date.fromisoformat(day)) is rests


def test_an_operator_loads_a_new_year_and_may_replace_one():
    more = COMMITTED.with_year(Holidays.from_json(GOOD))
    replaced = more.with_year(Holidays.from_json(GOOD | {"days": GOOD["days"][:1]}))

    assert more.is_rest_day(date(2027, 1, 1)) is True
    assert more.is_rest_day(date(2027, 1, 2)) is False
    assert replaced.is_rest_day(date(2027, 1, 2)) is True
    assert more.is_rest_day(date(2026, 10, 1)) is True
    assert more.notices[2027] == "国办发明电〔2026〕9号"
    assert COMMITTED.knows(date(2026, 1, 1))
    assert not COMMITTED.knows(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"year": "2027"}, "year"),
        ({"year": True}, "year"),
        ({"year": 20277}, "year"),
        ({"days": []}, "days"),
        ({"days": "none"}, "days"),
        ({"papers": "a notice"}, "papers"),
        ({"days": ["2027-01-01"]}, "isOffDay"),
        ({"days": [{"date": "2027-01-01", "isOffDay": "yes"}]}, "isOffDay"),
        ({"days": [{"date": "1.1.2027", "isOffDay": True}]}, "date"),
        ({"days": [{"isOffDay": True}]}, "date"),
        ({"days": [{"date": 20270101, "isOffDay": True}]}, "date"),
        ({"days": [{"date": "2030-01-01", "isOffDay": True}]}, "does not belong"),
        (
            {"days": [{"date": "2027-01-01", "isOffDay": off} for off in (True, False)]},
            "rest day and as a working day",
        ),
    ],
)
def test_a_spoiled_table_is_refused_by_its_field(change, named):
    with pytest.raises(Unusable, match=named):
        Holidays.from_json(GOOD | change)


@pytest.mark.parametrize("data", [None, [], "table"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(Unusable, match="year"):
        Holidays.from_json(data)
