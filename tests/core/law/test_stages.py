"""The road of an election: no stage is skipped, every stop says why, every clock runs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shanzhi.core.law import stages
from shanzhi.core.law.stages import ORDER, Road, Stage, duties, may_enter, next_stage, overridable

DAY = date(2026, 12, 20)
POSTED = date(2026, 11, 28)
READY = Road(
    stage=Stage.PLANNED, election_day=DAY, seats={"chair": 1, "member": 2}, standing={"chair": 2, "member": 3},
    attested=frozenset({"election_committee", "nomination"}), roll_posted_on=POSTED, sheets_agreed=True, has_outcome=True,
    announced_on=DAY,
)  # fmt: skip
AFTER = dict(zip(ORDER[1:], ORDER, strict=False))


def stops(stage, today, **change):
    road = replace(READY, stage=AFTER[stage], **change)
    found = may_enter(stage, road, today=today)
    assert all(each.says["zh"] and each.says["en"] for each in found)
    return [(each.rule, each.case) for each in found if each.stops]


@pytest.mark.parametrize("stage", ORDER[1:])
def test_with_everything_in_order_every_stage_opens(stage):
    assert (
        stops(stage, DAY if stage in {Stage.COUNTING, Stage.ANNOUNCED} else POSTED + timedelta(days=6)) == []
    )


@pytest.mark.parametrize("stage", ORDER)
def test_no_stage_is_skipped_or_entered_twice(stage):
    for now in ORDER:
        if next_stage(now) != stage:
            with pytest.raises(ValueError, match="no stage is skipped"):
                may_enter(stage, replace(READY, stage=now), today=DAY)


def test_the_last_stage_has_none_after_it():
    assert next_stage(Stage.ANNOUNCED) is None


@pytest.mark.parametrize(
    ("stage", "today", "change", "expected"),
    [
        pytest.param(
            Stage.ROLL,
            POSTED,
            {"election_day": None},
            [("VCOL-14-2", "no_day")],
            id="VCOL-14-2 no day is set",
        ),
        pytest.param(
            Stage.ROLL,
            POSTED,
            {"attested": frozenset()},
            [("VCOL-15-2", "recorded")],
            id="VCOL-15-2 not recorded",
        ),
        pytest.param(
            Stage.ROLL, POSTED, {"seats": {"member": 8}}, [("VCOL-8-1", "")], id="VCOL-8-1 eight seats"
        ),
        pytest.param(
            Stage.ROLL_POSTED,
            date(2026, 12, 1),
            {"roll_posted_on": None},
            [("VCOL-17-1", "")],
            id="VCOL-17-1 a day late",
        ),
        pytest.param(
            Stage.ROLL_POSTED,
            date(2026, 11, 30),
            {"roll_posted_on": None},
            [],
            id="VCOL-17-1 on the last day",
        ),
        pytest.param(
            Stage.CANDIDATES,
            date(2026, 12, 3),
            {},
            [("VCOL-17-2", "")],
            id="VCOL-17-2 objections can still be made",
        ),
        pytest.param(Stage.CANDIDATES, date(2026, 12, 4), {}, [], id="VCOL-17-2 the day after the last"),
        pytest.param(
            Stage.CANDIDATES,
            date(2026, 12, 4),
            {"roll_posted_on": None},
            [("VCOL-17-1", "not_posted")],
            id="VCOL-17-1 not posted",
        ),
        pytest.param(
            Stage.CANDIDATES,
            date(2026, 12, 4),
            {"objections_open": (DAY,)},
            [("VCOL-17-3", "")],
            id="VCOL-17-3 an objection is open",
        ),
        pytest.param(
            Stage.VOTING,
            POSTED,
            {"standing": {"chair": 1, "member": 3}},
            [("VCOL-18-5", "")],
            id="LC-007 VCOL-18-5 no contest",
        ),
        pytest.param(
            Stage.VOTING,
            POSTED,
            {"attested": frozenset()},
            [("VCOL-18-1", "recorded")],
            id="VCOL-18-1 not recorded",
        ),
        pytest.param(
            Stage.VOTING, POSTED, {"objections_open": (DAY,)}, [("VCOL-17-3", "")], id="VCOL-17-3 still open"
        ),
        pytest.param(
            Stage.VOTING,
            POSTED,
            {"is_rerun": True, "attested": frozenset()},
            [],
            id="VER-10 a re-run is not nominated anew",
        ),
        pytest.param(
            Stage.VOTING,
            POSTED,
            {"is_rerun": True, "result_before": date(2026, 12, 10)},
            [],
            id="VER-10 on the tenth day",
        ),
        pytest.param(
            Stage.VOTING,
            POSTED,
            {"is_rerun": True, "result_before": date(2026, 12, 9)},
            [("VER-10", "")],
            id="VER-10 on the eleventh day",
        ),
        pytest.param(
            Stage.COUNTING,
            date(2026, 12, 19),
            {},
            [("VCOL-18-16", "day")],
            id="VCOL-18-16 the day has not come",
        ),
        pytest.param(
            Stage.ANNOUNCED,
            DAY,
            {"sheets_agreed": False},
            [("VCOL-18-16", "counted")],
            id="VCOL-18-16 not counted twice",
        ),
        pytest.param(
            Stage.ANNOUNCED,
            DAY,
            {"has_outcome": False},
            [("VCOL-18-16", "counted")],
            id="VCOL-18-16 no outcome",
        ),
        pytest.param(
            Stage.ANNOUNCED,
            DAY,
            {"outcome_stops": (("VCOL-8-3", "甲、乙"),)},
            [("VCOL-8-3", "")],
            id="VCOL-8-3 near kin",
        ),
        pytest.param(
            Stage.ANNOUNCED,
            DAY,
            {"outcome_stops": (("VER-07", "丙"),)},
            [("VER-07", "waits")],
            id="VER-07 tied above",
        ),
    ],
)
def test_what_stops_a_stage(stage, today, change, expected):
    assert stops(stage, today, **change) == expected


def test_what_a_person_may_decide_and_what_has_to_be_mended():
    road = replace(
        READY,
        stage=Stage.COUNTING,
        outcome_stops=(("VCOL-8-3", "甲、乙"), ("VER-07", "丙")),
        has_outcome=False,
    )
    found = may_enter(Stage.ANNOUNCED, road, today=DAY)

    assert [(each.rule, overridable(each)) for each in found] == [
        ("VCOL-18-16", False),
        ("VCOL-8-3", True),
        ("VER-07", True),
    ]


@pytest.mark.parametrize(
    ("stage", "today", "change", "expected"),
    [
        (Stage.PLANNED, POSTED, {}, [("roll_posted", 2)]),
        (Stage.ROLL, date(2026, 12, 1), {}, [("roll_posted", -1)]),
        (Stage.ROLL, POSTED, {"is_rerun": True}, []),
        (Stage.ROLL_POSTED, POSTED, {}, [("objections_end", 5), ("candidates_posted", 21)]),
        (
            Stage.ROLL_POSTED,
            POSTED,
            {"objections_open": (POSTED,)},
            [("objection_decided", 0), ("objections_end", 5), ("candidates_posted", 21)],
        ),
        (Stage.CANDIDATES, POSTED, {}, [("candidates_posted", 21)]),
        (
            Stage.CANDIDATES,
            POSTED,
            {"is_rerun": True, "election_day": None, "result_before": POSTED},
            [("second_round", 10)],
        ),
        (
            Stage.CANDIDATES,
            POSTED,
            {"is_rerun": True, "is_tie": True, "election_day": None, "result_before": POSTED},
            [("tie_vote", 10)],
        ),
        # The time for objections belongs to others: once it is over, nobody is late.
        (Stage.ROLL_POSTED, date(2026, 12, 6), {}, [("candidates_posted", 13)]),
        (Stage.VOTING, DAY, {}, [("election_day", 0)]),
        (Stage.COUNTING, DAY, {}, [("announced", 0)]),
        (Stage.ANNOUNCED, DAY, {}, [("handover_done", 10)]),
        (Stage.ANNOUNCED, DAY, {"attested": frozenset({"handover"})}, []),
        (Stage.ANNOUNCED, DAY, {"announced_on": None}, []),
        (Stage.PLANNED, DAY, {"election_day": None}, []),
    ],
)
def test_every_clock_of_a_stage_the_most_urgent_first(stage, today, change, expected):
    found = duties(replace(READY, stage=stage, **change), today=today)

    assert [(each.step, each.days_left) for each in found] == expected
    assert all(each.late is (each.days_left < 0) for each in found)


def test_the_numbers_of_the_road_are_those_of_the_law():
    assert (stages.POSTED_BEFORE, stages.OBJECTION_DAYS, stages.DECISION_DAYS) == (20, 5, 3)
    assert (stages.SECOND_ROUND_DAYS, stages.HANDOVER_DAYS) == (10, 10)


def test_a_sentence_tells_a_day_in_the_readers_own_form_and_the_fact_stays_a_fact():
    late = replace(READY, stage=Stage.ROLL, roll_posted_on=date(2026, 12, 5))
    (finding,) = may_enter(Stage.ROLL_POSTED, late, today=date(2026, 12, 5))

    assert finding.facts["latest"] == "2026-11-30"
    assert "2026年11月30日" in finding.says["zh"]
    assert "30 November 2026" in finding.says["en"]


def test_a_roll_with_facts_that_nobody_knows_is_not_posted():
    """VCOL-16-1: unknown is not a pass."""
    drafted = replace(READY, stage=Stage.ROLL, undetermined=3)

    (finding,) = [each for each in may_enter(Stage.ROLL_POSTED, drafted, today=POSTED) if each.stops]

    assert (finding.rule, finding.holds, finding.facts["people"]) == ("VCOL-16-1", None, 3)
    assert "3" in finding.says["zh"]
    assert not overridable(finding)
