"""The statutory calendar: civil dates, both readings of "N days before", months, working days, every dated duty.

The day of an event is not counted (CAL-01). Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from shanzhi.core.law import numbers
from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.holidays import Holidays
from shanzhi.core.values import Dated

Day = date  # a step has a field of that name
ONE_DAY = timedelta(days=1)
LAST_DAY = date(2199, 12, 31)  # later days are slips of the pen
READINGS = {"event": 0, "clear": 1}  # CAL-02: "event - N", or N clear days between: "event - N - 1"
BACK = {"event": "event - N", "clear": "event - N - 1"}
FORWARD, WORKING = "event + N", "event + N working days"


class YearUnknown(LookupError):  # noqa: N818 - reads as the thing that happened
    """A working day was asked for in a year without a holiday table."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no table of rest days for {year}; load it first")
        self.year = year


def _in_law(number: Dated[int]) -> int:
    return number.on(numbers.TEXT_2025)


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices about counting days, with their defaults; numbers are days unless they say otherwise.

    reading: "event" counts back from the event itself, "clear" leaves N clear days between (CAL-02).
    carry: whether a period that ends on a rest day shows the working day it would be carried to (CAL-03).
    recall_days: by when a demanded recall is voted on; the Law leaves it to the province, so 0 means not set.
    """

    reading: str = "event"
    carry: bool = True
    posted_before: int = _in_law(numbers.POSTED_BEFORE)
    objection_days: int = _in_law(numbers.OBJECTION_DAYS)
    decision_days: int = _in_law(numbers.DECISION_DAYS)
    handover_days: int = _in_law(numbers.HANDOVER_DAYS)
    second_round_days: int = _in_law(numbers.SECOND_ROUND_DAYS)
    disclosure_days: int = _in_law(numbers.DISCLOSURE_DAYS)
    assembly_notice_days: int = _in_law(numbers.ASSEMBLY_NOTICE_DAYS)
    term_years: int = _in_law(numbers.TERM_YEARS)
    recall_days: int = 0

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
    representatives: date | None = None
    evaluated: date | None = None
    recall_demanded: date | None = None
    resignation_agreed: date | None = None
    report_received: date | None = None
    report_upward: date | None = None
    report_closed: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated duty.

    date: None when it cannot be known; `notes` say why. bound: "latest", "earliest" or "exact". carried_to: the
    working day to which a period ending on a rest day would be carried (CAL-03). stricter: the day under the stricter
    reading of "N days before" (CAL-02), where the step is counted back under the other one.
    """

    step: str
    date: Day | None
    bound: str
    rule: str
    reading: str
    carried_to: Day | None = None
    stricter: Day | None = None
    notes: tuple[Finding, ...] = field(default=())


def reckons(election_day: date) -> bool:
    """Whether every clock of an election on that day can be counted: from the first text that is known here (2018)
    on, and far enough from the end of the calendar."""
    return numbers.TEXT_2018 <= election_day <= LAST_DAY


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


def last_day_of_next_quarter(day: date) -> date:
    """The last day of the calendar quarter after the day's own."""
    return last_day_of_month(months_after(first_day_of_month(day), 5 - (day.month - 1) % 3))


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
    """Every statutory date that follows from the facts, in date order; what cannot be known comes last."""
    made = [
        *_election_steps(facts, settings, holidays),
        *_term_steps(facts, settings, holidays),
        *_meeting_steps(facts, settings),
        *_report_steps(facts, holidays),
    ]
    return tuple(sorted(made, key=lambda step: (step.date or date.max, step.step)))


def _election_steps(facts: Facts, settings: Settings, holidays: Holidays) -> Iterator[Step]:
    day = facts.election_day
    yield _roll_posted(facts, settings)
    yield Step("departure_audit", day - ONE_DAY, "latest", "VCOL-40-3", "before the event")
    yield _period("second_round", day, settings.second_round_days, "VER-10", settings, holidays)
    if facts.posted:
        yield _period(
            "objections_end", facts.posted, settings.objection_days, "VCOL-17-2", settings, holidays
        )
    if facts.objection:
        yield _period(
            "objection_decided", facts.objection, settings.decision_days, "VCOL-17-3", settings, holidays
        )


def _roll_posted(facts: Facts, settings: Settings) -> Step:
    day = facts.election_day
    step = _back("roll_posted", day, settings.posted_before, "VCOL-17-1", settings)
    if facts.posted is None or step.date is None or facts.posted <= step.date:
        return step
    late_by = find(
        "VCOL-17-1", False, on=max(day, numbers.TEXT_2018), posted=facts.posted.isoformat(),
        latest=step.date.isoformat(), days=(day - facts.posted).days,
    )  # fmt: skip
    return Step(
        step.step, step.date, step.bound, step.rule, step.reading, stricter=step.stricter, notes=(late_by,)
    )


def _term_steps(facts: Facts, settings: Settings, holidays: Holidays) -> Iterator[Step]:
    formed = facts.formed or facts.election_day
    ends = years_after(formed, settings.term_years)
    yield _period("handover_done", formed, settings.handover_days, "VCOL-24-1", settings, holidays)
    yield Step("supervision_formed", days_after(formed, 10), "latest", "VSC-09", FORWARD)
    yield Step("term_ends", ends, "exact", "VCOL-14-2", "same day, else last of month")
    yield Step("next_election", months_after(ends, 3), "latest", "SX-05", "event + N months")
    yield Step("next_election_delayed", months_after(ends, 6), "latest", "SX-05", "event + N months")
    if facts.resignation_agreed:
        yield Step("resignation_takes_effect", facts.resignation_agreed, "exact", "VCOL-20-1", "same day")
    if facts.recall_demanded and settings.recall_days:
        due = days_after(facts.recall_demanded, settings.recall_days)
        yield Step("recall_vote", due, "latest", "VCOL-19-3", FORWARD)
    elif facts.recall_demanded:
        unset = find("VCOL-19-3", None, on=max(facts.recall_demanded, numbers.TEXT_2018), case="no_day")
        yield Step("recall_vote", None, "latest", "VCOL-19-3", "left to the province", notes=(unset,))


def _meeting_steps(facts: Facts, settings: Settings) -> Iterator[Step]:
    if facts.disclosed:
        if facts.disclosed >= numbers.TEXT_2025:  # the text of 2018 names no number of days
            down = days_after(facts.disclosed, settings.disclosure_days)
            yield Step("disclosure_may_come_down", down, "earliest", "VCOL-35-5", FORWARD)
        due = last_day_of_next_quarter(facts.disclosed)
        yield Step("next_disclosure", due, "latest", "VCOL-35-2", "end of the next quarter")
    if facts.assembly:
        yield _back("assembly_notice", facts.assembly, settings.assembly_notice_days, "VCOL-25-3", settings)
        if facts.assembly >= numbers.TEXT_2025:
            yield _next_year("next_assembly", facts.assembly, "VCOL-25-4")
    if facts.representatives:
        due = last_day_of_next_quarter(facts.representatives)
        yield Step("next_representatives", due, "latest", "VCOL-30-1", "end of the next quarter")
    if facts.evaluated:
        yield _next_year("next_evaluation", facts.evaluated, "VCOL-38-2")


def _next_year(step: str, event: date, rule: str) -> Step:
    return Step(step, date(event.year + 1, 12, 31), "latest", rule, "end of the next year")


def _report_steps(facts: Facts, holidays: Holidays) -> Iterator[Step]:
    for step, event, days, rule in (
        ("report_accepted", facts.report_received, 15, "RPT-03"),
        ("report_sent_up", facts.report_upward, 5, "RPT-05"),
        ("report_answered", facts.report_closed, 15, "RPT-04"),
    ):
        if event is None:
            continue
        try:
            yield Step(step, working_days_after(event, days, holidays), "latest", rule, WORKING)
        except YearUnknown as unknown:
            note = find("CAL-05", None, on=event, case="year", year=unknown.year)
            yield Step(step, None, "latest", rule, WORKING, notes=(note,))


def _back(step: str, event: date, days: int, rule: str, settings: Settings) -> Step:
    day = days_before(event, days, reading=settings.reading)
    stricter = days_before(event, days, reading="clear")
    return Step(
        step, day, "latest", rule, BACK[settings.reading], stricter=stricter if stricter != day else None
    )


def _period(step: str, event: date, days: int, rule: str, settings: Settings, holidays: Holidays) -> Step:
    end = days_after(event, days)
    if not settings.carry:
        return Step(step, end, "latest", rule, FORWARD)
    to = carried(end, holidays)
    if to is None:
        unknown = find("CAL-05", None, on=end, case="year", year=end.year)
        return Step(step, end, "latest", rule, FORWARD, notes=(unknown,))
    return Step(step, end, "latest", rule, FORWARD, to if to != end else None)


@dataclass(frozen=True, slots=True)
class Late:
    """Steps with the days that they really fell on: those that broke, those that stand only if CAL-03 applies, the
    earliest election day that mends those that depend on it, and the broken steps that no election day mends."""

    broken: tuple[tuple[Step, date], ...]
    carried: tuple[tuple[Step, date], ...]
    earliest_election_day: date | None
    past_mending: tuple[Step, ...] = ()


def late(planned: tuple[Step, ...], actual: Mapping[str, date], settings: Settings) -> Late:
    """Which steps the actual dates break. Raises KeyError for a step that is not planned.

    Only what is counted back from the election day is mended by a later one; an objection's clock runs from its own day.
    """
    by_name = {step.step: step for step in planned}
    given = [(by_name[name], day) for name, day in actual.items()]
    past = [(step, day) for step, day in given if _breaks(step, day)]
    saved = [(step, day) for step, day in past if step.carried_to and day <= step.carried_to]
    broken = [each for each in past if each not in saved]
    mends: dict[str, Callable[[date], date]] = {
        "roll_posted": lambda day: days_after(day, settings.posted_before + READINGS[settings.reading]),
        "departure_audit": lambda day: day + ONE_DAY,
    }
    days = [mends[step.step](day) for step, day in broken if step.step in mends]
    past_mending = tuple(step for step, _day in broken if step.step not in mends)
    return Late(tuple(broken), tuple(saved), max(days) if days else None, past_mending)


def _breaks(step: Step, day: date) -> bool:
    if step.date is None:
        return False
    if step.bound == "latest":
        return day > step.date
    return day < step.date if step.bound == "earliest" else day != step.date
