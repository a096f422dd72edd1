"""How many votes are enough, against the comparisons of the count themselves."""

import pytest

from shanzhi.core.law import seats


@pytest.mark.parametrize("whole", [0, 1, 2, 3, 59, 60, 61, 191, 500, 501, 659, 660, 661])
@pytest.mark.parametrize(
    ("rule", "reaches"),
    [
        ("VCOL-18-7", lambda votes, whole: 2 * votes > whole),
        ("VCOL-18-10", lambda votes, whole: 3 * votes >= whole),
        ("PTY-12", lambda votes, whole: 2 * votes > whole),
    ],
)
def test_the_fewest_votes_that_reach_the_bar(rule, reaches, whole):
    assert seats.enough(rule, whole) == next(votes for votes in range(whole + 2) if reaches(votes, whole))


def test_a_rule_without_a_bar_has_no_number():
    assert seats.enough("VCOL-18-6", 600) is None
