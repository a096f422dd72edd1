"""The road: no stage is skipped, a stop needs a recorded decision, and what follows a round uses its roll."""

from datetime import date

import pytest

from shanzhi.apps.elections.actions import candidates, mandates, outcomes, renewals, road, rolls
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Decision, Election, Outcome
from shanzhi.apps.elections.selectors import overview as overviews
from shanzhi.apps.elections.selectors import road as where
from shanzhi.apps.places.models import Person
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    MADE,
    OPEN,
    POSTED,
    SECOND,
    acts,
    attest,
    days,
    declare,
    fresh,
    make,
    nominating,
    nothing_happens,
    person,
    planned,
    posted,
    refused,
    settle,
    stand,
    voting,
)

LATE = DAY - days(15)  # five days too late for the posting (VCOL-17-1)


def decide_stop(
    election,
    rule,
    *,
    about="stage:roll_posted",
    today=LATE,
    reason="会议决定推迟",
    body="村选举委员会",
    by=CLERK,
):
    return road.decide_stop(
        election=election, about=about, rule=rule, reason=reason, body=body, today=today, by=by
    )


def post_late(election, *, on=LATE):
    return rolls.post(election=election, posted_on=on, version=fresh(election).version, today=on, by=CLERK)


# No stage is skipped


STEPS = {
    "make": lambda election: rolls.make(election=election, today=MADE, by=CLERK),
    "post": lambda election: rolls.post(
        election=election, posted_on=POSTED, version=election.version, today=POSTED, by=CLERK
    ),
    "close_objections": lambda election: rolls.close_objections(election=election, today=OPEN, by=CLERK),
    "propose": lambda election: candidates.propose(
        election=election, person=person(election, "王秀兰"), post="chair", source="voters", nominated_on=OPEN, by=CLERK
    ),
    "post_list": lambda election: candidates.post_list(
        election=election, posted_on=OPEN, version=election.version, today=OPEN, by=CLERK
    ),
    "open_count": lambda election: outcomes.open_count(election=election, today=DAY, by=CLERK),
}  # fmt: skip
BELONGS = {
    "make": {"planned", "roll"}, "post": {"roll"}, "close_objections": {"roll_posted", "candidates"}, "propose": {"candidates"},
    "post_list": {"candidates"}, "open_count": {"voting", "counting"},
}  # fmt: skip
STAGES = ("planned", "roll", "roll_posted", "candidates", "voting", "counting", "announced")


@pytest.mark.parametrize(
    ("step", "stage"), [(step, stage) for step in STEPS for stage in STAGES if stage not in BELONGS[step]]
)
def test_a_step_out_of_its_turn_is_refused(county, renewal, step, stage):
    election = planned(renewal, county.village)
    Election.objects.filter(pk=election.pk).update(stage=stage)

    with refused(NotNow):
        STEPS[step](fresh(election))


def test_the_road_is_walked_stage_by_stage_and_each_step_is_on_record(county, renewal):
    voting(renewal, county.village)

    entered = [
        e.facts["stage"] for e in Event.objects.order_by("index") if e.act == "elections.stage_entered"
    ]
    assert entered == ["roll", "roll_posted", "candidates", "voting"]


def test_without_an_election_committee_no_roll_is_made(county, renewal):
    """VCOL-15-2: unknown is not a pass."""
    election = cast.make_election(renewal, county.village)
    settle(county.village)

    with refused(Stopped) as refusal:
        rolls.make(election=election, today=MADE, by=CLERK)
    assert [finding.rule for finding in refusal.value.findings] == ["VCOL-15-2"]

    attest(election, "election_committee")
    assert rolls.make(election=election, today=MADE, by=CLERK).lines.count() == 8


def test_nominations_do_not_open_while_objections_can_be_made(county, renewal):
    """VCOL-17-2, LC-053: five days after 28 November are 3 December, and that day still counts."""
    election = posted(renewal, county.village)

    with refused(Stopped):
        rolls.close_objections(election=election, today=date(2026, 12, 3), by=CLERK)

    rolls.close_objections(election=election, today=date(2026, 12, 4), by=CLERK)
    assert fresh(election).stage == "candidates"


# A stop, and a decision


def test_a_roll_posted_too_late_stops_the_election(county, renewal):
    """VCOL-17-1."""
    election = make(planned(renewal, county.village))

    with refused(Stopped) as refusal:
        post_late(election)
    assert [(finding.rule, finding.holds) for finding in refusal.value.findings] == [("VCOL-17-1", False)]


def test_a_decision_with_its_reason_lifts_the_stop_and_stays_with_the_election(county, renewal):
    election = make(planned(renewal, county.village))

    made = decide_stop(election, "VCOL-17-1")

    assert (made.reason, made.body, made.decided_by, made.choice) == (
        "会议决定推迟",
        "村选举委员会",
        CLERK,
        "go_on",
    )
    assert made.finding["rule"] == "VCOL-17-1"
    assert made.finding["facts"]["days"] == 15
    assert acts()[-1] == "elections.stop_decided"
    post_late(election)
    assert fresh(election).stage == "roll_posted"


def test_the_decision_sent_twice_stands_once(county, renewal):
    election = make(planned(renewal, county.village))
    made = decide_stop(election, "VCOL-17-1")

    with nothing_happens():
        assert decide_stop(election, "VCOL-17-1") == made


def test_the_record_of_a_decision_holds_neither_reason_nor_body(county, renewal):
    election = make(planned(renewal, county.village))
    decide_stop(election, "VCOL-17-1", reason="王秀兰生病", body="李建国主持的会议")

    written = str(list(Event.objects.values_list("facts", flat=True)))
    assert "王秀兰" not in written
    assert "李建国" not in written


@pytest.mark.parametrize(("field", "facts"), [("reason", {"reason": " "}), ("body", {"body": ""})])
def test_a_decision_without_reason_or_body_is_refused(county, renewal, field, facts):
    election = make(planned(renewal, county.village))

    with refused(Wrong, field):
        decide_stop(election, "VCOL-17-1", **facts)


def test_what_does_not_stop_cannot_be_decided(county, renewal):
    election = make(planned(renewal, county.village))

    with refused(NotNow):
        decide_stop(election, "VCOL-17-1", today=MADE)  # in time
    with refused(NotNow):
        decide_stop(election, "VCOL-17-1", about="stage:candidates")  # not the next stage
    with refused(NotNow):
        decide_stop(election, "VCOL-17-1", about="weather")


def test_a_stop_that_the_law_leaves_no_room_for_cannot_be_decided_away(county, renewal):
    """An undecided objection (VCOL-17-3) has to be decided, an election day that has not come cannot be counted."""
    election = voting(renewal, county.village)

    with refused(Refused):
        decide_stop(election, "VCOL-18-16", about="stage:counting", today=OPEN)
    with refused(Stopped):
        outcomes.open_count(election=election, today=OPEN, by=CLERK)


def test_a_decision_about_one_post_lifts_nothing_for_another(county, renewal):
    """VCOL-18-5 is asked for each post (LC-007)."""
    election = nominating(renewal, county.village)
    stand(election, "王秀兰", "chair")  # one for one seat
    stand(election, "张桂英", "member")
    stand(election, "刘志强", "member")  # two for two seats
    decide_stop(election, "VCOL-18-5", about="stage:voting", today=OPEN)

    with refused(Stopped) as refusal:
        post_list(election)
    assert [finding.facts["post"] for finding in refusal.value.findings] == ["member"]

    decide_stop(election, "VCOL-18-5", about="stage:voting", today=OPEN)
    post_list(election)
    assert fresh(election).stage == "voting"


def post_list(election):
    election = fresh(election)
    candidates.post_list(election=election, posted_on=OPEN, version=election.version, today=OPEN, by=CLERK)


def test_a_decision_does_not_cover_what_got_worse_since(county, renewal):
    election = nominating(renewal, county.village)
    stand(election, "王秀兰", "chair")
    stand(election, "李建国", "chair")
    for name in ("张桂英", "刘志强"):
        stand(election, name)
    decide_stop(election, "VCOL-18-5", about="stage:voting", today=OPEN)  # two for two seats
    gone = election.candidates.get(person__name="刘志强")
    candidates.withdraw(candidate=gone, reason="本人申请", today=OPEN, by=CLERK)

    with refused(Stopped):
        post_list(election)  # one for two seats was never decided


def test_a_decision_to_post_late_does_not_cover_a_still_later_day(county, renewal):
    election = make(planned(renewal, county.village))
    decide_stop(election, "VCOL-17-1")

    with refused(Stopped):
        post_late(election, on=LATE + days(1))


def test_the_page_shows_what_still_stops_and_what_was_decided(county, renewal):
    election = make(planned(renewal, county.village))
    before = overviews.overview(fresh(election), today=LATE)
    decide_stop(election, "VCOL-17-1")
    after = overviews.overview(fresh(election), today=LATE)

    assert [(finding.rule, may) for finding, may in before.open_stops] == [("VCOL-17-1", True)]
    assert after.open_stops == ()
    assert [each.rule for each in after.decisions] == ["VCOL-17-1"]
    assert after.next_stage == "roll_posted"


def test_late_clocks_are_shown_as_late(county, renewal):
    election = make(planned(renewal, county.village))

    duties = overviews.overview(election, today=LATE).duties

    assert [(duty.step, duty.due, duty.days_left, duty.late) for duty in duties] == [
        ("roll_posted", date(2026, 11, 30), -5, True)
    ]


def test_an_election_day_is_followed_by_every_statutory_date(county, renewal):
    election = cast.make_election(renewal, county.village)

    plan = {step.step: step.date for step in overviews.back_plan(election, "2026-12-20")}

    assert plan["roll_posted"] == date(2026, 11, 30)
    assert plan["handover_done"] == date(2026, 12, 30)
    assert overviews.back_plan(election, "not a day") == []


# Rounds that follow


def rerun(of, kind, **more):
    facts = {"parent": of, "kind": kind, "stage": "candidates", "seats": {"member": 1}, "election_day": None}
    return cast.make_election(of.renewal, of.village, **facts | more)


def test_a_second_round_and_a_tie_vote_use_the_first_roll_and_a_whole_rerun_its_own(county, renewal):
    """VER-10: the same roll."""
    first = voting(renewal, county.village)
    second = rerun(first, "second")
    tie = rerun(second, "tie")
    whole = rerun(first, "whole", stage="planned")

    assert second.roll_holder == tie.roll_holder == first
    assert whole.roll_holder == whole
    assert where.road(second).roll_posted_on == POSTED
    assert where.road(whole).roll_posted_on is None


def test_a_whole_rerun_walks_the_road_from_the_roll_on(county, renewal):
    first = voting(renewal, county.village)
    Election.objects.filter(pk=first.pk).update(stage="announced")
    again = rerun(first, "whole", stage="planned", seats={"chair": 1, "member": 2})
    renewals.set_day(
        election=again, election_day=DAY + days(40), version=again.version, today=DAY + days(2), by=CLERK
    )
    attest(again, "election_committee")

    roll = rolls.make(election=again, today=DAY + days(3), by=CLERK)

    assert roll.election == again
    assert roll.lines.count() == 8
    assert fresh(first).own_roll.lines.count() == 8


def test_a_second_round_later_than_ten_days_needs_a_decision(county, renewal):
    """VER-10."""
    first = voting(renewal, county.village)
    announce(first)
    second = rerun(first, "second", election_day=DAY + days(11))
    for name in ("张桂英", "刘志强"):
        cast.make_candidate(second, person(first, name), source="earlier")

    with refused(Stopped) as refusal:
        post_second(second)
    assert [finding.rule for finding in refusal.value.findings] == ["VER-10"]

    decide_stop(second, "VER-10", about="stage:voting", today=DAY + days(2))
    post_second(second)
    assert fresh(second).stage == "voting"


def announce(first):
    Election.objects.filter(pk=first.pk).update(stage="announced")
    answer = {"valid": True, "elected": [], "rerun": [], "stops": []}
    Outcome.objects.create(election=first, case={}, answer=answer, reckoned_by=CLERK, announced_on=DAY)


def post_second(second):
    second = fresh(second)
    candidates.post_list(
        election=second, posted_on=DAY + days(2), version=second.version, today=DAY + days(2), by=CLERK
    )


def test_a_second_round_without_a_day_does_not_crash_what_depends_on_it(county, renewal):
    first = voting(renewal, county.village)
    second = rerun(first, "second")

    with refused(NotNow):
        mandates.accept(
            election=second, principal=1, holder=2, reason="外出", written_on=OPEN, near_kin=None, by=CLERK
        )
    with refused(NotNow):
        candidates.post_list(election=second, posted_on=OPEN, version=second.version, today=OPEN, by=CLERK)
    assert overviews.overview(second, today=DAY).next_stage == "voting"


def test_two_clerks_decide_the_same_stop_and_only_the_first_is_recorded(county, renewal):
    election = make(planned(renewal, county.village))
    decide_stop(election, "VCOL-17-1", by=CLERK)

    with refused(NotNow):
        decide_stop(election, "VCOL-17-1", by=SECOND)
    assert Decision.objects.count() == 1


def test_a_roll_with_an_unknown_fact_stops_on_the_page_of_the_election_before_anybody_tries_to_post_it(
    county, renewal
):
    """VCOL-16-1, VCOL-16-4: since when somebody lives here is not known."""
    election = planned(renewal, county.village)
    outsider = cast.make_person(county.village, "来历不明", residence=Person.Residence.OUTSIDER)
    for kind in ("applied", "consented"):
        declare(election, outsider, kind, note="会议")
    election = make(election)

    stops = overviews.overview(election, today=MADE).open_stops

    assert [(finding.rule, finding.facts["people"], may_decide) for finding, may_decide in stops] == [
        ("VCOL-16-1", 1, False)
    ]
