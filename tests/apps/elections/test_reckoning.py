"""Reckoning: when, how often, and what is written down."""

import pytest

from shanzhi.apps.elections.actions import outcomes, sheets
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.models import Outcome
from shanzhi.apps.elections.selectors import outcomes as shown
from tests.apps.elections.the_count import (
    CLERK,
    DAY,
    FIRST,
    SECOND,
    acts,
    enter,
    fresh,
    make_count,
    numbers,
    reckon,
    type_all,
)
from tests.apps.elections.the_outcome import JIA, ONE, TWO_FOR_CHAIR, YI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
