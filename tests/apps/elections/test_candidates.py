"""Candidates: nominated, found upon by the rules, decided by a person, posted, written in."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import candidates, corrections
from shanzhi.apps.elections.errors import NotNow, Refused, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Candidate, Election
from shanzhi.apps.elections.selectors import candidates as read
from shanzhi.apps.places.actions import people as places
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLEAR,
    CLERK,
    DAY,
    OPEN,
    SECOND,
    acts,
    attest,
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


def state(candidate, *, source="县联审", by=CLERK, version=None, **facts):
    return candidates.state_facts(
        candidate=candidate, facts=CLEAR | facts, source=source, version=version, by=by
    )


def decide(candidate, *, stands=True, reason="", by=CLERK, version=None):
    return candidates.decide(
        candidate=candidate, stands=stands, reason=reason, today=OPEN, version=version, by=by
    )


def withdraw(candidate, *, reason="本人申请", today=OPEN, by=CLERK, version=None):
    return candidates.withdraw(candidate=candidate, reason=reason, today=today, version=version, by=by)


def post_list(election, *, on=OPEN, today=OPEN, version=None, by=CLERK):
    version = fresh(election).version if version is None else version
    return candidates.post_list(election=fresh(election), posted_on=on, version=version, today=today, by=by)


def all_but_last(election):
    """Two for the chair, three for two members."""
    for name, what in (("王秀兰", "chair"), ("李建国", "chair"), ("张桂英", "member"), ("刘志强", "member")):
        stand(election, name, what)


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


# Posted


def test_the_list_is_published_with_every_name_and_nothing_else_about_anybody(county, renewal):
    election = voting(renewal, county.village)

    told = record.shown(record.document(election.notices.get(kind="candidates").document))
    assert [(each["post"], each["seats"], len(each["candidates"])) for each in told["posts"]] == [
        ("chair", 1, 2), ("member", 2, 3)
    ]  # fmt: skip
    assert {tuple(sorted(each)) for post_ in told["posts"] for each in post_["candidates"]} == {
        ("name", "sex")
    }
    for each in election.candidates.select_related("person"):
        for secret in (each.key, each.person.key, str(each.person.born), "县联审"):
            assert secret not in str(told)


def test_every_post_needs_more_candidates_than_seats(county, renewal):
    """VCOL-18-5, LC-007."""
    election = nominating(renewal, county.village)
    all_but_last(election)

    with refused(Stopped) as refusal:
        post_list(election)
    assert [(finding.rule, finding.facts["post"]) for finding in refusal.value.findings] == [
        ("VCOL-18-5", "member")
    ]

    stand(election, "陈玉梅")
    post_list(election)


def test_nobody_is_left_undecided_when_the_list_is_posted(county, renewal):
    election = nominating(renewal, county.village)
    all_but_last(election)
    stand(election, "陈玉梅")
    propose(election, "杨守义")

    with refused(Refused):
        post_list(election)


def test_who_was_struck_off_the_roll_since_does_not_get_onto_the_list(county, renewal):
    """VCOL-16-1."""
    election = nominating(renewal, county.village)
    all_but_last(election)
    stand(election, "陈玉梅")
    corrections.correct(
        election=election, person=person(election, "陈玉梅"), change="strike", reason="户口迁出", made_on=OPEN, today=OPEN,
        by=CLERK,
    )  # fmt: skip

    with refused(Stopped) as refusal:
        post_list(election)
    assert [finding.case for finding in refusal.value.findings] == ["on_roll"]


def test_the_list_is_posted_as_the_clerk_has_seen_it(county, renewal):
    election = nominating(renewal, county.village)
    all_but_last(election)
    stand(election, "陈玉梅")
    seen = fresh(election).version
    stand(election, "杨守义")

    with refused(Stale):
        post_list(election, version=seen)
    now = fresh(election).version
    post_list(election, version=now)
    with nothing_happens():  # the same button pressed twice
        post_list(election, version=now)


@pytest.mark.parametrize(("on", "today"), [(OPEN + days(1), OPEN), (DAY + days(1), DAY + days(2))])
def test_the_day_of_the_posting_lies_neither_ahead_nor_after_the_vote(county, renewal, on, today):
    election = nominating(renewal, county.village)
    all_but_last(election)
    stand(election, "陈玉梅")

    with refused(Wrong, "posted_on"):
        post_list(election, on=on, today=today)


# Together


def test_near_relatives_may_both_stand_and_wider_kin_only_warn(county, renewal):
    """VCOL-8-3, KIN-01, LC-029."""
    election = voting(renewal, county.village)
    places.set_kin(
        person=person(election, "王秀兰"), other=person(election, "李建国"), relation="spouse", by=CLERK
    )
    places.set_kin(
        person=person(election, "张桂英"), other=person(election, "刘志强"), relation="cousin", by=CLERK
    )

    found = {
        (finding.rule, finding.holds, finding.stops) for finding in read.slate_findings(election, today=OPEN)
    }

    assert ("VCOL-8-3", None, False) in found
    assert ("KIN-01", True, False) in found


def test_the_slate_tells_of_women_and_of_the_election_committees_members(county, renewal):
    """VCOL-8-2, VCOL-15-3: the committee's members are minutes, not people, so that the clerk is reminded."""
    election = voting(renewal, county.village)

    found = {finding.rule: finding for finding in read.slate_findings(election, today=OPEN)}

    assert (found["VCOL-8-2"].holds, found["VCOL-8-2"].facts["women"]) == (True, 3)
    assert (found["VCOL-15-3"].holds, found["VCOL-15-3"].stops) == (None, False)


# Second rounds


def second_round(county, renewal, **more):
    first = voting(renewal, county.village)
    Election.objects.filter(pk=first.pk).update(stage="announced")
    facts = {
        "parent": first,
        "kind": "second",
        "stage": "candidates",
        "seats": {"member": 1},
        "election_day": DAY,
    }
    return first, cast.make_election(renewal, county.village, **facts | more)


def test_what_was_found_out_in_the_first_round_holds_in_the_second(county, renewal):
    _first, second = second_round(county, renewal)
    for name in ("张桂英", "刘志强"):
        cast.make_candidate(second, person(second, name), source="earlier")

    post_list(second, on=DAY, today=DAY)
    assert fresh(second).stage == "voting"


def test_someone_written_in_before_is_checked_before_he_stands(county, renewal):
    """VCOL-18-3: nothing was found out about him in the first round."""
    first, second = second_round(county, renewal)
    cast.make_candidate(first, person(first, "高双喜"), source="ballot", status="written_in")
    cast.make_candidate(second, person(second, "张桂英"), source="earlier")
    made = cast.make_candidate(second, person(second, "高双喜"), source="earlier")

    with refused(Stopped):
        post_list(second, on=DAY, today=DAY)

    state(made)
    decide(made)
    post_list(second, on=DAY, today=DAY)


def test_who_stands_in_a_second_round_follows_from_the_first_unless_too_few_can(county, renewal):
    """VCOL-18-9."""
    _first, second = second_round(county, renewal)
    cast.make_candidate(second, person(second, "张桂英"), source="earlier")

    propose(second, "高双喜")

    cast.make_candidate(second, person(second, "刘志强"), source="earlier")
    with refused(NotNow):
        propose(second, "杨守义")


def test_a_seat_kept_for_a_woman_is_for_women(county, renewal):
    """VER-09."""
    _first, second = second_round(county, renewal, women_only=["member"])

    with refused(Wrong, "person"):
        propose(second, "高双喜")
    propose(second, "赵爱莲")


def test_a_tie_is_voted_on_among_the_tied(county, renewal):
    """VER-07."""
    _first, tie = second_round(county, renewal, kind="tie")

    with refused(NotNow):
        propose(tie, "高双喜")


def test_a_whole_rerun_takes_new_nominations_and_written_in_names(county, renewal):
    _first, whole = second_round(
        county, renewal, kind="whole", stage="planned", seats={"chair": 1, "member": 2}
    )
    post(make_whole(whole))
    Election.objects.filter(pk=whole.pk).update(stage="candidates")

    assert propose(fresh(whole), "高双喜").status == "proposed"
    Election.objects.filter(pk=whole.pk).update(stage="voting")
    assert write_in(fresh(whole), "赵爱莲").status == "written_in"


def make_whole(whole):
    Election.objects.filter(pk=whole.pk).update(election_day=DAY + days(40))
    attest(whole, "election_committee")
    return make(fresh(whole))


# Written in


def write_in(election, name, post_="member", by=CLERK):
    return candidates.write_in(election=election, person=person(election, name), post=post_, by=by)


def test_a_name_on_the_ballots_is_added_to_the_sheets_once(county, renewal):
    election = voting(renewal, county.village)

    made = write_in(election, "高双喜")

    assert (made.status, made.source, made.nominated_on) == ("written_in", "ballot", DAY)
    assert acts()[-1] == "elections.candidate_written_in"
    with nothing_happens():
        assert write_in(election, "高双喜") == made


def test_who_withdrew_can_still_be_written_in_and_who_stands_is_on_the_ballot(county, renewal):
    election = nominating(renewal, county.village)
    all_but_last(election)
    stand(election, "陈玉梅")
    withdraw(stand(election, "杨守义"))
    post_list(election)
    election = fresh(election)

    assert write_in(election, "杨守义").status == "written_in"
    with refused(Wrong, "person"):
        write_in(election, "陈玉梅")
    with refused(Wrong, "post"):
        write_in(election, "高双喜", "vice_chair")


def test_only_someone_on_the_roll_is_written_in(county, renewal):
    election = voting(renewal, county.village)
    cast.make_person(county.village, "新来人")

    with refused(Wrong, "person"):
        write_in(election, "新来人")


@pytest.mark.parametrize("kind", ["second", "tie"])
def test_in_a_second_round_only_those_on_the_list_can_be_voted_for(county, renewal, kind):
    _first, second = second_round(county, renewal, kind=kind, stage="voting")

    with refused(NotNow):
        write_in(second, "高双喜")


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
