"""The statutory calendar: civil dates, both readings of "N days before", months, working days, every dated duty.

The day of an event is not counted (CAL-01). Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.holidays import Holidays

Day = date  # a step has a field of that name
ONE_DAY = timedelta(days=1)
READINGS = {"event": 0, "clear": 1}  # CAL-02: "event - N", or N clear days between: "event - N - 1"


class YearUnknown(LookupError):  # noqa: N818 - reads as the thing that happened
    """A working day was asked for in a year without a holiday table."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no table of rest days for {year}; load it first")
        self.year = year


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices about counting days, with their defaults.

    reading: "event" counts back from the event itself, "clear" leaves N clear days between (CAL-02).
    carry: whether a period that ends on a rest day shows the working day it would be carried to (CAL-03).
    """

    reading: str = "event"
    carry: bool = True
    posted_before: int = 20  # VCOL-17-1
    objection_days: int = 5  # VCOL-17-2
    decision_days: int = 3  # VCOL-17-3
    handover_days: int = 10  # VCOL-24-1
    second_round_days: int = 10  # VER-10
    disclosure_days: int = 15  # VCOL-35-5
    assembly_notice_days: int = 10  # VCOL-25-3
    term_years: int = 5  # VCOL-14-2

    def __post_init__(self) -> None:
        if self.reading not in READINGS:
            raise ValueError(f"reading: {self.reading!r} cannot be used; accepted: event, clear")


@dataclass(frozen=True, slots=True)
class Facts:
    """The dates that are known; the rest follow or stay out."""

    election_day: date
    posted: date | None = None
    objection: date | None = None
    formed: date | None = None
    disclosed: date | None = None
    assembly: date | None = None
    report_received: date | None = None
    report_closed: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated duty. `carried_to` is the working day a period ending on a rest day would be carried to (CAL-03)."""

    step: str
    date: Day
    bound: str  # "latest", "earliest", "exact"
    rule: str
    reading: str
    carried_to: Day | None = None
    notes: tuple[Finding, ...] = field(default=())


def days_after(event: date, days: int) -> date:
    """Day N after an event: the event's own day is not counted (CAL-01)."""
    return event + timedelta(days=days)


def days_before(event: date, days: int, *, reading: str = "event") -> date:
    """The latest day that lies N days before an event, under one of the two readings (CAL-02)."""
    return event - timedelta(days=days + READINGS[reading])


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), or that month's last day (CAL-04)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day_of_month(date(year, month + 1, 1)).day))


def years_after(day: date, years: int) -> date:
    """The same day `years` later, or the last day of February for 29 February (CAL-04)."""
    return months_after(day, 12 * years)


def first_day_of_month(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def last_day_of_month(day: date) -> date:
    """The last day of the day's month."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - ONE_DAY


def carried(day: date, holidays: Holidays) -> date | None:
    """The next working day when `day` rests, `day` itself when it works, None when its year has no table (CAL-03)."""
    while (rests := holidays.is_rest_day(day)) is not False:
        if rests is None:
            return None
        day += ONE_DAY
    return day


def working_days_after(event: date, days: int, holidays: Holidays) -> date:
    """The Nth working day after an event (CAL-05). Raises YearUnknown."""
    day = event
    while days:
        day += ONE_DAY
        rests = holidays.is_rest_day(day)
        if rests is None:
            raise YearUnknown(day.year)
        days -= not rests
    return day


def steps(facts: Facts, settings: Settings, holidays: Holidays) -> tuple[Step, ...]:
    """Every statutory date that follows from the facts, in date order."""
    made = [
        *_election_steps(facts, settings, holidays),
        *_later_steps(facts, settings),
        *_report_steps(facts, holidays),
    ]
    return tuple(sorted(made, key=lambda step: (step.date, step.step)))


def _election_steps(facts: Facts, settings: Settings, holidays: Holidays) -> list[Step]:
    day = facts.election_day
    posted = days_before(day, settings.posted_before, reading=settings.reading)
    back = "event - N" if settings.reading == "event" else "event - N - 1"
    made = [
        Step("roll_posted", posted, "latest", "VCOL-17-1", back),
        Step("departure_audit", day - ONE_DAY, "latest", "VCOL-40-3", "before the event"),
        Step("second_round", days_after(day, settings.second_round_days), "latest", "VER-10", "event + N"),
    ]
    if facts.posted:
        end = days_after(facts.posted, settings.objection_days)
        made.append(_period("objections_end", end, "VCOL-17-2", settings, holidays))
    if facts.objection:
        end = days_after(facts.objection, settings.decision_days)
        made.append(_period("objection_decided", end, "VCOL-17-3", settings, holidays))
    return made


def _later_steps(facts: Facts, settings: Settings) -> list[Step]:
    formed = facts.formed or facts.election_day
    term = years_after(formed, settings.term_years)
    made = [
        Step("handover_done", days_after(formed, settings.handover_days), "latest", "VCOL-24-1", "event + N"),
        Step("term_ends", term, "exact", "VCOL-14-2", "same day, else last of month"),
    ]
    if facts.disclosed:
        down = days_after(facts.disclosed, settings.disclosure_days)
        made.append(Step("disclosure_may_come_down", down, "earliest", "VCOL-35-5", "event + N"))
    if facts.assembly:
        notice = days_before(facts.assembly, settings.assembly_notice_days, reading=settings.reading)
        made.append(Step("assembly_notice", notice, "latest", "VCOL-25-3", "event - N"))
    return made


def _report_steps(facts: Facts, holidays: Holidays) -> list[Step]:
    made = []
    for step, event, rule in (
        ("report_accepted", facts.report_received, "RPT-03"),
        ("report_answered", facts.report_closed, "RPT-04"),
    ):
        if event:
            due = working_days_after(event, 15, holidays)
            made.append(Step(step, due, "latest", rule, "event + N working days"))
    return made


def _period(step: str, end: date, rule: str, settings: Settings, holidays: Holidays) -> Step:
    if not settings.carry:
        return Step(step, end, "latest", rule, "event + N")
    to = carried(end, holidays)
    if to is None:
        unknown = find("CAL-05", None, on=end, case="year", year=end.year)
        return Step(step, end, "latest", rule, "event + N", None, (unknown,))
    return Step(step, end, "latest", rule, "event + N", to if to != end else None)


@dataclass(frozen=True, slots=True)
class Late:
    """Steps that broke, and the earliest election day that mends those that depend on it."""

    broken: tuple[tuple[Step, date], ...]
    earliest_election_day: date | None


def late(planned: tuple[Step, ...], actual: Mapping[str, date], settings: Settings) -> Late:
    """Which steps the actual dates break. Raises KeyError for a step that is not planned."""
    by_name = {step.step: step for step in planned}
    broken = tuple((by_name[name], day) for name, day in actual.items() if _breaks(by_name[name], day))
    mends: dict[str, Callable[[date], date]] = {
        "roll_posted": lambda day: days_after(day, settings.posted_before + READINGS[settings.reading]),
        "departure_audit": lambda day: day + ONE_DAY,
        "objections_end": lambda day: day + ONE_DAY,
        "objection_decided": lambda day: day + ONE_DAY,
    }
    days = [mends[step.step](day) for step, day in broken if step.step in mends]
    return Late(broken, max(days) if days else None)


def _breaks(step: Step, day: date) -> bool:
    if step.bound == "latest":
        return day > step.date
    return day < step.date if step.bound == "earliest" else day != step.date
