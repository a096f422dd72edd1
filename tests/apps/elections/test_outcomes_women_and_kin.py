"""What a count comes to for a woman's seat and for near relatives (VER-09, VCOL-8-3)."""

from datetime import date

import pytest
from django.urls import reverse

from shanzhi.apps.elections.actions import outcomes, road
from shanzhi.apps.elections.errors import Stopped
from shanzhi.apps.elections.models import Outcome
from shanzhi.apps.record.models import Document
from tests.apps.elections.the_count import (
    CLERK,
    DAY,
    acts,
    announce,
    fresh,
    kin,
    make_count,
    reckon,
    standing,
)
from tests.apps.elections.the_outcome import (
    BING,
    DING,
    JIA,
    YI,
    elected,
    member_votes,
    members,
    reruns,
    second_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
