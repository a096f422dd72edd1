"""Candidates one by one: nominated, checked, decided, withdrawn (VCOL-18-1 to VCOL-18-5)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import candidates
from shanzhi.apps.elections.errors import NotNow, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Candidate, Election
from shanzhi.apps.elections.selectors import candidates as read
from shanzhi.apps.places import actions as places
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    OPEN,
    SECOND,
    acts,
    days,
    fresh,
    make,
    nominating,
    nothing_happens,
    person,
    planned,
    post,
    propose,
    refused,
    stand,
    voting,
)
from tests.apps.elections.the_slate import decide, post_list, state, withdraw


def stops(candidate):
    return [finding.rule for finding in read.findings(fresh(candidate), today=OPEN) if finding.stops]


# Nominated


def test_a_nomination_decides_nothing(county, renewal):
    """VCOL-18-1."""
    election = nominating(renewal, county.village)

    made = propose(election, "王秀兰", "chair", source="party")

    assert (made.status, made.source, made.decided_by, made.order) == ("proposed", "party", "", 1)
    assert acts()[-1] == "elections.candidate_proposed"


def test_before_2026_only_voters_nominate(county, renewal):
    """VCOL-18-1, TRANS-01."""
    day = date(2025, 12, 30)
    election = post(make(planned(renewal, county.village, day=day)), on=day - days(25))
    Election.objects.filter(pk=election.pk).update(stage="candidates")

    with refused(Wrong, "source"):
        propose(fresh(election), "王秀兰", source="party")
    propose(fresh(election), "王秀兰", source="voters")


@pytest.mark.parametrize(
    ("field", "facts"),
    [("post", {"post": "vice_chair"}), ("post", {"post": "king"}), ("source", {"source": "ballot"})],
)
def test_a_nomination_is_for_a_seat_that_is_voted_on(county, renewal, field, facts):
    election = nominating(renewal, county.village)

    with refused(Wrong, field):
        propose(election, "王秀兰", **facts)


def test_nobody_of_another_village_and_nobody_who_left_is_nominated(county, renewal):
    election = nominating(renewal, county.village)
    gone = person(election, "王秀兰")
    places.mark_left(person=gone, left="moved", left_on=OPEN, today=OPEN, by=CLERK)

    for who in (fresh(gone), cast.make_person(county.second_village)):
        with refused(Wrong, "person"):
            candidates.propose(
                election=election, person=who, post="member", source="voters", nominated_on=OPEN, by=CLERK
            )


def test_a_nomination_sent_twice_is_one_and_a_different_one_is_told(county, renewal):
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")

    with nothing_happens():
        assert propose(election, "王秀兰") == made
    with refused(Wrong, "person"):
        propose(election, "王秀兰", source="party", by=SECOND)


def test_who_withdrew_can_be_nominated_anew(county, renewal):
    election = nominating(renewal, county.village)
    made = stand(election, "王秀兰")
    withdraw(made)

    again = propose(election, "王秀兰", source="party")

    assert (again.pk, again.status, again.source, again.reason) == (made.pk, "proposed", "party", "")


# What was found out


def test_unknown_bars_are_neither_a_pass_nor_a_refusal(county, renewal):
    """VCOL-18-3: a person finds out."""
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")
    found = {
        finding.case: finding.holds
        for finding in read.findings(made, today=OPEN)
        if finding.rule == "VCOL-18-3"
    }

    assert found == {"expelled": None, "convicted": None, "clan_or_gang": None, "cult": None}
    with refused(Stopped):
        decide(made)
    assert fresh(made).status == "proposed"


@pytest.mark.parametrize("bar", ["expelled", "convicted", "clan_or_gang", "cult"])
def test_a_hard_bar_cannot_be_decided_away_and_refuses_nobody_by_itself(county, renewal, bar):
    """VCOL-18-3, LC-047: without a time limit."""
    election = nominating(renewal, county.village)
    made = state(propose(election, "王秀兰"), **{bar: True})

    assert fresh(made).status == "proposed"
    with refused(Stopped) as refusal:
        decide(made)
    assert [(finding.rule, finding.case, finding.holds) for finding in refusal.value.findings] == [
        ("VCOL-18-3", bar, False)
    ]

    decide(made, stands=False, reason="县联审结论")
    assert fresh(made).status == "refused"


def test_posted_staff_stop_and_unknown_staff_only_remind(county, renewal):
    """VCOL-47-1."""
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")

    assert stops(state(made, posted_staff=True)) == ["VCOL-47-1"]
    assert stops(state(made, posted_staff=None)) == []


def test_under_the_2018_text_there_are_no_hard_bars(county, renewal):
    """TRANS-01, VCOL-18-3."""
    day = date(2025, 12, 30)
    election = post(make(planned(renewal, county.village, day=day)), on=day - days(25))
    Election.objects.filter(pk=election.pk).update(stage="candidates")

    assert stops(propose(fresh(election), "王秀兰")) == []


def test_facts_say_where_they_come_from(county, renewal):
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")

    with refused(Wrong, "facts_source"):
        state(made, source=" ")

    made = state(made)
    assert (made.cult, made.facts_source) == (False, "县联审")
    assert acts()[-1] == "elections.candidate_facts"
    with nothing_happens():
        state(made)


def test_new_facts_open_the_decision_again(county, renewal):
    election = nominating(renewal, county.village)
    made = stand(election, "王秀兰")

    made = state(made, convicted=True)

    assert (made.status, made.decided_by, made.findings) == ("proposed", "", [])


def test_who_is_not_on_the_roll_cannot_stand(county, renewal):
    """VCOL-16-1."""
    election = planned(renewal, county.village)
    cast.make_person(county.village, "外出人", residence="away")
    election = post(make(election))
    Election.objects.filter(pk=election.pk).update(stage="candidates")
    made = state(propose(fresh(election), "外出人"))

    with refused(Stopped) as refusal:
        decide(made)
    assert [finding.case for finding in refusal.value.findings] == ["on_roll"]


# Decided


def test_a_decision_keeps_the_findings_as_they_stood(county, renewal):
    election = nominating(renewal, county.village)

    made = stand(election, "王秀兰")

    assert (made.status, made.decided_by, made.decided_on) == ("standing", CLERK, OPEN)
    assert {finding["rule"] for finding in made.findings} == {"VCOL-16-1", "VCOL-18-3", "VCOL-47-1"}
    assert all(finding["says"]["zh"] for finding in made.findings)
    assert Event.objects.order_by("index").last().facts["stands"] is True


def test_who_does_not_stand_is_told_why(county, renewal):
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")

    with refused(Wrong, "reason"):
        decide(made, stands=False)
    assert decide(made, stands=False, reason="本人不愿意").reason == "本人不愿意"


def test_a_decision_sent_twice_stands_once(county, renewal):
    election = nominating(renewal, county.village)
    made = state(propose(election, "王秀兰"))
    version = made.version
    decide(made, version=version)

    with nothing_happens():
        decide(made, version=version)


def test_of_two_clerks_at_one_nominee_the_second_is_told(county, renewal):
    election = nominating(renewal, county.village)
    seen = state(propose(election, "王秀兰")).version
    nominee = Candidate.objects.get()
    state(nominee, convicted=True, by=SECOND)

    with refused(Stale):
        decide(nominee, version=seen)
    with refused(Stale):
        state(nominee, version=seen)
    with refused(Stale):
        withdraw(nominee, version=seen)


def test_a_stale_copy_of_a_nominee_overwrites_nothing(county, renewal):
    election = nominating(renewal, county.village)
    made = propose(election, "王秀兰")
    opened_earlier = fresh(made)
    state(made)

    decide(opened_earlier)  # knows nothing of the facts that a colleague has stated

    assert fresh(made).cult is False
    assert fresh(made).status == "standing"


# Withdrawn


def test_a_nominee_steps_back_with_a_reason(county, renewal):
    election = nominating(renewal, county.village)
    made = stand(election, "王秀兰")

    with refused(Wrong, "reason"):
        withdraw(made, reason=" ")
    withdraw(made)

    assert (fresh(made).status, fresh(made).reason) == ("withdrawn", "本人申请")
    with nothing_happens():
        withdraw(made)
    with refused(NotNow):
        decide(made)
    with refused(NotNow):
        state(made)


def test_who_was_refused_does_not_withdraw(county, renewal):
    made = decide(propose(nominating(renewal, county.village), "王秀兰"), stands=False, reason="县联审结论")

    with refused(NotNow):
        withdraw(made)


def test_a_withdrawal_after_the_posting_opens_the_list_again(county, renewal):
    election = voting(renewal, county.village)

    withdraw(election.candidates.get(person__name="王秀兰"))

    assert fresh(election).stage == "candidates"
    entered = Event.objects.filter(act="elections.stage_entered").order_by("index").last()
    assert entered.facts["stage"] == "candidates"
    stand(fresh(election), "高双喜", "chair")
    post_list(election)
    told = record.shown(record.document(election.notices.last().document))
    assert [each["name"] for each in told["posts"][0]["candidates"]] == ["李建国", "高双喜"]


def test_on_election_day_nobody_withdraws(county, renewal):
    election = voting(renewal, county.village)

    with refused(NotNow):
        withdraw(election.candidates.get(person__name="王秀兰"), today=DAY)


# Reading, and secrecy


def test_two_hundred_nominees_are_read_with_as_many_queries_as_two(county, renewal):
    counted = []
    for village, number in ((county.village, 2), (county.second_village, 200)):
        election = planned(renewal, village, number=0)
        for place in range(number):
            cast.make_candidate(election, cast.make_person(village, f"村民{place}"))
        with CaptureQueriesContext(connection) as asked:
            found = fresh(election)
            people = [each for post_ in read.by_post(found, today=OPEN) for each in post_.people]
            assert len([each.candidate.person.household.number for each in people]) == number
            read.slate_findings(found, today=OPEN)
            read.standing(found, today=OPEN)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_record_of_a_candidate_names_nobody_and_tells_no_bar(county, renewal):
    election = nominating(renewal, county.village)
    made = state(propose(election, "王秀兰"), source="王秀兰判决书", convicted=True)
    decide(made, stands=False, reason="王秀兰曾受刑事处罚")

    events = list(Event.objects.values_list("facts", "subject", "act"))
    assert "王秀兰" not in str(events)
    told = [facts for facts, _subject, act in events if act == "elections.candidate_facts"]
    assert [sorted(facts) for facts in told] == [["election", "known"]]
