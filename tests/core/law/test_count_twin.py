"""The fast count against the slow, obvious one, and what holds for every election."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanzhi.core.law.count import Case, count
from tests.core.law.elections_at_random import draw
from tests.core.law.slow_count import me, slow_count

elections = st.integers(0, 2**32).map(lambda seed: draw(random.Random(seed)))


def shape(outcome):
    """The answer without findings, by who people are."""
    return {
        "valid": outcome.valid,
        "elected": [(each.who, each.post, each.votes) for each in outcome.elected],
        "rerun": [
            (each.post, each.seats, each.kind, [person.who for person in each.candidates], each.women_only)
            for each in outcome.rerun
        ],
        "vacant": [(each.post, each.seats, each.may_stay) for each in outcome.vacant],
        "held": [(each.who, each.votes) for each in outcome.held],
        "stops": [(each.rule, [person.who for person in each.people]) for each in outcome.stops],
    }


def slow_shape(answer):
    return {
        "valid": answer["valid"],
        "elected": [(me(each), each["post"], each["votes"]) for each in answer["elected"]],
        "rerun": [
            (each["post"], each["seats"], each["kind"], each["who"], each["women_only"])
            for each in answer["rerun"]
        ],
        "vacant": [(each["post"], each["seats"], each["may_stay"]) for each in answer["vacant"]],
        "held": [(me(each), each["votes"]) for each in answer["held"]],
        "stops": [(each["rule"], each["who"]) for each in answer["stops"]],
    }


@pytest.mark.parametrize("seed", range(10))
def test_both_counts_agree_on_a_thousand_random_elections(seed):
    dice = random.Random(seed)
    for _election in range(1000):
        asked = draw(dice)
        assert shape(count(Case.from_json(asked))) == slow_shape(slow_count(asked)), asked


def test_the_random_elections_reach_every_corner():
    dice = random.Random(2026)
    outcomes = [count(Case.from_json(draw(dice))) for _election in range(6000)]

    kinds = {(each.kind, each.women_only) for outcome in outcomes for each in outcome.rerun}
    assert {(kind, False) for kind in ("second_round", "tie", "whole", "again")} <= kinds
    assert {("second_round", True), ("tie", True)} <= kinds
    assert {each.may_stay for outcome in outcomes for each in outcome.vacant} == {True, False}
    assert {each.rule for outcome in outcomes for each in outcome.stops} == {"VCOL-8-3", "VER-07"}


@settings(max_examples=300, deadline=None)
@given(elections)
def test_every_seat_is_accounted_for_and_nobody_sits_twice(asked):
    case = Case.from_json(asked)
    outcome = count(case)
    seated = [each.who for each in outcome.elected]

    for post in case.posts:
        sit = sum(each.post == post for each in outcome.elected)
        again = sum(each.seats for each in outcome.rerun if each.post == post)
        empty = sum(each.seats for each in outcome.vacant if each.post == post and each.may_stay)
        assert sit <= case.seats[post]
        assert sit + again + empty == case.seats[post]
    assert len(seated) == len(set(seated))
    assert set(seated).isdisjoint(person.who for each in outcome.rerun for person in each.candidates)
    assert outcome.valid or not seated


@settings(max_examples=300, deadline=None)
@given(elections)
def test_nobody_is_passed_over_in_silence(asked):
    """Everybody with a vote is elected, stands again, is held back, or is named in a finding."""
    outcome = count(Case.from_json(asked))
    spoken = "、".join(
        [finding.says["zh"] for finding in outcome.findings]
        + [each.name for each in outcome.elected + outcome.held]
        + [each.name for again in outcome.rerun for each in again.candidates]
    )

    for each in asked["votes"]:
        assert each["name"] in spoken or (asked["round"] == "tie" and each["votes"] == 0)


@settings(max_examples=300, deadline=None)
@given(elections, st.randoms(use_true_random=False))
def test_the_order_of_people_never_matters(asked, dice):
    mixed = asked | {name: dice.sample(asked[name], len(asked[name])) for name in ("votes", "seated", "kin")}

    assert count(Case.from_json(mixed)).as_json() == count(Case.from_json(asked)).as_json()


@settings(max_examples=500, deadline=None)
@given(elections, st.data())
def test_one_more_vote_for_a_winner_never_unseats_him(asked, data):
    before = count(Case.from_json(asked))
    winners = [
        each
        for each in asked["votes"]
        if (each["name"], each["post"]) in {(w.name, w.post) for w in before.elected}
    ]
    papers = asked["collected"] - asked["void"]
    room = [each for each in winners if _has_room(asked, each, papers)]
    if not room:
        return
    winner = data.draw(st.sampled_from(room))
    more = asked | {"votes": [each | {"votes": each["votes"] + (each is winner)} for each in asked["votes"]]}
    after = count(Case.from_json(more))

    assert winner["name"] in {each.name for each in after.elected}


def _has_room(asked, person, papers):
    of_post = sum(each["votes"] for each in asked["votes"] if each["post"] == person["post"])
    of_person = sum(each["votes"] for each in asked["votes"] if each["name"] == person["name"])
    return (
        person["votes"] < papers and of_post < asked["seats"][person["post"]] * papers and of_person < papers
    )


@settings(max_examples=200, deadline=None)
@given(elections)
def test_an_answer_read_twice_is_the_same_and_fits_its_case(asked):
    case = Case.from_json(asked)

    assert count(case).as_json() == count(replace(case)).as_json()
    assert all(finding.says["zh"] and finding.says["en"] for finding in count(case).findings)
