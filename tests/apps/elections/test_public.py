"""What a villager may know without an account: where the election stands, its notices, the newest results."""

from datetime import date

import pytest

from shanzhi.apps.elections.models import Notice
from shanzhi.apps.elections.selectors import public
from tests import cast
from tests.apps.elections import printed
from tests.apps.elections.the_count import announce, fresh, reckon


def test_an_election_is_public_from_its_roll_on(county, renewal):
    election = cast.make_election(renewal, county.village)
    assert list(public.elections_of(county.village)) == []

    election.stage = "roll"
    election.save()
    assert list(public.elections_of(county.village)) == [election]


def test_a_re_run_is_public_as_soon_as_it_is_opened(county, renewal):
    first = cast.make_election(renewal, county.village, stage="announced")
    again = cast.make_election(renewal, county.village, parent=first, kind="whole")

    assert list(public.elections_of(county.village)) == [again, first]


@pytest.mark.parametrize(
    ("stages", "shown"),
    [
        (["announced"], "announced"),
        (["announced", "candidates"], "candidates"),
        (["announced", "voting", "announced"], "voting"),
        (["announced", "announced"], "announced"),
    ],
)
def test_a_village_stands_where_its_open_vote_stands(county, renewal, stages, shown):
    """A tie vote that is announced does not hide a second round that is not."""
    first = cast.make_election(renewal, county.village, stage=stages[0])
    for part, stage in enumerate(stages[1:], start=1):
        cast.make_election(renewal, county.village, parent=first, kind="second", part=part, stage=stage)

    assert public.stages_of([county.village.pk, county.second_village.pk]) == {county.village.pk: shown}


def test_an_older_renewal_is_history(county, renewal):
    cast.make_election(renewal, county.village)
    old = cast.make_renewal(
        county, begins=date(2021, 10, 1), ends=date(2021, 12, 31), document="样组发〔2021〕3号"
    )
    cast.make_election(old, county.village, stage="announced")

    assert public.stages_of([county.village.pk]) == {county.village.pk: "planned"}


@pytest.mark.django_db
def test_the_newest_results_come_first_and_nothing_else_is_a_result():
    election = printed.with_roll()
    printed.posted_candidates(election)
    reckon(election, {("chair", "李建国"): 20}, collected=30)
    announce(election)

    (result,) = public.latest_results()
    assert result == Notice.objects.get(kind="result")
    assert result.election == fresh(election)

    earlier = Notice.objects.create(
        election=election, kind="result", document=result.document + 1000, posted_on=date(2020, 1, 1)
    )
    assert list(public.latest_results()) == [result, earlier]  # by the day, whichever was typed last


@pytest.mark.django_db
def test_a_roll_can_be_asked_about_until_the_result_is_announced():
    election = printed.with_roll()
    assert public.roll_to_ask(election.village) == election.own_roll

    election.stage = "announced"
    election.save()
    assert public.roll_to_ask(election.village) is None
