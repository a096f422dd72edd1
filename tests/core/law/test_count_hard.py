"""Where rules meet: ties with the woman's seat, several posts, second rounds, vacancies, namesakes."""

import pytest

from shanzhi.core.law.count import Settings, Vacancy, Voted
from tests.core.law.ballots import branch, committee, count, elected, people, reruns, rules, said, sits


def held(outcome):
    return " ".join(each.name for each in outcome.held)


# The woman's seat and ties (VER-09, VER-07)


@pytest.mark.parametrize(
    ("seats", "votes", "won", "again", "back"),
    [
        pytest.param(2, "M1 600, M2 420, W:f 420", "M1 W", [], "M2", id="a woman in the tie is seated first"),
        pytest.param(
            3,
            "M1 560, M2 500, M3 450, W1:f 420, W2:f 420",
            "M1 M2",
            [("member", 1, "tie/women", "W1 W2")],
            "M3",
            id="two women share the first place among women",
        ),
        pytest.param(
            2,
            "M1 500, M2 500, M3 500, W1:f 0",
            "",
            [("member", 1, "tie", "M1 M2 M3"), ("member", 1, "second_round/women", "W1")],
            "",
            id="a seat is kept and the men tie for the rest",
        ),
        pytest.param(
            3,
            "M1 500, M2 500, M3 500, W1:f 420, W2:f 420",
            "",
            [("member", 2, "tie", "M1 M2 M3"), ("member", 1, "tie/women", "W1 W2")],
            "",
            id="two ties for one post",
        ),
        pytest.param(
            3,
            "M1 600, M2 450, M3 450, W1:f 450, W2:f 450",
            "M1",
            [("member", 2, "tie", "M2 M3 W1 W2")],
            "",
            id="men and women tie for two seats: one vote among all of them",
        ),
        pytest.param(
            1,
            "M1 500, W1:f 300",
            "",
            [("member", 1, "second_round/women", "W1")],
            "M1",
            id="the only member's seat is the woman's",
        ),
        pytest.param(
            3,
            "M1 500, M2 490, M3 450, M4 450, W:f 410",
            "M1 M2 W",
            [],
            "M3 M4",
            id="men tied for the seat that a woman takes are held back",
        ),
    ],
)
def test_ver_09_ties_and_the_womans_seat(seats, votes, won, again, back):
    outcome = count(committee(people(votes), collected=800, seats=seats))

    assert (elected(outcome), reruns(outcome), held(outcome)) == (won, again, back)


def test_ver_09_in_a_vote_among_tied_men_and_women_the_womans_seat_is_heeded():
    votes = people("M2 300, M3 200, W1:f 20, W2:f 10")
    outcome = count(committee(votes, collected=600, seats=2, round="tie", seated=sits("M1")))

    assert elected(outcome) == "M2 W1"
    assert held(outcome) == "M3"


def test_ver_09_a_kept_seat_is_voted_on_by_itself_and_nobody_stands_twice():
    votes = people("M1 500, M2 300, M3 200, W1:f 390, W2:f 380, W3:f 350")
    outcome = count(committee(votes, collected=800, seats=3))

    assert elected(outcome) == "M1"
    assert reruns(outcome) == [
        ("member", 1, "second_round/women", "W1 W2"),
        ("member", 1, "second_round", "W3 M2"),
    ]


@pytest.mark.parametrize(
    ("seated", "woman", "won"),
    [
        pytest.param("X", "guide", "M1 W", id="nobody seated is a woman"),
        pytest.param("X:f", "guide", "M1 M2", id="a woman is seated from an earlier round"),
        pytest.param("X", "off", "M1 M2", id="the county keeps no seat"),
    ],
)
def test_ver_09_women_who_are_seated_already_count(seated, woman, won):
    votes = people("M1 400, M2 390, W:f 300")
    case = committee(
        votes, collected=800, seats=2, round="second", seated=sits(seated), settings=Settings(woman=woman)
    )

    assert elected(count(case)) == won


def test_ver_09_where_no_woman_stood_the_county_chooses_whether_a_seat_is_kept():
    votes = people("M1 500, M2 450, M3 100")
    plain = count(committee(votes, collected=800, seats=2))
    kept = count(committee(votes, collected=800, seats=2, settings=Settings(woman="keep")))

    assert elected(plain) == "M1 M2"
    assert {("VER-09", None, "none_stood"), ("VCOL-8-2", False, "")} <= said(plain)
    assert elected(kept) == "M1"
    assert reruns(kept) == [("member", 1, "second_round/women", "")]
    assert ("VCOL-18-9", False, "women_none") in said(kept)


def test_ver_09_the_womans_seat_never_stays_empty():
    votes = people("M1 500, W1:f 200, W2:f 150")
    case = committee(votes, collected=900, seats=2, round="second", seated=sits("X, Y, Z"))
    outcome = count(case)

    assert elected(outcome) == "M1"
    assert outcome.vacant == (Vacancy("member", 1, may_stay=False),)
    assert reruns(outcome) == [("member", 1, "second_round/women", "W1 W2")]


def test_ver_09_and_ver_11_other_seats_may_stay_empty_beside_the_womans():
    votes = people("M1 200, W1:f 200, W2:f 150")
    case = committee(votes, collected=900, seats=2, round="second", seated=sits("X, Y, Z"))
    outcome = count(case)

    assert outcome.vacant == (Vacancy("member", 1, may_stay=False), Vacancy("member", 1, may_stay=True))
    assert reruns(outcome) == [("member", 1, "second_round/women", "W1 W2")]


# Several posts


def test_ver_12_who_is_elected_to_a_higher_post_leaves_the_lower_one():
    votes = (*people("A 400, B 100", "chair"), *people("A 390, C 350, D 10"))
    outcome = count(committee(votes, collected=600, seats_by_post={"chair": 1, "member": 2}))

    assert [(each.name, each.post) for each in outcome.elected] == [("A", "chair"), ("C", "member")]
    assert ("VER-12", True, "higher") in said(outcome)


def test_who_is_seated_below_does_not_stand_again_above():
    votes = (*people("A 250, B 200, C 100", "chair"), *people("A 390, D 10"))
    outcome = count(committee(votes, collected=600, seats_by_post={"chair": 1, "member": 1}))

    assert elected(outcome) == "A"
    assert reruns(outcome) == [("chair", 1, "second_round", "B C")]


def test_ver_07_who_is_tied_above_waits_below_and_a_person_decides():
    votes = (*people("A 400, B 310, C 310", "vice_chair"), *people("B 300, D 280, E 270"))
    outcome = count(committee(votes, collected=520, seats_by_post={"vice_chair": 2, "member": 2}))

    assert elected(outcome) == "A D E"
    assert reruns(outcome) == [("vice_chair", 1, "tie", "B C")]
    assert [(stop.rule, [each.name for each in stop.people]) for stop in outcome.stops] == [("VER-07", ["B"])]
    assert ("VER-07", None, "waits") in said(outcome)


def test_ver_12_votes_are_added_downward_only_where_the_county_says_so():
    votes = (*people("A 200, B 250", "chair"), *people("A 150, C 200", "vice_chair"))
    posts = {"chair": 1, "vice_chair": 1}
    without = count(committee(votes, collected=600, seats_by_post=posts))
    added = count(committee(votes, collected=600, seats_by_post=posts, settings=Settings(add_down=True)))

    assert elected(without) == ""
    assert [(each.name, each.votes) for each in added.elected] == [("A", 350)]
    assert ("VER-12", True, "") in said(added)


def test_ver_12_added_votes_decide_who_stands_again():
    votes = (*people("A 100, B 250", "chair"), *people("A 150, C 200, D 220", "vice_chair"))
    case = committee(
        votes, collected=600, seats_by_post={"chair": 1, "vice_chair": 1}, settings=Settings(add_down=True)
    )

    assert ("vice_chair", 1, "second_round", "A D") in reruns(count(case))


# Second rounds, vacancies, ties that go on


def test_vcol_18_8_each_post_has_its_own_second_round():
    votes = (*people("A 250, B 200", "chair"), *people("C 230, D 200, E 120", "vice_chair"))
    outcome = count(committee(votes, collected=600, seats_by_post={"chair": 1, "vice_chair": 1}))

    assert reruns(outcome) == [("chair", 1, "second_round", "A B"), ("vice_chair", 1, "second_round", "C D")]


@pytest.mark.parametrize(
    ("setting", "valid", "case"),
    [
        pytest.param(True, False, "", id="VCOL-18-6 a second round needs more than half again"),
        pytest.param(False, True, "not_asked", id="VCOL-18-6 unless the county does not ask"),
    ],
)
def test_turnout_in_the_second_round(setting, valid, case):
    votes = people("A 200, B 100")
    outcome = count(
        committee(
            votes, collected=500, registered=1000, seats=1, round="second", seated=sits("X, Y, Z"),
            settings=Settings(turnout_in_round_2=setting),
        )
    )  # fmt: skip

    assert outcome.valid is valid
    assert ("VCOL-18-6", valid, case) in said(outcome)


def test_the_setting_on_turnout_does_not_touch_the_first_round():
    case = committee(
        people("A 400"), collected=500, registered=1000, seats=1, settings=Settings(turnout_in_round_2=False)
    )

    assert not count(case).valid


def test_ver_11_seats_filled_below_count_before_the_chair_may_stay_empty():
    votes = (*people("A 100, B 90", "chair"), *people("C 300, D 290, E 50"))
    case = committee(
        votes,
        collected=600,
        seats_by_post={"chair": 1, "member": 2},
        round="second",
        seated=sits("V", "vice_chair"),
    )
    outcome = count(case)

    assert outcome.vacant == (Vacancy("chair", 1, may_stay=True),)
    assert ("VER-11", True, "lead") in said(outcome)


def test_vcol_18_10_no_votes_are_never_a_third_of_nothing():
    case = committee(
        people("A 0, B 0"), collected=0, registered=9, seats=1, round="second", seated=sits("X, Y, Z"),
        settings=Settings(turnout_in_round_2=False),
    )  # fmt: skip

    assert count(case).vacant == (Vacancy("member", 1, may_stay=True),)


@pytest.mark.parametrize(
    ("votes", "won", "again"),
    [
        pytest.param("B 3, C 2", "B", [], id="the most votes win, be they few"),
        pytest.param("B 300, C 300", "", [("member", 1, "tie", "B C")], id="tied again"),
        pytest.param("B 0, C 0", "", [("member", 1, "tie", "B C")], id="tied at nothing"),
        pytest.param(
            "B 0", "", [("member", 1, "second_round", "B")], id="alone and without a vote is not elected"
        ),
        pytest.param("B 1", "B", [], id="alone with a vote, after the other withdrew"),
    ],
)
def test_ver_07_the_vote_among_the_tied(votes, won, again):
    outcome = count(committee(people(votes), collected=700, seats=1, round="tie", seated=sits("A, W:f")))

    assert (elected(outcome), reruns(outcome)) == (won, again)
    assert "VCOL-18-5" not in rules(outcome)


def test_an_invalid_second_round_is_held_again_with_the_same_people():
    case = committee(
        people("C 9, D 8"), collected=20, registered=100, seats=1, round="second", seated=sits("X")
    )

    assert reruns(count(case)) == [("member", 1, "whole", "C D")]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        pytest.param(Settings(), "C D E", id="everybody tied for the last place stands"),
        pytest.param(Settings(slate_ties="none"), "C", id="or nobody of them"),
        pytest.param(Settings(slate_extra=2), "C D E", id="two more than seats"),
    ],
)
def test_vcol_18_9_who_stands_again_is_a_setting(settings, names):
    votes = people("A 400, C 300, D 200, E 200, F 100")
    case = committee(votes, collected=700, seats=2, settings=settings)

    assert reruns(count(case)) == [("member", 1, "second_round", names)]


def test_vcol_18_9_with_nobody_left_candidates_have_to_be_nominated():
    outcome = count(committee(people("A 400"), collected=700, seats=2))

    assert reruns(outcome) == [("member", 1, "second_round", "")]
    assert ("VCOL-18-9", False, "_none") in said(outcome)


def test_pty_15_a_branch_votes_again_with_a_fifth_more_candidates_than_seats():
    votes = people("A 10, B 9, C 8, D 7, E 6, F 5, G 4, H 3")
    outcome = count(branch(votes, present=40, seats=6))

    assert reruns(outcome) == [("member", 6, "again", "A B C D E F G H")]
    assert ("PTY-15", False, "_none") in said(count(branch(people("A 30"), present=40, seats=2)))


def test_ver_09_a_branch_knows_no_womans_seat_and_no_kin():
    votes = people("A 33, B 30, C 25, W:f 22")
    outcome = count(branch(votes, present=40, seats=3, kin=(("A", "B"),)))

    assert elected(outcome) == "A B C"
    assert outcome.stops == ()


# People


def test_namesakes_are_told_apart_by_their_ids():
    votes = (
        Voted("张伟", "m", "member", 400, "k1"),
        Voted("张伟", "m", "member", 350, "k2"),
        Voted("王芳", "f", "member", 340, "k3"),
    )
    outcome = count(committee(votes, collected=600, seats=2, kin=(("k1", "k3"),)))
    answer = outcome.as_json()

    assert [each.get("id") for each in answer["elected"]] == ["k1", "k3"]
    assert [each["id"] for each in answer["held"]] == ["k2"]
    assert answer["stops"] == [{"rule": "VCOL-8-3", "names": ["张伟", "王芳"], "ids": ["k1", "k3"]}]


def test_a_pair_of_kin_named_twice_is_one_stop():
    case = committee(
        people("A 300, B 290, C 1"), collected=400, seats=2, kin=(("A", "B"), ("B", "A"), ("A", "C"))
    )

    assert len(count(case).stops) == 1


@pytest.mark.parametrize(
    ("seats", "fits", "odd"), [(2, False, False), (3, True, True), (4, True, False), (8, False, False)]
)
def test_vcol_8_1_and_sx_02_size_is_a_finding_and_stops_nothing(seats, fits, odd):
    outcome = count(committee(people("A 9"), collected=9, seats=seats))

    assert {("VCOL-8-1", fits, ""), ("SX-02", odd, "")} <= said(outcome)
    assert outcome.stops == ()
