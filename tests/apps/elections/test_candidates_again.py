"""Candidates of a second round, a tie and a whole rerun, and names written on ballots."""

import pytest

from shanzhi.apps.elections.actions import candidates
from shanzhi.apps.elections.errors import NotNow, Stopped, Wrong
from shanzhi.apps.elections.models import Election
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    acts,
    attest,
    days,
    fresh,
    make,
    nominating,
    nothing_happens,
    person,
    post,
    propose,
    refused,
    stand,
    voting,
)
from tests.apps.elections.the_slate import all_but_last, decide, post_list, state, withdraw

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
