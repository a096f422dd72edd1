"""The calendar: worked cases of section H (and O, J for dates), both readings, carrying over, what is late."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.law import calendar, register
from shanzhi.core.law.calendar import Facts, Settings, YearUnknown, late, steps
from shanzhi.core.law.holidays import COMMITTED

VECTORS = Path(__file__).parents[4] / "shared/vectors/legal-dates"
DAY = date(2026, 12, 20)
days = st.dates(date(2019, 1, 1), date(2190, 1, 1))


def d(text):
    return date.fromisoformat(text)


def plan(election_day=DAY, *, settings=None, **facts):
    """The steps by name."""
    made = steps(Facts(election_day, **facts), settings or Settings(), COMMITTED)
    return {step.step: step for step in made}


@pytest.mark.parametrize(
    ("election_day", "latest"),
    [
        pytest.param("2028-03-20", "2028-02-29", id="LC-051 VCOL-17-1 leap year"),
        pytest.param("2027-03-20", "2027-02-28", id="LC-051 VCOL-17-1 common year"),
        pytest.param("2026-12-20", "2026-11-30", id="VCOL-17-1 the contract's example"),
    ],
)
def test_when_the_roll_is_posted_at_the_latest(election_day, latest):
    step = plan(d(election_day))["roll_posted"]

    assert (step.date, step.bound, step.rule, step.reading) == (d(latest), "latest", "VCOL-17-1", "event - N")
    assert step.stricter == d(latest) - timedelta(days=1)


def test_cal_02_the_stricter_reading_leaves_clear_days_between():
    steps = plan(settings=Settings(reading="clear"), assembly=d("2027-01-20"))

    assert (steps["roll_posted"].date, steps["roll_posted"].reading) == (d("2026-11-29"), "event - N - 1")
    assert (steps["assembly_notice"].date, steps["assembly_notice"].reading) == (
        d("2027-01-09"),
        "event - N - 1",
    )
    assert steps["roll_posted"].stricter is None


@pytest.mark.parametrize(
    ("posted", "until"),
    [
        pytest.param("2026-12-21", "2026-12-26", id="LC-053 VCOL-17-2"),
        pytest.param("2028-02-26", "2028-03-02", id="LC-055 VCOL-17-2 leap year"),
        pytest.param("2027-02-26", "2027-03-03", id="LC-055 VCOL-17-2 common year"),
    ],
)
def test_until_when_objections_are_made(posted, until):
    step = plan(d("2028-06-01"), posted=d(posted))["objections_end"]

    assert (step.date, step.rule) == (d(until), "VCOL-17-2")


def test_lc_053_vcol_17_3_an_objection_is_decided_within_three_days():
    assert plan(objection=d("2026-12-26"))["objection_decided"].date == d("2026-12-29")


@pytest.mark.parametrize("formed", [None, "2028-02-29"], ids=["election day", "formed"])
def test_lc_057_vcol_14_2_five_years_end_on_the_last_day_of_february(formed):
    step = plan(d("2028-02-29"), formed=d(formed) if formed else None)["term_ends"]

    assert (step.date, step.bound) == (d("2033-02-28"), "exact")


@pytest.mark.parametrize(
    ("posted", "down"),
    [
        pytest.param("2027-02-20", "2027-03-07", id="LC-059 VCOL-35-5 common year"),
        pytest.param("2028-02-20", "2028-03-06", id="LC-059 VCOL-35-5 leap year"),
    ],
)
def test_when_a_disclosure_may_come_down(posted, down):
    step = plan(disclosed=d(posted))["disclosure_may_come_down"]

    assert (step.date, step.bound) == (d(down), "earliest")


def test_vcol_35_5_before_2026_no_number_of_days_was_set():
    assert "disclosure_may_come_down" not in plan(disclosed=d("2025-12-31"))


@pytest.mark.parametrize(
    ("fact", "event", "step", "due", "rule"),
    [
        pytest.param("formed", "2026-12-20", "handover_done", "2026-12-30", "VCOL-24-1", id="VCOL-24-1"),
        pytest.param("formed", "2026-12-20", "supervision_formed", "2026-12-30", "VSC-09", id="VSC-09"),
        pytest.param(
            "formed",
            "2026-12-20",
            "next_election",
            "2032-03-20",
            "SX-05",
            id="SX-05 three months after the term",
        ),
        pytest.param(
            "formed",
            "2026-08-31",
            "next_election_delayed",
            "2032-02-29",
            "SX-05",
            id="SX-05 CAL-04 six months after",
        ),
        pytest.param(
            "election_day", "2026-12-20", "departure_audit", "2026-12-19", "VCOL-40-3", id="VCOL-40-3"
        ),
        pytest.param("election_day", "2026-12-20", "second_round", "2026-12-30", "VER-10", id="VER-10"),
        pytest.param("assembly", "2026-12-20", "assembly_notice", "2026-12-10", "VCOL-25-3", id="VCOL-25-3"),
        pytest.param("assembly", "2026-12-20", "next_assembly", "2027-12-31", "VCOL-25-4", id="VCOL-25-4"),
        pytest.param("disclosed", "2026-11-20", "next_disclosure", "2027-03-31", "VCOL-35-2", id="VCOL-35-2"),
        pytest.param(
            "representatives", "2026-03-31", "next_representatives", "2026-06-30", "VCOL-30-1", id="VCOL-30-1"
        ),
        pytest.param("evaluated", "2026-05-01", "next_evaluation", "2027-12-31", "VCOL-38-2", id="VCOL-38-2"),
        pytest.param(
            "resignation_agreed",
            "2026-05-01",
            "resignation_takes_effect",
            "2026-05-01",
            "VCOL-20-1",
            id="VCOL-20-1",
        ),
        pytest.param(
            "report_received", "2026-11-02", "report_accepted", "2026-11-23", "RPT-03", id="LC-107 RPT-03"
        ),
        pytest.param(
            "report_closed", "2026-11-20", "report_answered", "2026-12-11", "RPT-04", id="LC-109 RPT-04"
        ),
        pytest.param(
            "report_upward", "2026-11-20", "report_sent_up", "2026-11-27", "RPT-05", id="LC-111 RPT-05"
        ),
    ],
)
def test_every_dated_duty(fact, event, step, due, rule):
    facts = {"election_day": DAY} | {fact: d(event)}
    found = plan(facts.pop("election_day"), **facts)[step]

    assert (found.date, found.rule) == (d(due), rule)


def test_vcol_19_3_the_day_of_a_recall_is_left_to_the_province():
    unset = plan(recall_demanded=d("2026-05-01"))["recall_vote"]
    chosen = plan(recall_demanded=d("2026-05-01"), settings=Settings(recall_days=30))["recall_vote"]

    assert unset.date is None
    assert "province" in unset.notes[0].says["en"]
    assert chosen.date == d("2026-05-31")


def test_steps_come_in_date_order_and_cite_rules_of_the_register():
    everything = Facts(
        DAY, posted=d("2026-12-10"), objection=d("2026-12-12"), formed=DAY, disclosed=DAY, assembly=DAY,
        representatives=DAY, evaluated=DAY, recall_demanded=DAY, resignation_agreed=DAY, report_received=d("2026-03-02"),
        report_upward=d("2026-03-02"), report_closed=d("2026-12-21"),
    )  # fmt: skip
    made = steps(everything, Settings(), COMMITTED)

    known = [step.date for step in made if step.date]
    assert known == sorted(known)
    assert [step.step for step in made if step.date is None] == ["recall_vote", "report_answered"]
    for step in made:
        assert "calendar" in register.rule(step.rule).used_in
        assert step.bound in {"latest", "earliest", "exact"}


# Rest days (CAL-03, CAL-05)


@pytest.mark.parametrize(
    ("posted", "end", "to"),
    [
        pytest.param(
            "2026-09-20", "2026-09-25", "2026-09-28", id="into the autumn holiday: the Monday after"
        ),
        pytest.param("2026-05-04", "2026-05-09", None, id="a Saturday that is worked"),
        pytest.param("2026-11-02", "2026-11-07", "2026-11-09", id="an ordinary Saturday"),
        pytest.param("2026-09-26", "2026-10-01", "2026-10-08", id="the first day of the long holiday"),
    ],
)
def test_cal_03_a_period_that_ends_on_a_rest_day_shows_where_it_would_be_carried(posted, end, to):
    step = plan(posted=d(posted))["objections_end"]

    assert (step.date, step.carried_to) == (d(end), d(to) if to else None)
    assert plan(posted=d(posted), settings=Settings(carry=False))["objections_end"].carried_to is None


def test_cal_05_a_year_without_a_table_is_a_finding_and_not_a_guess():
    step = plan(d("2027-05-01"), posted=d("2027-04-03"))["objections_end"]
    unknown = plan(report_received=d("2026-12-28"))["report_accepted"]

    assert (step.date, step.carried_to) == (d("2027-04-08"), None)
    assert step.notes[0].rule == "CAL-05"
    assert "2027" in step.notes[0].says["zh"]
    assert unknown.date is None
    assert unknown.notes[0].facts["year"] == 2027
    with pytest.raises(YearUnknown, match="2027"):
        calendar.working_days_after(d("2026-12-31"), 1, COMMITTED)


def test_a_table_known_for_one_year_only_carries_no_further():
    assert calendar.carried(d("2026-12-31"), COMMITTED) == d("2026-12-31")
    assert calendar.carried(d("2027-01-02"), COMMITTED) is None


# Late


def test_a_roll_posted_late_says_so_and_which_election_day_mends_it():
    settings = Settings()
    planned = steps(Facts(DAY, posted=d("2026-12-05")), settings, COMMITTED)
    found = late(planned, {"roll_posted": d("2026-12-05")}, settings)

    assert [(step.step, day) for step, day in found.broken] == [("roll_posted", d("2026-12-05"))]
    assert found.earliest_election_day == d("2026-12-25")
    note = next(step for step in planned if step.step == "roll_posted").notes[0]
    assert (note.rule, note.holds) == ("VCOL-17-1", False)


@given(days, st.integers(0, 200), st.sampled_from(["event", "clear"]))
def test_the_mended_election_day_is_the_first_that_breaks_nothing(day, delay, reading):
    settings = Settings(reading=reading, carry=False)
    posted = day - timedelta(days=20) + timedelta(days=delay)
    mended = late(
        steps(Facts(day), settings, COMMITTED), {"roll_posted": posted}, settings
    ).earliest_election_day

    def broken(election_day):
        return late(steps(Facts(election_day), settings, COMMITTED), {"roll_posted": posted}, settings).broken

    if mended is None:
        assert not broken(day)
    else:
        assert not broken(mended)
        assert broken(mended - timedelta(days=1))


def test_cal_03_what_is_in_time_only_by_carrying_over_is_flagged_and_not_broken():
    planned = steps(Facts(DAY, posted=d("2026-11-02")), Settings(), COMMITTED)

    found = late(planned, {"objections_end": d("2026-11-09")}, Settings())
    assert ([step.step for step, _day in found.carried], found.broken) == (["objections_end"], ())
    found = late(planned, {"objections_end": d("2026-11-10")}, Settings())
    assert [step.step for step, _day in found.broken] == ["objections_end"]


@pytest.mark.parametrize(
    ("step", "actual", "broken", "mended"),
    [
        ("departure_audit", "2026-12-20", True, "2026-12-21"),
        ("departure_audit", "2026-12-19", False, None),
        ("objection_decided", "2026-12-26", True, None),  # three days from receipt, whenever the election is
        ("disclosure_may_come_down", "2026-12-24", True, None),
        ("disclosure_may_come_down", "2026-12-25", False, None),
        ("term_ends", "2031-12-19", True, None),
        ("second_round", "2026-12-31", True, None),
        ("recall_vote", "2030-01-01", False, None),
    ],
)
def test_what_breaks_and_what_another_day_mends(step, actual, broken, mended):
    facts = Facts(DAY, objection=d("2026-12-21"), disclosed=d("2026-12-10"), recall_demanded=DAY)
    found = late(steps(facts, Settings(), COMMITTED), {step: d(actual)}, Settings())

    assert bool(found.broken) is broken
    assert found.earliest_election_day == (d(mended) if mended else None)


def test_what_no_election_day_mends_is_named_beside_what_one_does():
    facts = Facts(DAY, objection=d("2026-12-10"))
    found = late(
        steps(facts, Settings(), COMMITTED),
        {"roll_posted": d("2026-12-05"), "objection_decided": d("2026-12-22")},
        Settings(),
    )

    assert found.earliest_election_day == d("2026-12-25")
    assert [step.step for step in found.past_mending] == ["objection_decided"]


def test_a_step_that_is_not_planned_is_refused():
    with pytest.raises(KeyError):
        late(steps(Facts(DAY), Settings(), COMMITTED), {"objections_end": DAY}, Settings())


def test_an_unknown_reading_is_refused():
    with pytest.raises(ValueError, match="accepted: event, clear"):
        Settings(reading="business")


# Dates by other hands


def rows(name):
    if not VECTORS.exists():
        pytest.skip("the outside vectors on legal dates are not beside this project")
    with (VECTORS / name).open(encoding="utf-8") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def moved(start, period):
    years, months, more = (int(part.split()[0]) for part in period.strip("[] ").split(","))
    return calendar.days_after(calendar.months_after(d(start), 12 * years + months), more)


def test_exact_computations_of_the_outside_vectors():
    for start, period, expected in rows("exact_computations.csv"):
        assert moved(start, period) == d(expected.strip()), (start, period)


def test_cal_04_of_two_readings_of_a_missing_day_the_last_of_the_month_is_ours():
    for start, period, _up, down in rows("ambiguous_computations.csv"):
        assert moved(start, period) == d(down.strip()), (start, period)


def test_first_and_last_day_of_a_month():
    for day, first, last in rows("first_last_day_of_month.csv"):
        assert calendar.first_day_of_month(d(day)) == d(first.strip())
        assert calendar.last_day_of_month(d(day)) == d(last.strip())


@given(days, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last_one(day, months):
    there = calendar.months_after(day, months)

    assert there.day == min(day.day, calendar.last_day_of_month(there).day)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(days)
def test_the_next_quarter_ends_after_three_to_six_months(day):
    end = calendar.last_day_of_next_quarter(day)

    assert (end + timedelta(days=1)).month in {1, 4, 7, 10}
    assert 90 <= (end - day).days <= 184


@given(days, st.integers(0, 60))
def test_both_readings_differ_by_one_day(day, number):
    assert calendar.days_before(day, number) - calendar.days_before(
        day, number, reading="clear"
    ) == timedelta(days=1)
    assert calendar.days_after(calendar.days_before(day, number), number) == day
