"""Who of the qualified takes the seats of one post: by votes, with ties left open and the woman's seat heeded.

Nothing here is decided by the order of the input: people come ranked by votes, equal votes stay a tie, and names only
make the order of the answer the same every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shanzhi.core.law.ballot_case import Voted


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal votes across the last seats: to be voted on again among these people."""

    people: tuple[Voted, ...]
    seats: int
    women_only: bool = False


@dataclass(slots=True)
class Chosen:
    """The choice for one post.

    first: the woman who is seated before better placed men (VER-09). kept: one seat is kept for a woman.
    held: those whom the woman's seat holds back.
    """

    sure: list[Voted]
    ties: list[Tie] = field(default_factory=list)
    first: Voted | None = None
    kept: bool = False
    held: list[Voted] = field(default_factory=list)

    @property
    def seats(self) -> int:
        """Seats that are taken or tied for."""
        return len(self.sure) + sum(tie.seats for tie in self.ties)


def enough(rule: str, whole: int) -> int | None:
    """The fewest votes that reach the bar of a rule, of `whole` papers or members present.

    More than half (VCOL-18-7, PTY-12) or a third and more (VCOL-18-10); None for a rule that sets no such bar.
    """
    if rule in {"VCOL-18-7", "PTY-12"}:
        return whole // 2 + 1
    return -(-whole // 3) if rule == "VCOL-18-10" else None


def ranked(people: Iterable[Voted]) -> list[Voted]:
    """Most votes first; equal votes in the order of names."""
    return sorted(people, key=_place)


def _place(each: Voted) -> tuple[int, str]:
    return -each.votes, each.who


def by_votes(order: list[Voted], seats: int) -> Chosen:
    """The seats to the first of the ranked; equal votes across the last seat are a tie (VER-07, PTY-13, PTY-14)."""
    if len(order) <= seats:
        return Chosen(order)
    if seats == 0:
        return Chosen([])
    last = order[seats - 1].votes
    if order[seats].votes < last:
        return Chosen(order[:seats])
    sure = [each for each in order if each.votes > last]
    tied = tuple(each for each in order if each.votes == last)
    return Chosen(sure, [Tie(tied, seats - len(sure))])


def with_woman(able: list[Voted], seats: int) -> Chosen:
    """The same when no woman sits yet: the best woman above the bar comes first, or a seat is kept (VER-09)."""
    plain = by_votes(able, seats)
    if any(each.sex == "f" for each in plain.sure):
        return plain
    women = [each for each in able if each.sex == "f"]
    if not women:
        chosen = by_votes(able, seats - 1)
        chosen.kept = True
    elif len(women) == 1 or women[1].votes < women[0].votes:
        chosen = _first(women[0], able, seats)
    else:
        chosen = _women_tied(women, able, seats, plain)
    chosen.held = _held_back(plain, chosen)
    return chosen


def _first(woman: Voted, able: list[Voted], seats: int) -> Chosen:
    rest = by_votes([each for each in able if each.who != woman.who], seats - 1)
    return Chosen(ranked([woman, *rest.sure]), rest.ties, first=woman)


def _women_tied(women: list[Voted], able: list[Voted], seats: int, plain: Chosen) -> Chosen:
    """Women share the first place among women. Those above them take the other seats, and the women vote on again.

    Where fewer stand above them, the seats left are tied for among all who have as many votes, men too: that is the
    plain tie, and the woman's seat is heeded in the vote among the tied.
    """
    top = women[0].votes
    above = [each for each in able if each.votes > top]
    if len(above) < seats - 1:
        return plain
    rest = by_votes(above, seats - 1)
    share = Tie(tuple(each for each in women if each.votes == top), 1, women_only=True)
    return Chosen(rest.sure, [*rest.ties, share])


def _held_back(plain: Chosen, chosen: Chosen) -> list[Voted]:
    """Who would be seated, or voted on among the tied, were it not for the woman's seat."""
    stay = {each.who for each in chosen.sure} | {each.who for tie in chosen.ties for each in tie.people}
    would = [*plain.sure, *(each for tie in plain.ties for each in tie.people)]
    return [each for each in would if each.who not in stay]
