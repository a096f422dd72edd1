"""`shanzhi calendar`: rows as in the contract, settings, newer holiday tables, what is late."""

from datetime import date

import pytest

from shanzhi.cli.calendar import DATES, NAMES
from shanzhi.core.law.calendar import Facts, Settings, steps
from shanzhi.core.law.holidays import COMMITTED

KEYS = {"step", "date", "bound", "rule", "reading", "carried_to"}
TABLE_2027 = {
    "year": 2027,
    "days": [{"date": "2027-01-01", "isOffDay": True}, {"date": "2027-01-04", "isOffDay": True}],
}


def rows(said):
    return {row["step"]: row for row in said.json}


def test_the_row_of_the_contract(shanzhi):
    said = shanzhi("calendar", "--election-day", "2026-12-20", "--json")

    assert (said.status, said.err) == (0, "")
    assert rows(said)["roll_posted"] == {
        "step": "roll_posted", "date": "2026-11-30", "bound": "latest", "rule": "VCOL-17-1", "reading": "event - N",
        "carried_to": None,
    }  # fmt: skip
    assert all(set(row) == KEYS for row in said.json)
    assert [row["date"] for row in said.json] == sorted(row["date"] for row in said.json)


def test_every_fact_has_its_option_and_every_step_its_name(shanzhi):
    words = [part for name in DATES for part in (f"--{name}", "2026-09-01")]
    said = shanzhi("calendar", "--election-day", "2026-12-20", *words, "--json")

    assert said.status == 0
    assert {row["step"] for row in said.json} == set(NAMES)
    assert {name.replace("-", "_") for name in DATES} | {"election_day"} == set(Facts.__dataclass_fields__)


def test_the_dates_of_a_posted_roll_and_an_objection(shanzhi):
    said = shanzhi(
        "calendar", "--election-day", "2026-12-20", "--posted", "2026-11-02", "--objection", "2026-11-05", "--formed",
        "2026-12-21", "--json",
    )  # fmt: skip
    found = rows(said)

    assert (found["objections_end"]["date"], found["objections_end"]["carried_to"]) == (
        "2026-11-07",
        "2026-11-09",
    )
    assert (found["objection_decided"]["date"], found["objection_decided"]["carried_to"]) == (
        "2026-11-08",
        "2026-11-09",
    )
    assert found["handover_done"]["date"] == "2026-12-31"
    assert (found["term_ends"]["date"], found["term_ends"]["bound"]) == ("2031-12-21", "exact")


def test_settings_choose_the_reading_and_the_numbers(shanzhi, file):
    settings = file("local.toml", 'reading = "clear"\ncarry = false\nposted_before = 25\n')
    found = rows(shanzhi("calendar", "--election-day", "2026-12-20", "--settings", settings, "--json"))

    assert (found["roll_posted"]["date"], found["roll_posted"]["reading"]) == ("2026-11-24", "event - N - 1")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("colour = 1", "settings.colour"),
        ('reading = "business"', "settings.reading"),
        ("reading = 3", "settings.reading"),
        ('carry = "no"', "settings.carry"),
        ("posted_before = true", "settings.posted_before"),
        ("posted_before = -1", "settings.posted_before"),
        ("posted_before = 2.5", "settings.posted_before"),
        ("term_years = 21", "settings.term_years"),
        ("posted_before = ", "--settings"),
    ],
)
def test_unusable_settings_name_their_field(shanzhi, file, text, field):
    said = shanzhi(
        "calendar", "--election-day", "2026-12-20", "--settings", file("local.toml", text), "--json"
    )

    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"shanzhi calendar: {field}: ")
    assert "accepted: " in said.err


@pytest.mark.parametrize(
    "words",
    [
        ["--election-day", "20.12.2026"],
        ["--election-day", "2026-02-30"],
        ["--election-day", "2026-W51-7"],
        ["--election-day", "9999-12-31"],
        ["--election-day", "0001-01-01"],
        ["--election-day", "2018-12-28"],
        ["--election-day", "2026-12-20", "--posted", "yesterday"],
        ["--election-day", "2026-12-20", "--posted", ""],
        ["--election-day", "2026-12-20", "--settings", ""],
        ["--election-day", "2026-12-20", "--late", "roll_posted"],
        ["--election-day", "2026-12-20", "--late", "objections_end=2026-12-01"],
        ["--election-day", "2026-12-20", "--late", "roll_posted=soon"],
        ["--election-day", "2026-12-20", "--holidays", "/nowhere.json"],
        ["--posted", "2026-12-01"],
        ["--election-day", "2026-12-20", "--colour", "red"],
    ],
)
def test_unusable_arguments_are_refused_with_nothing_on_standard_output(shanzhi, words):
    said = shanzhi("calendar", *words, "--json")

    assert (said.status, said.out) == (2, "")
    assert said.err
    assert "Traceback" not in said.err


def test_a_late_roll_names_the_earliest_election_day_that_mends_it(shanzhi):
    words = ["calendar", "--election-day", "2026-12-20", "--late", "roll_posted=2026-12-05"]
    answer = shanzhi(*words, "--json").json

    assert answer["earliest_election_day"] == "2026-12-25"
    assert [(row["step"], row["actual"]) for row in answer["broken"]] == [("roll_posted", "2026-12-05")]
    assert answer["carried"] == []
    assert "最早选举日 earliest election day that mends it: 2026-12-25" in shanzhi(*words).out


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ("roll_posted=2026-11-30", "没有逾期 nothing is late"),
        ("objections_end=2026-11-09", "只有顺延才不逾期"),
        ("second_round=2026-12-31", "改选举日不能补救"),
    ],
)
def test_what_else_is_said_of_real_dates(shanzhi, late, words):
    said = shanzhi("calendar", "--election-day", "2026-12-20", "--posted", "2026-11-02", "--late", late)

    assert words in said.out


def test_a_year_without_a_table_is_a_finding_until_an_operator_loads_one(shanzhi, file):
    words = ["calendar", "--election-day", "2026-12-25", "--report-received", "2026-12-28", "--json"]
    before = rows(shanzhi(*words))
    after = rows(shanzhi(*words, "--holidays", file("2027.json", TABLE_2027)))

    assert before["handover_done"]["findings"][0]["rule"] == "CAL-05"
    assert before["report_accepted"]["date"] is None
    assert after["handover_done"]["carried_to"] == "2027-01-05"
    assert set(after["handover_done"]) == KEYS
    assert after["report_accepted"]["date"] == "2027-01-20"


def test_a_spoiled_table_is_refused(shanzhi, file):
    said = shanzhi(
        "calendar", "--election-day", "2026-12-20", "--holidays", file("t.json", {"year": 2027}), "--json"
    )

    assert (said.status, said.out) == (2, "")
    assert "days" in said.err


def test_the_table_for_people_shows_both_readings_and_both_languages(shanzhi):
    said = shanzhi(
        "calendar",
        "--election-day",
        "2026-12-20",
        "--posted",
        "2026-11-02",
        "--recall-demanded",
        "2026-11-02",
    )

    for words in ("2026-11-30", "公布选民名单 roll_posted", "更严 stricter: 2026-11-29 (CAL-02)", "顺延 →2026-11-09 (CAL-03)",
                  "未定 unknown", "最迟 latest", "left to the province"):  # fmt: skip
        assert words in said.out


def test_the_command_and_the_engine_agree(shanzhi):
    planned = steps(Facts(date(2026, 12, 20)), Settings(), COMMITTED)

    assert [row["step"] for row in shanzhi("calendar", "--election-day", "2026-12-20", "--json").json] == [
        step.step for step in planned
    ]
