"""The worked cases of the design, sections A to D and K: each row is a case with the rules that it shows."""

from datetime import date

import pytest

from shanzhi.core.law.count import Vacancy
from tests.core.law.ballots import branch, committee, count, elected, people, reruns, rules, said, sits

HALF = people("A 400, B 10", "chair")


@pytest.mark.parametrize(
    ("registered", "issued", "collected", "valid"),
    [
        pytest.param(1000, 900, 500, False, id="LC-001 VCOL-18-6 exactly half is not more than half"),
        pytest.param(999, 900, 500, True, id="LC-003 VCOL-18-6 500 of 999 is more than half"),
        pytest.param(1001, 900, 500, False, id="LC-003 VCOL-18-6 500 of 1001 is not"),
        pytest.param(1000, 602, 602, True, id="LC-005 VER-06 as many collected as issued"),
        pytest.param(1000, 602, 598, True, id="LC-005 VER-06 fewer collected than issued"),
        pytest.param(1000, 602, 603, False, id="VER-06 one more collected than issued"),
    ],
)
def test_whether_an_election_is_valid(registered, issued, collected, valid):
    outcome = count(committee(HALF, registered=registered, issued=issued, collected=collected, seats=1))

    assert outcome.valid is valid
    assert elected(outcome) == ("A" if valid else "")
    assert reruns(outcome) == ([] if valid else [("chair", 1, "whole", "A B")])
    assert {"VCOL-18-6", "VER-06"} <= rules(outcome)


def test_lc_007_vcol_18_5_as_many_candidates_as_seats_is_no_contest():
    even = count(committee(people("A 300, B 300, C 300"), collected=500, seats=3))
    more = count(committee(people("A 300, B 300, C 300, D 1"), collected=500, seats=3))

    assert ("VCOL-18-5", False, "") in said(even)
    assert ("VCOL-18-5", True, "") in said(more)


@pytest.mark.parametrize(
    ("seats", "collected", "votes", "won", "again", "rule"),
    [
        pytest.param(
            1, 600, "A 301, B 290", "A", [], "VCOL-18-7", id="LC-009 VCOL-18-7 602 is more than 600"
        ),
        pytest.param(
            1,
            600,
            "A 300, B 290",
            "",
            [("member", 1, "second_round", "A B")],
            "VCOL-18-8",
            id="VCOL-18-7 exactly half is not enough",
        ),
        pytest.param(
            2,
            500,
            "A 380, B 305, C 305",
            "A",
            [("member", 1, "tie", "B C")],
            "VER-07",
            id="LC-011 VER-07 a tie on the last seat",
        ),
        pytest.param(
            3,
            500,
            "A 400, B 310, C 310, D 310",
            "A",
            [("member", 2, "tie", "B C D")],
            "VER-07",
            id="LC-013 VER-07 three tie over two seats",
        ),
        pytest.param(
            3,
            700,
            "A 420, B 351, C 350, D 200",
            "A B",
            [("member", 1, "second_round", "C D")],
            "VCOL-18-9",
            id="LC-015 VCOL-18-7 VCOL-18-8 VCOL-18-9 C has exactly half",
        ),
        pytest.param(
            3,
            700,
            "A 420, B 351, C 350, D 200, F 200",
            "A B",
            [("member", 1, "second_round", "C D F")],
            "VCOL-18-9",
            id="LC-023 VCOL-18-9 VER-10 all tied for the last place stand",
        ),
    ],
)
def test_who_is_elected_in_the_first_round(seats, collected, votes, won, again, rule):
    outcome = count(committee(people(votes), collected=collected, seats=seats))

    assert (elected(outcome), reruns(outcome)) == (won, again)
    assert rule in rules(outcome)


@pytest.mark.parametrize(
    ("votes", "won", "again", "vacant"),
    [
        pytest.param("C 220, D 210", "C", [], (), id="LC-017 VCOL-18-10 exactly a third is enough"),
        pytest.param(
            "C 219, D 210",
            "",
            [("member", 1, "second_round", "C D")],
            (Vacancy("member", 1, may_stay=False),),
            id="LC-019 VCOL-18-10 VER-11 nobody has a third and fewer than three are seated",
        ),
        pytest.param(
            "C 240, D 240",
            "",
            [("member", 1, "tie", "C D")],
            (),
            id="LC-021 VCOL-18-10 VER-07 both have a third and tie",
        ),
        pytest.param("C 230, D 225", "C", [], (), id="VCOL-18-10 the most of those with a third"),
    ],
)
def test_who_is_elected_in_the_second_round(votes, won, again, vacant):
    outcome = count(committee(people(votes), collected=660, seats=1, round="second", seated=sits("X, Y")))

    assert (elected(outcome), reruns(outcome), outcome.vacant) == (won, again, vacant)


def test_ver_11_with_three_seated_a_seat_may_stay_empty_after_the_second_round():
    outcome = count(
        committee(people("C 219, D 210"), collected=660, seats=1, round="second", seated=sits("X, Y, Z"))
    )

    assert reruns(outcome) == []
    assert outcome.vacant == (Vacancy("member", 1, may_stay=True),)


MEN_FIRST = people("M1 600, M2 560, M3 520, W1:f 420, W2:f 250")


def test_lc_025_vcol_8_2_ver_09_the_best_woman_above_half_is_seated_first():
    outcome = count(committee(MEN_FIRST, collected=800, seats=3))

    assert elected(outcome) == "M1 M2 W1"
    assert [each.name for each in outcome.held] == ["M3"]
    assert {("VER-09", True, "seated_first"), ("VER-09", True, "held"), ("VCOL-8-2", True, "")} <= said(
        outcome
    )


def test_lc_027_vcol_8_2_with_a_woman_as_vice_chair_the_votes_alone_decide():
    vice = people("V:f 500, U 100", "vice_chair")
    outcome = count(
        committee((*vice, *MEN_FIRST), collected=800, seats_by_post={"vice_chair": 1, "member": 3})
    )

    assert elected(outcome) == "V M1 M2 M3"
    assert outcome.held == ()


def test_ver_09_without_a_woman_above_half_a_seat_is_kept_and_voted_on_among_women():
    outcome = count(
        committee(people("M1 600, M2 560, M3 520, W1:f 400, W2:f 250, W3:f 9"), collected=800, seats=3)
    )

    assert elected(outcome) == "M1 M2"
    assert reruns(outcome) == [("member", 1, "second_round/women", "W1 W2")]
    assert [each.name for each in outcome.held] == ["M3"]
    assert ("VCOL-8-2", None, "") in said(outcome)


@pytest.mark.parametrize(
    ("day", "stops"),
    [
        pytest.param(date(2025, 12, 30), 0, id="VCOL-8-3 TRANS-01 the text of 2018 has no such rule"),
        pytest.param(date(2026, 1, 1), 1, id="VCOL-8-3 TRANS-01 the text of 2025 has"),
    ],
)
def test_near_kin_both_stay_elected_and_a_person_decides(day, stops):
    case = committee(people("A 300, B 290, C 1"), collected=400, seats=2, kin=(("A", "B"),), election_day=day)
    outcome = count(case)

    assert elected(outcome) == "A B"
    assert [[each.name for each in stop.people] for stop in outcome.stops] == [["A", "B"]] * stops
    assert [each.rule for each in outcome.findings if each.stops] == ["VCOL-8-3"] * stops


# K. The Party branch


@pytest.mark.parametrize(
    ("seats", "least"),
    [
        pytest.param(3, 4, id="LC-075 PTY-07 three seats"),
        pytest.param(5, 6, id="LC-075 PTY-07 five seats"),
        pytest.param(7, 9, id="LC-075 PTY-07 seven seats"),
    ],
)
def test_a_branch_needs_a_fifth_more_candidates_than_seats(seats, least):
    def says(candidates):
        votes = people(", ".join(f"P{number} 1" for number in range(candidates)))
        return ("PTY-07", True, "") in said(count(branch(votes, present=40, seats=seats)))

    assert says(least)
    assert not says(least - 1)


def test_lc_077_pty_12_the_divisor_is_members_present_and_not_ballots():
    outcome = count(branch(people("A 20, B 19"), present=40, collected=39, issued=40, seats=1))

    assert elected(outcome) == ""
    assert elected(count(branch(people("A 21, B 18"), present=40, collected=39, issued=40, seats=1))) == "A"


@pytest.mark.parametrize(
    ("votes", "won", "again"),
    [
        pytest.param("A 33, B 30, C 25, D 22", "A B C", [], id="LC-079 PTY-13 the highest three"),
        pytest.param(
            "A 33, B 30, C 18, D 17",
            "A B",
            [("member", 1, "again", "C D")],
            id="LC-081 PTY-15 one seat is voted on again",
        ),
        pytest.param(
            "A 33, B 25, C 25, D 25", "A", [("member", 2, "tie", "B C D")], id="PTY-14 a tie across two seats"
        ),
    ],
)
def test_who_is_elected_in_a_branch(votes, won, again):
    outcome = count(branch(people(votes), present=40, seats=3))

    assert (elected(outcome), reruns(outcome)) == (won, again)


@pytest.mark.parametrize(
    ("due", "present", "collected", "valid"),
    [
        pytest.param(50, 40, 40, True, id="PTY-08 exactly four fifths are enough"),
        pytest.param(50, 39, 39, False, id="PTY-08 fewer than four fifths"),
        pytest.param(50, 40, 41, False, id="PTY-10 more ballots than members present"),
        pytest.param(50, 40, 12, True, id="PTY-10 fewer ballots than members present"),
    ],
)
def test_whether_a_branch_election_is_valid(due, present, collected, valid):
    votes = people("A 12, B 0")
    outcome = count(branch(votes, present=present, registered=due, collected=collected, seats=1))

    assert outcome.valid is valid


def test_pty_10_more_ballots_than_were_handed_out_are_noted_in_a_branch():
    outcome = count(branch(people("A 30, B 0"), present=40, issued=38, collected=39, seats=1))

    assert outcome.valid
    assert ("PTY-10", None, "issued") in said(outcome)
