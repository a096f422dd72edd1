"""Opening a renewal, planning a village's election, moving its day, and what bodies decided."""

from datetime import date

import pytest
from django.http import Http404

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import renewals
from shanzhi.apps.elections.errors import NotNow, Refused, Stale, Wrong
from shanzhi.apps.elections.models import Attestation, Notice, Outcome
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    OPEN,
    POSTED,
    SEATS,
    SECOND,
    acts,
    days,
    fresh,
    make,
    nothing_happens,
    planned,
    post,
    posted,
    refused,
    voting,
)

ORDER = {
    "name": "2026年村委会换届", "begins": date(2026, 10, 1), "ends": date(2026, 12, 31), "issuer": "样板县委组织部",
    "document": "样组发〔2026〕8号", "issued_on": date(2026, 9, 20), "by": CLERK,
}  # fmt: skip


def open_renewal(county, **other):
    return renewals.open_renewal(county=county.place, **ORDER | other)


def set_plan(election, *, day=DAY, seats=SEATS, version=None, by=CLERK):
    version = election.version if version is None else version
    return renewals.set_plan(election=election, election_day=day, seats=seats, version=version, by=by)


def set_day(election, day, *, version=None, today=OPEN, by=CLERK):
    version = election.version if version is None else version
    return renewals.set_day(election=election, election_day=day, version=version, today=today, by=by)


def attest(election, **other):
    facts = {
        "kind": "election_committee",
        "decided_on": date(2026, 11, 10),
        "body": "村民代表会议",
        "by": CLERK,
    }
    return renewals.attest(election=election, **facts | other)


# A renewal


def test_a_renewal_rests_on_the_document_that_ordered_it(county):
    renewal = open_renewal(county, settings={"woman": "guide"})

    assert (renewal.county, renewal.issuer, renewal.settings) == (
        county.place,
        "样板县委组织部",
        {"woman": "guide"},
    )
    assert acts() == ["elections.renewal_opened"]


def test_the_same_form_sent_twice_opens_one_renewal(county):
    first = open_renewal(county)

    with nothing_happens():
        assert open_renewal(county) == first


def test_two_renewals_under_one_document_are_refused(county):
    open_renewal(county)

    with refused(Wrong, "document"):
        open_renewal(county, name="另一次换届")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("ends", {"ends": date(2026, 9, 1)}), ("name", {"name": "  "}), ("issuer", {"issuer": ""}), ("document", {"document": " "})
    ],
)  # fmt: skip
def test_a_renewal_without_its_ground_is_refused(county, field, facts):
    with refused(Wrong, field):
        open_renewal(county, **facts)


@pytest.mark.parametrize("settings", [{"woman": "sometimes"}, {"slate_extra": 0}, {"invented": True}])
def test_local_choices_that_the_law_does_not_know_are_refused(county, settings):
    with refused(Refused):
        open_renewal(county, settings=settings)


def test_only_a_county_opens_a_renewal(county):
    with refused(Refused):
        renewals.open_renewal(county=county.east, **ORDER)


# Villages


def test_every_village_joins_once(county, renewal):
    opened = renewals.open_elections(renewal=renewal, villages=county.villages, by=CLERK)

    assert [election.village for election in opened] == county.villages
    assert acts() == ["elections.opened"] * 3
    with nothing_happens():
        assert renewals.open_elections(renewal=renewal, villages=county.villages, by=SECOND) == []


def test_communities_and_townships_do_not_elect_a_villagers_committee(county, renewal):
    for place in (county.community, county.east):
        with refused(Refused):
            renewals.open_elections(renewal=renewal, villages=[county.village, place], by=CLERK)


def test_a_village_of_another_county_or_one_that_was_merged_away_does_not_join(county, renewal):
    elsewhere = cast.make_place("141129", "邻县", "county")
    there = cast.make_place("141129101201", "外村村委会", "village", elsewhere)
    gone = cast.make_place(
        "141130101299", "并入村村委会", "village", county.east, valid_until=date(2025, 1, 1)
    )

    for village in (there, gone):
        with refused(Refused):
            renewals.open_elections(renewal=renewal, villages=[village], by=CLERK)


# Plan


def test_the_day_and_the_seats_are_set_as_the_village_decided(county, renewal):
    election = cast.make_election(renewal, county.village, election_day=None, seats={})

    set_plan(election, seats={"chair": 1, "vice_chair": 0, "member": 2})

    election = fresh(election)
    assert (election.election_day, election.seats, election.version) == (DAY, SEATS, 2)
    assert acts() == ["elections.plan_set"]


@pytest.mark.parametrize(
    ("field", "seats"),
    [
        ("chair", {"chair": 0, "member": 3}), ("chair", {"chair": 2, "member": 1}), ("member", {"chair": 1, "member": 1}),
        ("member", {"chair": 1, "vice_chair": 1, "member": 6}), ("member", {"chair": 1, "vice_chair": 5, "member": -1}),
        ("seats", {"chair": 1, "member": 2, "king": 1}),
    ],
)  # fmt: skip
def test_a_committee_has_three_to_seven_people_and_one_chair(county, renewal, field, seats):
    """VCOL-8-1."""
    election = cast.make_election(renewal, county.village)

    with refused(Wrong, field):
        set_plan(election, seats=seats)


def test_of_two_clerks_at_once_the_second_is_told(county, renewal):
    election = cast.make_election(renewal, county.village)
    set_plan(election, day=DAY + days(2), by=CLERK)

    with refused(Stale):
        set_plan(election, day=DAY + days(1), version=1, by=SECOND)
    with nothing_happens():  # the same form sent twice
        set_plan(election, day=DAY + days(2), version=1, by=CLERK)


def test_the_plan_stands_once_the_roll_is_posted(county, renewal):
    election = posted(renewal, county.village)

    with refused(NotNow):
        set_plan(election)


@pytest.mark.parametrize("day", [date.min, date(202, 12, 20), date(2018, 12, 28), date(2200, 1, 1), date.max])
def test_a_day_that_no_clock_can_be_counted_from_is_no_election_day(county, renewal, day):
    election = planned(renewal, county.village)

    with refused(Wrong) as refusal:
        set_plan(election, day=day)

    assert str(day.year) in str(refusal.value)
    with refused(Wrong):
        set_day(election, day)
    with refused(Wrong):
        open_renewal(county, name="另一次换届", begins=day, ends=day)


# Moving the day


def test_a_day_moved_before_posting_asks_for_the_roll_to_be_made_again(county, renewal):
    election = make(planned(renewal, county.village, number=4))
    young = cast.make_person(county.village, "小任", born=DAY + days(1) - days(6574))  # 18 on 21 December
    assert young.age_on(DAY) == 17
    election = make(election)
    assert not election.own_roll.lines.get(person=young).listed
    set_plan(election, day=DAY + days(2))
    election = fresh(election)

    with refused(Refused):
        post(election)

    election = post(make(election))
    assert election.own_roll.lines.get(person=young).listed


def test_a_day_moved_after_posting_is_published_anew(county, renewal):
    election = posted(renewal, county.village)

    set_day(election, DAY + days(3))

    election = fresh(election)
    assert election.election_day == DAY + days(3)
    kinds = [(notice.kind, notice.posted_on) for notice in election.notices.all()]
    assert kinds == [(Notice.Kind.ROLL, POSTED), (Notice.Kind.ROLL, OPEN)]
    newest = record.document(election.notices.last().document)
    assert record.shown(newest)["election_day"] == (DAY + days(3)).isoformat()
    assert acts()[-2:] == ["record.published", "elections.day_set"]


def test_a_day_moved_after_the_candidates_were_posted_publishes_their_notice_anew(county, renewal):
    election = voting(renewal, county.village)
    before = election.notices.count()

    set_day(election, DAY + days(3))

    assert [notice.kind for notice in election.notices.all()][before:] == ["roll", "candidates"]


def test_the_same_day_once_more_publishes_nothing(county, renewal):
    election = posted(renewal, county.village)
    set_day(election, DAY + days(3))

    with nothing_happens():
        set_day(election, DAY + days(3))


def test_the_day_does_not_move_to_less_than_twenty_days_after_the_posting(county, renewal):
    """VCOL-17-1: 28 November and twenty days are 18 December."""
    election = posted(renewal, county.village)

    with refused(Wrong, "election_day"):
        set_day(election, date(2026, 12, 17))

    set_day(election, date(2026, 12, 18))


def test_a_second_round_is_not_held_before_the_first_result(county, renewal):
    first = cast.make_election(renewal, county.village, stage="announced")
    second = cast.make_election(
        renewal, county.village, parent=first, kind="second", stage="candidates", election_day=None
    )
    cast_outcome(first, announced_on=DAY)

    with refused(Wrong, "election_day"):
        set_day(second, DAY - days(1))

    set_day(second, DAY)  # VER-10: the same day is allowed
    assert fresh(second).election_day == DAY


def cast_outcome(election, *, announced_on):
    answer = {"valid": True, "elected": [], "rerun": [], "stops": []}
    return Outcome.objects.create(
        election=election, case={}, answer=answer, reckoned_by=CLERK, announced_on=announced_on
    )


def test_of_two_clerks_who_move_the_day_the_second_is_told(county, renewal):
    election = posted(renewal, county.village)
    set_day(election, DAY + days(1))

    with refused(Stale):
        set_day(election, DAY + days(2), version=election.version, by=SECOND)


# What bodies decided


def test_a_decision_of_a_body_is_recorded_and_not_checked(county, renewal):
    election = cast.make_election(renewal, county.village)

    made = attest(election, document="2026-1", note="七人")

    assert (made.kind, made.body, made.document) == ("election_committee", "村民代表会议", "2026-1")
    assert acts() == ["elections.attested"]
    with nothing_happens():
        assert attest(election, document="2026-1", note="七人") == made


@pytest.mark.parametrize(("field", "facts"), [("body", {"body": " "}), ("kind", {"kind": "weather"})])
def test_a_decision_without_its_body_is_refused(county, renewal, field, facts):
    election = cast.make_election(renewal, county.village)

    with refused(Wrong, field):
        attest(election, **facts)


def test_after_the_announcement_nothing_is_recorded_any_more(county, renewal):
    election = cast.make_election(renewal, county.village, stage="announced")

    with refused(NotNow):
        attest(election)


# Who may


@pytest.mark.parametrize(
    ("permission", "who_may"),
    [
        (Permission.RUN_ELECTION, {"township_clerk", "township_second", "village_clerk"}),
        (Permission.DECIDE_STOP, {"county_office", "township_clerk", "township_second"}),
        (Permission.SEE_PEOPLE, {"county_office", "township_clerk", "township_second", "village_clerk"}),
        (Permission.ENTER_SHEET, {"township_clerk", "township_second", "village_clerk", "teller"}),
    ],
)  # fmt: skip
def test_an_election_exists_only_for_those_who_may(county, people, renewal, permission, who_may):
    election = cast.make_election(renewal, county.village)

    for name in people.__slots__:
        account = getattr(people, name)
        if name in who_may:
            assert access.election_for(account, election.key, permission) == election
        else:
            with pytest.raises(Http404):
                access.election_for(account, election.key, permission)


def test_a_renewal_exists_only_for_the_county_office(county, people, renewal):
    for name in people.__slots__:
        account = getattr(people, name)
        if name == "county_office":
            assert access.renewal_for(account, renewal.key, Permission.PLAN_RENEWAL) == renewal
        else:
            with pytest.raises(Http404):
                access.renewal_for(account, renewal.key, Permission.PLAN_RENEWAL)


def test_the_record_of_a_plan_names_nobody(county, renewal):
    election = cast.make_election(renewal, county.village)
    attest(election, note="主任王建国", body="王建国召集的村民代表会议")

    assert "王建国" not in str(list(Event.objects.values_list("facts", "subject")))
    assert Attestation.objects.get().note == "主任王建国"
