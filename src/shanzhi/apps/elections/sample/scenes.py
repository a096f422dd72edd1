"""The scenes of the sample county: each leads one village to the place on the road that `stand` names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from shanzhi.apps.elections.sample import votes
from shanzhi.apps.elections.sample.votes import Standing
from shanzhi.apps.elections.sample.walk import CLEAR, Walk

Shares = dict[str, tuple[int, bool]]
TURNOUT, POOR_TURNOUT, AGAIN_TURNOUT = 782, 437, 641  # per mille of the roll
MISSING = "本人户口在本村，在外务工，春节回村，要求登记参加选举。"
GONE = "此人户口已经迁出，不应当列入本村选民名单。"


def planned(walk: Walk) -> None:
    walk.plan()


def roll(walk: Walk) -> None:
    walk.plan()
    walk.make_roll()


def posted(walk: Walk) -> None:
    roll(walk)
    walk.post_roll()


def objection_due(walk: Walk) -> None:
    """One objection upheld, and the roll corrected; another was filed two days ago and is due tomorrow."""
    posted(walk)
    filed = walk.today - timedelta(days=2)
    first = walk.object(walk.missing(), "missing", MISSING, filed - timedelta(days=1))
    walk.uphold(first, "经核对户口簿，本人书面表示参加选举，予以补登。")
    walk.object(walk.listed(), "wrong", GONE, filed)


def objection_late(walk: Walk) -> None:
    """An objection that had to be decided two days ago."""
    posted(walk)
    walk.object(walk.missing(), "missing", MISSING, walk.today - timedelta(days=5))


def candidates(walk: Walk) -> None:
    """The review is under way: some stand, one is barred, of one a fact is not known, one waits for its review."""
    posted(walk)
    walk.close_objections()
    nominees = walk.nominate(votes.PLAIN)
    for nominee in nominees[:-3]:
        walk.check(nominee)
        walk.accept(nominee)
    barred, unknown, _waiting = nominees[-3:]
    walk.check(barred, {**CLEAR, "convicted": True})
    walk.refuse(barred, "法院回复：曾受刑事处罚。")
    walk.check(unknown, {**CLEAR, "clan_or_gang": None})


def candidates_ready(walk: Walk, slate: Sequence[Standing] = votes.PLAIN, *, kin: bool = False) -> Shares:
    """All who were nominated stand, and the list can be posted. Answers the share each will have."""
    seats = votes.THREE if slate is votes.SMALL else votes.FIVE
    walk.plan(seats)
    walk.make_roll()
    walk.post_roll()
    walk.close_objections()
    nominees = walk.nominate(slate, kin=kin)
    for nominee in nominees:
        walk.check(nominee)
        walk.accept(nominee)
    return {nominee.key: (each.share, each.exact) for nominee, each in zip(nominees, slate, strict=True)}


def voting(walk: Walk, slate: Sequence[Standing] = votes.PLAIN, *, kin: bool = False) -> Shares:
    shares = candidates_ready(walk, slate, kin=kin)
    walk.post_list()
    return shares


def voting_with_proxies(walk: Walk) -> None:
    voting(walk)
    walk.proxies()


def half(walk: Walk) -> None:
    """The account agrees; the last count sheet has been typed by one teller, the others by both."""
    shares = voting(walk)
    walk.open_count()
    counted = walk.papers(shares, TURNOUT)
    walk.type_account(counted)
    last = len(counted.sheets)
    for batch in range(1, last):
        walk.type_sheet(counted, batch)
    walk.type_sheet(counted, last, entries=1)


def differs(walk: Walk) -> None:
    """Two tellers read one number differently."""
    shares = voting(walk)
    walk.open_count()
    counted = walk.papers(shares, TURNOUT)
    walk.type_account(counted)
    for batch in range(1, len(counted.sheets) + 1):
        walk.type_sheet(counted, batch, slip=batch == 1)


def counted(
    walk: Walk, slate: Sequence[Standing] = votes.PLAIN, *, kin: bool = False, turnout: int = TURNOUT
) -> None:
    shares = voting(walk, slate, kin=kin)
    walk.open_count()
    walk.count(shares, turnout)


def kin(walk: Walk) -> None:
    counted(walk, votes.KIN, kin=True)


def announced(walk: Walk, slate: Sequence[Standing] = votes.PLAIN, turnout: int = TURNOUT) -> None:
    counted(walk, slate, turnout=turnout)
    walk.announce()


def small(walk: Walk) -> None:
    announced(walk, votes.SMALL)


def woman(walk: Walk) -> None:
    announced(walk, votes.WOMAN)


def woman_kept(walk: Walk) -> None:
    announced(walk, votes.WOMAN_KEPT)


def second(walk: Walk) -> None:
    """One seat short: a second round is due, and nobody has set its day."""
    announced(walk, votes.SHORT)


def second_voting(walk: Walk) -> None:
    announced(walk, votes.SHORT)
    again = walk.rerun("second", walk.today + timedelta(days=1))
    again.post_list(before=2)


def second_done(walk: Walk) -> None:
    _second_round(walk, votes.DECIDED)


def vacant(walk: Walk) -> None:
    _second_round(walk, votes.UNDECIDED)


def _second_round(walk: Walk, shares: tuple[int, int]) -> None:
    announced(walk, votes.SHORT)
    again = walk.rerun("second", walk.day + timedelta(days=7))
    again.post_list(before=3)
    again.open_count()
    again.count(
        {each.key: (share, False) for each, share in zip(again.ranked(), shares, strict=True)}, AGAIN_TURNOUT
    )
    again.announce()


def tie(walk: Walk) -> None:
    """Two have the same number of votes for the last seat: they are voted on again, nobody has set the day."""
    announced(walk, votes.TIED)


def tie_voting(walk: Walk) -> None:
    announced(walk, votes.TIED)
    again = walk.rerun("tie", walk.today + timedelta(days=2))
    again.post_list(before=3)


def invalid(walk: Walk) -> None:
    announced(walk, turnout=POOR_TURNOUT)


# Scene -> what is done, and how many days from today the election day lies.
SCENES: Mapping[str, tuple[Callable[[Walk], object], int]] = {
    "planned": (planned, 27),
    "late_roll": (planned, 18),
    "roll": (roll, 24),
    "roll_unknown": (roll, 23),
    "posted": (posted, 20),
    "objection_due": (objection_due, 18),
    "objection_late": (objection_late, 15),
    "candidates": (candidates, 10),
    "candidates_ready": (candidates_ready, 9),
    "voting_soon": (voting_with_proxies, 3),
    "voting_today": (voting_with_proxies, 0),
    "half": (half, 0),
    "differs": (differs, -1),
    "counted": (counted, 0),
    "kin": (kin, -1),
    "announced": (announced, -9),
    "small": (small, -11),
    "woman": (woman, -8),
    "woman_kept": (woman_kept, -5),
    "second": (second, -6),
    "second_late": (second, -13),
    "second_voting": (second_voting, -4),
    "second_done": (second_done, -16),
    "vacant": (vacant, -17),
    "tie": (tie, -4),
    "tie_voting": (tie_voting, -3),
    "invalid": (invalid, -7),
}
