"""The list of candidates: posted as a whole, and what only the whole can tell."""

import pytest

from shanzhi.apps.elections.actions import corrections
from shanzhi.apps.elections.errors import Refused, Stale, Stopped, Wrong
from shanzhi.apps.elections.selectors import candidates as read
from shanzhi.apps.places import actions as places
from shanzhi.apps.record import selectors as record
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    OPEN,
    days,
    fresh,
    nominating,
    nothing_happens,
    person,
    propose,
    refused,
    stand,
    voting,
)
from tests.apps.elections.the_slate import all_but_last, post_list

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
