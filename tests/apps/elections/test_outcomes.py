"""Outcomes as the law has them, from the tellers' numbers to the announced result and what is voted on again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from shanzhi.apps.elections.actions import candidates, outcomes, road, sheets
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Election, Outcome
from shanzhi.apps.elections.selectors import outcomes as shown
from shanzhi.apps.elections.selectors import overview
from shanzhi.apps.places.models import Person
from shanzhi.apps.record.models import Document
from tests.apps.elections.the_count import (
    CLERK,
    DAY,
    FIRST,
    SECOND,
    acts,
    announce,
    enter,
    fresh,
    hold_again,
    kin,
    make_count,
    numbers,
    reckon,
    standing,
    type_all,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
JIA, YI, BING, DING, WU, JI = "甲", "乙", "丙", "丁", "戊", "己"
ONE = {"chair": 1}
TWO_FOR_CHAIR = [("chair", JIA), ("chair", YI)]


def members(*names):
    return [("member", name) for name in names]


def member_votes(**votes):
    return {("member", name): number for name, number in votes.items()}


def elected(outcome):
    return [each["name"] for each in outcome.answer["elected"]]


def reruns(election):
    return list(election.reruns.order_by("pk"))


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


def second_round(*, seats=3, won=("甲", "乙"), left=("丙", "丁")):
    """Two of three seats are filled; two people stand for the third."""
    election = make_count({"member": seats}, members(*won, *left), registered=1000)
    votes = dict.fromkeys(won, 420) | {left[0]: 350, left[1]: 200}
    reckon(election, member_votes(**votes), collected=700)
    announce(election)
    return hold_again(*reruns(election))


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


# D. Women and kin

WOMAN_CASE = {("member", "男一"): 600, ("member", "男二"): 560, ("member", "男三"): 520, ("member", "王秀兰"): 420,
              ("member", "张桂英"): 250}  # fmt: skip


def test_lc_025_the_best_placed_woman_above_half_is_seated_first():
    """VCOL-8-2, VER-09."""
    seats = {"chair": 1, "member": 3}
    election = make_count(seats, [("chair", JIA), ("chair", YI), *WOMAN_CASE], registered=1000)

    outcome = reckon(election, WOMAN_CASE | {("chair", JIA): 500}, collected=800)

    assert set(elected(outcome)) == {JIA, "王秀兰", "男一", "男二"}
    assert [each["name"] for each in outcome.answer["held"]] == ["男三"]


def test_lc_027_a_woman_as_vice_chair_is_enough():
    """VCOL-8-2: the duty is met already."""
    people = [("vice_chair", "陈玉梅"), ("vice_chair", JIA), *WOMAN_CASE]
    election = make_count({"vice_chair": 1, "member": 3}, people, registered=1000)

    outcome = reckon(election, WOMAN_CASE | {("vice_chair", "陈玉梅"): 500}, collected=800)

    assert set(elected(outcome)) == {"陈玉梅", "男一", "男二", "男三"}


def test_a_seat_kept_for_a_woman_is_voted_on_among_women():
    """VER-09: no woman above half, so one seat is kept."""
    election = make_count({"member": 2}, members(JIA, YI, "王秀兰", "张桂英"), registered=1000)
    reckon(election, member_votes(甲=600, 乙=560, 王秀兰=300, 张桂英=100), collected=800)
    outcome = announce(election)

    (again,) = reruns(election)
    assert elected(outcome) == [JIA]
    assert (again.women_only, again.seats) == (["member"], {"member": 1})
    assert standing(again) == {("member", "王秀兰"), ("member", "张桂英")}


@pytest.fixture
def a_couple_elected():
    election = make_count({"member": 3}, members(JIA, YI, BING, DING), registered=1000)
    kin(election, JIA, YI)
    reckon(election, member_votes(甲=420, 乙=410, 丙=400, 丁=100), collected=700)
    return fresh(election)


def decide(election, **more):
    asked = {"about": "stage:announced", "rule": "VCOL-8-3", "reason": "乙书面放弃", "body": "村民选举委员会"}
    return road.decide_stop(election=election, today=DAY, by=CLERK, **asked | more)


def test_near_relatives_stop_the_announcement(a_couple_elected):
    """VCOL-8-3: the law does not say who gives way, so both stay in the result and people decide."""
    before = (Document.objects.count(), acts())

    with pytest.raises(Stopped) as stop:
        announce(a_couple_elected)

    assert [each.rule for each in stop.value.findings] == ["VCOL-8-3"]
    assert (Document.objects.count(), acts()) == before
    assert fresh(a_couple_elected).stage == "counting"
    assert set(elected(Outcome.objects.get())) == {JIA, YI, BING}


def test_a_recorded_decision_lifts_the_stop_and_is_published_with_the_result(client, a_couple_elected):
    decide(a_couple_elected)
    announce(a_couple_elected)

    published = bytes(Document.objects.get(kind="result").body).decode()
    assert "乙书面放弃" in published
    assert fresh(a_couple_elected).stage == "announced"
    page = client.get(reverse("portal:village", args=[a_couple_elected.village.code])).text
    assert "乙书面放弃" in page  # beside the names: one of the two does not sit


def test_a_decision_on_one_couple_lifts_no_other(a_couple_elected):
    """VCOL-8-3: the numbers were corrected after the decision and seat another pair of kin."""
    decide(a_couple_elected)
    kin(a_couple_elected, BING, YI, "parent")
    outcomes.reckon(election=a_couple_elected, by=CLERK)

    with pytest.raises(Stopped) as stop:
        announce(a_couple_elected)

    (finding,) = stop.value.findings
    assert set(finding.facts["names"].split("、")) == {YI, BING}
    decide(a_couple_elected, reason="丙书面放弃")
    announce(a_couple_elected)


@pytest.mark.parametrize("relation", ["cousin", "uncle", "in_law"])
def test_lc_029_wider_kin_do_not_stop_anything(relation):
    """VCOL-8-3, KIN-01: only the near relatives of the Civil Code."""
    election = make_count({"member": 2}, members(JIA, YI, BING), registered=1000)
    kin(election, JIA, YI, relation)

    outcome = reckon(election, member_votes(甲=420, 乙=410), collected=700)

    assert outcome.case["kin"] == []
    assert outcome.answer["stops"] == []


def test_kin_of_somebody_seated_before_stop_the_second_round():
    again = second_round()
    kin(again, JIA, BING, "sibling")

    outcome = reckon(again, member_votes(丙=320, 丁=210), collected=660)

    assert [set(stop["names"]) for stop in outcome.answer["stops"]] == [{JIA, BING}]


def test_kin_both_seated_before_were_decided_on_then():
    again = second_round()
    kin(again, JIA, YI, "sibling")

    assert reckon(again, member_votes(丙=320, 丁=210), collected=660).answer["stops"] == []


def test_kin_are_no_matter_under_the_text_of_2018():
    """TRANS-01: VCOL-8-3 is new with the text of 2025."""
    election = make_count({"member": 2}, members(JIA, YI, BING), registered=1000, day=date(2025, 12, 30))
    kin(election, JIA, YI)

    outcome = reckon(election, member_votes(甲=420, 乙=410), collected=700)

    assert outcome.answer["stops"] == []
    assert {each["law"] for each in outcome.answer["findings"] if each["rule"].startswith("VCOL")} == {"2018"}


# Reckoning


@pytest.fixture
def counted():
    election = make_count(ONE, TWO_FOR_CHAIR, registered=100)
    type_all(election, {("chair", JIA): 60, ("chair", YI): 10}, collected=80, void=2)
    return fresh(election)


def test_the_case_is_kept_with_every_choice_written_out(counted):
    """The answer can be repeated with `shanzhi count`, whatever the defaults will be then."""
    case = outcomes.reckon(election=counted, by=CLERK).case

    assert case["settings"] == {
        "woman": "guide", "add_down": False, "turnout_in_round_2": True, "slate_extra": 1, "slate_ties": "all"
    }  # fmt: skip
    assert (case["registered"], case["issued"], case["collected"], case["void"]) == (100, 80, 80, 2)


def test_a_local_choice_of_the_renewal_counts(counted):
    counted.renewal.settings = {"woman": "off"}
    counted.renewal.save()

    assert outcomes.reckon(election=counted, by=CLERK).case["settings"]["woman"] == "off"


def test_a_setting_that_the_law_does_not_know_is_refused_by_name(counted):
    counted.renewal.settings = {"woman": "two"}
    counted.renewal.save()
    before = acts()

    with pytest.raises(Refused, match=r"settings\.woman"):
        outcomes.reckon(election=counted, by=CLERK)

    assert acts() == before
    assert not Outcome.objects.exists()


def test_reckoning_again_gives_the_same_answer_and_one_outcome(counted):
    first = outcomes.reckon(election=counted, by=CLERK)
    again = outcomes.reckon(election=counted, by=CLERK)

    assert (first.pk, first.case, first.answer) == (again.pk, again.case, again.answer)
    assert acts()[-2:] == ["elections.reckoned"] * 2


def test_an_outcome_is_old_as_soon_as_one_vote_changes(counted):
    outcomes.reckon(election=counted, by=CLERK)
    assert shown.shown(counted, today=DAY).is_current
    sheets.count_again(election=counted, kind="batch", batch=1, reason="唱票有误", by=CLERK)
    assert not shown.shown(counted, today=DAY).is_current
    for teller in (FIRST, SECOND):
        typed = numbers(counted, {("chair", JIA): 59, ("chair", YI): 11}, papers=80, void=2)
        enter(counted, 1, typed, by=teller, token=f"anew {teller}")

    assert not shown.shown(counted, today=DAY).is_current
    outcomes.reckon(election=counted, by=CLERK)
    assert shown.shown(counted, today=DAY).is_current


def test_a_vote_that_is_not_unanimous_is_not_said_to_be(counted):
    outcomes.reckon(election=counted, by=CLERK)

    assert not shown.shown(counted, today=DAY).is_unanimous


def test_a_unanimous_vote_is_said_to_give_everybody_away():
    election = make_count(ONE, TWO_FOR_CHAIR, registered=20)
    reckon(election, {("chair", JIA): 12}, collected=14, void=2)

    assert shown.shown(election, today=DAY).is_unanimous


def test_nobody_came_is_an_outcome_too():
    """VCOL-18-6: no paper was taken from the boxes, so there is no count sheet to type."""
    election = make_count(ONE, TWO_FOR_CHAIR)
    for teller in (FIRST, SECOND):
        enter(election, 0, {"issued": 0, "collected": 0}, by=teller)

    assert outcomes.reckon(election=election, by=CLERK).answer["valid"] is False
