"""What a count comes to: valid, elected, a second round (VCOL-18-6 to VCOL-18-10)."""

from datetime import date, timedelta

import pytest

from shanzhi.apps.elections.actions import candidates
from shanzhi.apps.elections.errors import NotNow, Wrong
from shanzhi.apps.elections.models import Election
from shanzhi.apps.elections.selectors import overview
from shanzhi.apps.places.models import Person
from tests.apps.elections.the_count import (
    CLERK,
    DAY,
    announce,
    fresh,
    hold_again,
    make_count,
    reckon,
    standing,
)
from tests.apps.elections.the_outcome import (
    BING,
    DING,
    JI,
    JIA,
    ONE,
    TWO_FOR_CHAIR,
    WU,
    YI,
    elected,
    member_votes,
    members,
    reruns,
    second_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# A. Is the election valid at all


@pytest.mark.parametrize(
    ("case", "registered", "issued", "collected", "valid"),
    [
        ("LC-001 VCOL-18-6", 1000, 900, 500, False),
        ("LC-003 VCOL-18-6", 999, 900, 500, True),
        ("LC-003 VCOL-18-6", 1001, 900, 500, False),
        ("LC-005 VER-06", 1000, 602, 602, True),
        ("LC-005 VER-06", 1000, 602, 598, True),
        ("LC-005 VER-06", 1000, 602, 603, False),
    ],
)
def test_an_election_is_valid_by_turnout_and_by_its_papers(case, registered, issued, collected, valid):
    election = make_count(ONE, TWO_FOR_CHAIR, registered=registered)

    outcome = reckon(election, {("chair", JIA): collected - 20}, issued=issued, collected=collected)

    assert outcome.answer["valid"] is valid, case
    assert elected(outcome) == ([JIA] if valid else [])
    said = {each["rule"]: each["holds"] for each in outcome.answer["findings"]}
    assert said[case.split()[1]] is valid


def test_an_invalid_election_is_held_again_as_a_whole_from_the_roll_on():
    """VCOL-18-6: nobody is elected; a new roll, new nominations, the same seats."""
    election = make_count(
        {"chair": 1, "member": 2}, [*TWO_FOR_CHAIR, *members(BING, DING, WU)], registered=100
    )
    reckon(election, {("chair", JIA): 40}, collected=50)
    announce(election)

    (again,) = reruns(election)
    assert (again.kind, again.stage, again.seats) == (
        Election.Kind.WHOLE,
        "planned",
        {"chair": 1, "member": 2},
    )
    assert again.roll_holder == again
    assert standing(again) == set()


def test_in_a_whole_re_run_people_are_nominated_and_written_in_anew():
    election = make_count(ONE, TWO_FOR_CHAIR, registered=100)
    reckon(election, {}, collected=50)
    announce(election)
    (again,) = reruns(election)
    Election.objects.filter(pk=again.pk).update(stage="candidates", election_day=date(2027, 1, 20))

    made = candidates.propose(
        election=again, person=Person.objects.get(name=JIA), post="chair", source="voters",
        nominated_on=date(2027, 1, 5), by=CLERK,
    )  # fmt: skip

    assert made.election == again


# B. Who is elected in the first round


def test_lc_009_more_than_half_of_the_papers_elects():
    election = make_count(ONE, TWO_FOR_CHAIR, registered=1000)

    outcome = reckon(election, {("chair", JIA): 301, ("chair", YI): 290}, collected=600)

    assert elected(outcome) == [JIA]
    assert outcome.answer["rerun"] == []
    assert "VCOL-18-7" in {each["rule"] for each in outcome.answer["findings"]}


@pytest.mark.parametrize(
    ("case", "seats", "votes", "won", "tied", "open_seats"),
    [
        ("LC-011 VER-07", 2, {JIA: 380, YI: 305, BING: 305}, [JIA], {YI, BING}, 1),
        ("LC-013 VER-07", 3, {JIA: 400, YI: 310, BING: 310, DING: 310}, [JIA], {YI, BING, DING}, 2),
    ],
)
def test_a_tie_for_the_last_seat_is_voted_on_again_among_the_tied(case, seats, votes, won, tied, open_seats):
    election = make_count({"member": seats}, members(*votes), registered=900)
    reckon(election, member_votes(**votes), collected=500)
    outcome = announce(election)

    (again,) = reruns(election)
    assert elected(outcome) == won, case
    assert (again.kind, again.stage, again.seats) == (Election.Kind.TIE, "candidates", {"member": open_seats})
    assert standing(again) == {("member", name) for name in tied}
    assert again.roll_holder == election


def test_the_tie_vote_is_won_by_most_votes():
    """LC-011, VER-07: the higher of the tied wins, without half of the papers."""
    election = make_count({"member": 2}, members(JIA, YI, BING), registered=900)
    reckon(election, member_votes(甲=380, 乙=305, 丙=305), collected=500)
    announce(election)
    again = hold_again(*reruns(election))

    outcome = reckon(again, member_votes(乙=200, 丙=190), collected=460)

    assert elected(outcome) == [YI]
    assert [each["name"] for each in outcome.case["seated"]] == [JIA]


# C. Second round


def test_lc_015_missing_seats_go_to_a_second_round():
    """VCOL-18-7 to 9: exactly half is not elected; the unelected by votes stand, one more than seats."""
    election = make_count({"member": 3}, members(JIA, YI, BING, DING), registered=1000)
    reckon(election, member_votes(甲=420, 乙=351, 丙=350, 丁=200), collected=700)
    outcome = announce(election)

    (again,) = reruns(election)
    assert elected(outcome) == [JIA, YI]
    assert (again.kind, again.seats) == (Election.Kind.SECOND, {"member": 1})
    assert standing(again) == {("member", BING), ("member", DING)}
    assert {each.nominated_on for each in again.candidates.all()} == {DAY}


def test_lc_017_a_third_of_the_papers_is_enough_in_the_second_round():
    """VCOL-18-10: 220 of 660 is not fewer than a third."""
    outcome = reckon(second_round(), member_votes(丙=220, 丁=210), collected=660)

    assert elected(outcome) == [BING]
    assert outcome.case["round"] == "second"
    assert [each["name"] for each in outcome.case["seated"]] == [JIA, YI]


def test_lc_019_a_seat_still_empty_is_voted_on_again_while_fewer_than_three_sit():
    """VER-11: 219 of 660 is too few, and two people are no committee."""
    again = second_round()
    outcome = reckon(again, member_votes(丙=219, 丁=210), collected=660)
    announce(again)

    assert elected(outcome) == []
    assert outcome.answer["vacant"] == [{"post": "member", "seats": 1, "may_stay": False}]
    (third,) = reruns(again)
    assert (third.kind, standing(third)) == (Election.Kind.SECOND, {("member", BING), ("member", DING)})
    assert third.roll_holder == again.parent


def test_a_seat_may_stay_empty_when_three_sit():
    """VER-11: three or more are a committee; nothing is voted on again and the handover's clock runs."""
    election = make_count({"member": 4}, members(JIA, YI, BING, DING, WU), registered=1000)
    reckon(election, member_votes(甲=420, 乙=420, 丙=420, 丁=300, 戊=200), collected=700)
    announce(election)
    again = hold_again(*reruns(election))
    outcome = reckon(again, member_votes(丁=210, 戊=200), collected=660)
    announce(again)

    assert outcome.answer["vacant"] == [{"post": "member", "seats": 1, "may_stay": True}]
    assert reruns(again) == []
    (duty,) = overview.overview(fresh(again), today=DAY).duties
    assert (duty.step, duty.due) == ("handover_done", again.election_day + timedelta(days=10))


def test_lc_021_a_tie_in_the_second_round_is_voted_on_among_the_tied():
    """VCOL-18-10, VER-07."""
    again = second_round()
    reckon(again, member_votes(丙=240, 丁=240), collected=660)
    announce(again)

    (tie,) = reruns(again)
    assert (tie.kind, tie.seats) == (Election.Kind.TIE, {"member": 1})
    tie = hold_again(tie)
    outcome = reckon(tie, member_votes(丙=300, 丁=301), collected=660)
    assert elected(outcome) == [DING]
    assert {each["name"] for each in outcome.case["seated"]} == {JIA, YI}


def test_lc_023_all_who_tie_for_the_last_place_on_the_slate_stand():
    """VCOL-18-9, VER-10."""
    election = make_count({"member": 3}, members(JIA, YI, BING, DING, WU), registered=1000)
    reckon(election, member_votes(甲=420, 乙=351, 丙=350, 丁=200, 戊=200), collected=700)
    announce(election)

    assert standing(reruns(election)[0]) == {("member", name) for name in (BING, DING, WU)}


def test_an_invalid_second_round_is_held_again_as_a_second_round():
    """VCOL-18-6 counts for it too: the same roll, people and rule of a third; who was elected stays elected."""
    again = second_round()
    outcome = reckon(again, member_votes(丙=300, 丁=100), collected=500)
    announce(again)

    (third,) = reruns(again)
    assert outcome.answer["valid"] is False
    assert (third.kind, third.seats, third.stage) == (Election.Kind.SECOND, {"member": 1}, "candidates")
    assert standing(third) == {("member", BING), ("member", DING)}
    third = hold_again(third)
    after = reckon(third, member_votes(丙=220, 丁=210), collected=660)
    assert elected(after) == [BING]
    assert {each["name"] for each in after.case["seated"]} == {JIA, YI}


def test_too_few_for_a_second_round_are_made_up_by_nomination():
    """VCOL-18-9: the slate has to be larger than the seats; where the earlier round leaves too few, more are named."""
    election = make_count({"member": 3}, members(JIA, YI, BING), registered=1000)
    reckon(election, member_votes(甲=420, 乙=420, 丙=200), collected=700)
    announce(election)
    (again,) = reruns(election)
    ask = {"election": again, "post": "member", "source": "voters", "nominated_on": DAY, "by": CLERK}

    with pytest.raises(Wrong, match="elected already"):
        candidates.propose(person=Person.objects.get(name=JIA), **ask)
    candidates.propose(person=Person.objects.get(name="村民1"), **ask)

    assert again.candidates.count() == 2


def test_nobody_is_added_to_a_second_round_that_has_enough():
    election = make_count({"member": 3}, members(JIA, YI, BING, DING), registered=1000)
    reckon(election, member_votes(甲=420, 乙=420, 丙=200, 丁=100), collected=700)
    announce(election)

    with pytest.raises(NotNow, match="earlier round"):
        candidates.propose(
            election=reruns(election)[0], person=Person.objects.get(name="村民1"), post="member", source="voters",
            nominated_on=DAY, by=CLERK,
        )  # fmt: skip


VICE_TIE = {("vice_chair", DING): 400, ("vice_chair", JIA): 300, ("vice_chair", YI): 300}
TWO_VICES = {"vice_chair": 2, "member": 2}


def test_two_ties_at_once_are_one_vote_with_two_posts():
    """VER-07 for a vice-chair and for the last member, at the same count."""
    votes = VICE_TIE | member_votes(丙=400, 戊=260, 己=260)
    election = make_count(TWO_VICES, list(votes), registered=900)
    outcome = reckon(election, votes, collected=500)
    announce(election)

    (again,) = reruns(election)
    assert elected(outcome) == [DING, BING]
    assert (again.kind, again.seats) == (Election.Kind.TIE, {"vice_chair": 1, "member": 1})
    assert standing(again) == {("vice_chair", JIA), ("vice_chair", YI), ("member", WU), ("member", JI)}


def test_who_wins_in_a_vote_that_ran_beside_is_not_counted_again():
    """A tie for vice-chair and a second round for members run side by side, with the same man in both."""
    votes = VICE_TIE | member_votes(丙=400, 甲=200, 戊=100)
    election = make_count(TWO_VICES, list(votes), registered=900)
    reckon(election, votes, collected=500)
    announce(election)
    tie, second = (
        hold_again(each) for each in sorted(reruns(election), key=lambda each: each.kind == "second")
    )
    assert ("member", JIA) in standing(second)

    reckon(tie, {("vice_chair", JIA): 260, ("vice_chair", YI): 200}, collected=480)
    announce(tie)
    outcome = reckon(second, member_votes(甲=300, 戊=170), collected=480)

    assert {each["name"] for each in outcome.case["seated"]} == {JIA, BING, DING}
    assert elected(outcome) == [WU]
