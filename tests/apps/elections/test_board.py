"""The board: every village's stage and next duty, days left or late, and the same few questions however many there are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.models import Objection, Outcome, Roll
from shanzhi.apps.elections.selectors import board
from tests import cast

TODAY = date(2026, 12, 1)
DAY = date(2026, 12, 20)


def line_of(county, village, *, today=TODAY):
    return next(line for line in board.rows([county.place.pk], today=today) if line.village == village)


def post_roll(election, on=date(2026, 11, 25)):
    return Roll.objects.create(election=election, posted_on=on)


def outcome(election, *, announced_on, valid=True, rerun=()):
    answer = {"valid": valid, "elected": [], "rerun": list(rerun), "stops": []}
    return Outcome.objects.create(
        election=election, case={}, answer=answer, announced_on=announced_on, reckoned_by="clerk"
    )


def test_every_village_is_on_the_board_also_without_an_election(county, renewal):
    cast.make_election(renewal, county.village)

    lines = board.rows([county.place.pk], today=TODAY)

    assert [line.village for line in lines] == county.villages
    assert [line.stage for line in lines] == ["planned", "", ""]


def test_a_clerk_sees_the_villages_of_the_own_township(county, renewal):
    assert [line.village for line in board.rows([county.east.pk], today=TODAY)] == county.villages[:2]
    assert [each.name for each in board.townships([county.east.pk])] == ["东川镇"]


def test_communities_are_shown_apart_and_hold_no_election(county, renewal):
    """Rulings: shown but excluded; the law on villagers' committees does not reach them."""
    assert county.community not in [line.village for line in board.rows([county.place.pk], today=TODAY)]
    assert board.communities([county.place.pk]) == [county.community]
    assert board.communities([county.east.pk]) == []
    assert board.communities([county.place.pk], township=county.east.code) == []


@pytest.mark.parametrize(
    ("filters", "villages"), [({"township": "141130202000"}, 1), ({"stage": "planned"}, 1), ({}, 3)]
)
def test_the_board_can_be_narrowed(county, renewal, filters, villages):
    cast.make_election(renewal, county.village)

    assert len(board.rows([county.place.pk], today=TODAY, **filters)) == villages


@pytest.mark.parametrize(
    ("today", "left", "late"), [(date(2026, 11, 28), 2, False), (date(2026, 12, 3), -3, True)]
)
def test_a_roll_that_has_to_be_posted_counts_its_days_and_is_late_after_the_last(
    county, renewal, today, left, late
):
    """VCOL-17-1: twenty days before 20 December is 30 November."""
    cast.make_election(renewal, county.village)

    line = line_of(county, county.village, today=today)

    assert (line.duty.step, line.duty.rule, line.duty.due) == ("roll_posted", "VCOL-17-1", date(2026, 11, 30))
    assert (line.duty.days_left, line.late) == (left, late)


def test_an_objection_that_waits_is_the_next_duty(county, renewal):
    """VCOL-17-3: three days from receipt, before anything else that is due later."""
    election = cast.make_election(renewal, county.village, stage="candidates")
    Objection.objects.create(
        roll=post_roll(election), person=cast.make_person(county.village), about="missing", says="漏登", objector="某",
        filed_on=date(2026, 11, 29), decide_by=date(2026, 12, 2), recorded_by="clerk",
    )  # fmt: skip

    duty = line_of(county, county.village).duty
    assert (duty.step, duty.days_left) == ("objection_decided", 1)


def test_an_announced_village_has_its_handover_due(county, renewal):
    """VCOL-24-1."""
    election = cast.make_election(renewal, county.village, stage="announced")
    outcome(election, announced_on=DAY)

    duty = line_of(county, county.village, today=date(2027, 1, 2)).duty
    assert (duty.step, duty.due, duty.late) == ("handover_done", date(2026, 12, 30), True)


def rerun_of(election, kind, **more):
    return cast.make_election(
        election.renewal, election.village, parent=election, kind=kind, **{"stage": "candidates"} | more
    )


def test_a_village_with_a_second_round_stands_where_the_second_round_stands(county, renewal):
    """VER-10: ten days from the announcement."""
    election = cast.make_election(renewal, county.village, stage="announced")
    post_roll(election)
    outcome(election, announced_on=DAY, rerun=[{}])
    second = rerun_of(election, "second", election_day=None)

    line = line_of(county, county.village, today=DAY)
    assert line.election == second
    assert (line.duty.step, line.duty.due) == ("second_round", DAY + timedelta(days=10))


def test_of_two_votes_at_once_the_more_urgent_is_shown(county, renewal):
    election = cast.make_election(renewal, county.village, stage="announced")
    post_roll(election)
    outcome(election, announced_on=DAY, rerun=[{}, {}])
    tie = rerun_of(election, "tie", election_day=date(2026, 12, 22), stage="voting")
    rerun_of(election, "second", election_day=date(2026, 12, 28), stage="voting")

    assert line_of(county, county.village, today=DAY).election == tie


def test_a_newer_renewal_is_what_counts(county, renewal):
    old = cast.make_renewal(
        county, begins=date(2021, 10, 1), ends=date(2021, 12, 31), document="样组发〔2021〕3号"
    )
    cast.make_election(old, county.village, stage="voting")
    election = cast.make_election(renewal, county.village)

    assert line_of(county, county.village).election == election


def test_the_head_counts_where_the_villages_stand(county, renewal):
    cast.make_election(renewal, county.village)  # late from 1 December on
    done = cast.make_election(renewal, county.second_village, stage="announced")
    outcome(done, announced_on=date(2026, 11, 30))

    found = board.summary(board.rows([county.place.pk], today=TODAY))

    assert found == {"villages": 3, "late": 1, "announced": 1, "open": 1, "without": 1}


def make_many(county, renewal, numbers):
    """Villages at different points of the road, some with rounds of rounds."""
    for at in numbers:
        village = cast.make_place(f"141130101{300 + at}", f"第{at}村委会", "village", county.east)
        election = cast.make_election(renewal, village, stage="candidates")
        Objection.objects.create(
            roll=post_roll(election), person=cast.make_person(village), about="missing", says="漏登", objector="某",
            filed_on=TODAY, decide_by=TODAY, recorded_by="clerk",
        )  # fmt: skip
        cast.make_candidate(election, cast.make_person(village))
        for _round in range(at % 6):
            election.stage = "announced"
            election.save()
            outcome(election, announced_on=DAY, rerun=[{}])
            election = rerun_of(election, "second")


def test_the_board_asks_as_often_for_a_few_villages_as_for_two_hundred(county, renewal):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert board.rows([county.place.pk], today=TODAY)
        return len(asked)

    make_many(county, renewal, range(2))
    few = questions()
    make_many(county, renewal, range(2, 200))

    assert questions() == few <= 8


def test_a_teller_sees_the_counts_of_the_own_village(county, renewal):
    mine = cast.make_election(renewal, county.village, stage="counting")
    cast.make_election(renewal, county.second_village, stage="counting")

    assert board.counting([county.village.pk]) == [mine]


def test_a_renewal_says_which_villages_have_not_joined(county, renewal):
    cast.make_election(renewal, county.village)

    assert board.villages_outside(renewal) == [county.second_village, county.west_village]
    assert list(board.renewals(county.place)) == [renewal]
