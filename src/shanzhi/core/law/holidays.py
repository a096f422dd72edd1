"""Rest days and make-up working days by year, as the State Council's office announces them (CAL-05).

The table below holds the years that were announced when this was written; an operator loads a new one.
A year without a table is not guessed at: asking about it answers None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

# Year -> notice, rest days, make-up working days. Ranges run from/to, both included. Notice numbers: from memory.
_TABLE: dict[int, tuple[str, str, str]] = {
    2019: (
        "国办发明电〔2018〕15号、〔2019〕3号",
        "2018-12-30/01-01 02-04/02-10 04-05 05-01/05-04 06-07 09-13 10-01/10-07",
        "2018-12-29 02-02 02-03 04-28 05-05 09-29 10-12",
    ),
    2020: (
        "国办发明电〔2019〕16号、〔2020〕1号",
        "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
        "01-19 02-03 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (
        "国办发明电〔2020〕27号",
        "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "国办发明电〔2021〕11号",
        "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "国办发明电〔2022〕16号",
        "2022-12-31/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "国办发明电〔2023〕7号",
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "国办发明电〔2024〕12号",
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "国办发明电〔2025〕7号",
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2000, 2199


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """A holiday table that cannot be used; the message names the field and what would be accepted."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Which days rest and which work. `years` are the years that are known."""

    rest: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]
    notices: Mapping[int, str] = field(default_factory=dict)

    def knows(self, day: date) -> bool:
        """Whether the year of `day` has a table."""
        return day.year in self.years

    def is_rest_day(self, day: date) -> bool | None:
        """Whether `day` is a legal rest day; None when its year has no table."""
        if day in self.work:
            return False
        if day in self.rest:
            return True
        return day.weekday() >= SATURDAY if self.knows(day) else None

    def with_year(self, other: Holidays) -> Holidays:
        """These tables with another's years in place of (or beside) their own."""
        rest = frozenset(day for day in self.rest if day.year not in other.years)
        work = frozenset(day for day in self.work if day.year not in other.years)
        return Holidays(
            rest | other.rest, work | other.work, self.years | other.years, {**self.notices, **other.notices}
        )

    @classmethod
    def from_json(cls, data: Any) -> Holidays:
        """One year in the form {"year": 2027, "days": [{"name", "date", "isOffDay"}, ...]}. Raises Unusable."""
        year = data.get("year") if isinstance(data, dict) else None
        if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
            raise Unusable(f"year: {year!r} cannot be used; accepted: a year such as 2027")
        days, papers = data.get("days"), data.get("papers", [])
        if not isinstance(papers, list):
            raise Unusable("papers: a holiday table has a list of the notices that it comes from")
        if not isinstance(days, list) or not days:
            raise Unusable(
                "days: a holiday table has a list of days; an empty one would say that no day rests"
            )
        marked = [_marked(place, each, year) for place, each in enumerate(days, start=1)]
        rest = frozenset(day for day, off in marked if off)
        work = frozenset(day for day, off in marked if not off)
        if both := rest & work:
            raise Unusable(f"days: {min(both)} is marked as a rest day and as a working day")
        return cls(rest, work, frozenset({year}), {year: "、".join(str(paper) for paper in papers)})


def _marked(place: int, value: Any, year: int) -> tuple[date, bool]:
    if not isinstance(value, dict) or not isinstance(value.get("isOffDay"), bool):
        raise Unusable(f"days[{place}].isOffDay: {value!r} cannot be used; accepted: true, false")
    try:
        day = date.fromisoformat(value["date"])
    except (KeyError, TypeError, ValueError):
        raise Unusable(
            f"days[{place}].date: {value!r} cannot be used; accepted: a day as 2027-01-01"
        ) from None
    if abs(day.year - year) > 1:
        raise Unusable(f"days[{place}].date: {day} does not belong to the table of {year}")
    return day, value["isOffDay"]


def _days(text: str, year: int) -> Iterator[date]:
    for part in text.split():
        first, _slash, last = part.partition("/")
        day, end = _day(first, year), _day(last or first, year)
        while day <= end:
            yield day
            day += timedelta(days=1)


def _day(text: str, year: int) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"{year}-{text}")


COMMITTED = Holidays(
    frozenset(day for year, (_n, rest, _w) in _TABLE.items() for day in _days(rest, year)),
    frozenset(day for year, (_n, _r, work) in _TABLE.items() for day in _days(work, year)),
    frozenset(_TABLE),
    {year: notice for year, (notice, _r, _w) in _TABLE.items()},
)
