"""Who is elected: the count of a villagers' committee or a Party branch, exact and explained.

Only integers are compared (NUM-04): "more than half" is `2 * votes > whole`, "a third or more" is `3 * votes >= whole`.
Nothing is decided by the order of the input, and no tie is broken silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from shanzhi.core.law import register
from shanzhi.core.law.ballot_case import Case, Refused, Settings, Voted
from shanzhi.core.law.findings import Finding, find

__all__ = ["Case", "Outcome", "Refused", "Rerun", "Settings", "Stop", "Vacancy", "Voted", "count"]

SMALLEST_COMMITTEE, LARGEST_COMMITTEE = 3, 7  # VCOL-8-1


@dataclass(frozen=True, slots=True)
class Rerun:
    """Something that has to be voted on again."""

    post: str
    seats: int
    kind: str  # second_round, tie, whole, again
    candidates: tuple[Voted, ...]
    women_only: bool = False


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Seats that stay empty after a second round."""

    post: str
    seats: int
    may_stay: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that forbids the announcement until a person decides."""

    rule: str
    people: tuple[Voted, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a case. `held` are those who were held back by the woman's seat."""

    valid: bool
    elected: tuple[Voted, ...]
    rerun: tuple[Rerun, ...]
    vacant: tuple[Vacancy, ...]
    held: tuple[Voted, ...]
    stops: tuple[Stop, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer as the contract prints it."""
        return {
            "valid": self.valid,
            "elected": [_shown(each, votes=True) for each in self.elected],
            "rerun": [_rerun_shown(each) for each in self.rerun],
            "vacant": [{"post": v.post, "seats": v.seats, "may_stay": v.may_stay} for v in self.vacant],
            "held": [_shown(each, votes=True) for each in self.held],
            "stops": [
                {"rule": stop.rule, "names": [each.name for each in stop.people]} for stop in self.stops
            ],
            "findings": [finding.as_json() for finding in self.findings],
        }


def count(case: Case) -> Outcome:
    """Count one case: VCOL-18 and the guide for a committee, PTY-08 to PTY-15 for a branch."""
    tally = _Tally(case)
    if tally.is_valid():
        for post in case.posts:
            tally.fill(post)
        tally.look_at_the_whole()
    else:
        tally.hold_again()
    return tally.outcome()


@dataclass(slots=True)
class _Chosen:
    """Who of the qualified takes the seats, and who ties for the last ones."""

    sure: list[Voted]
    tied: list[Voted] = field(default_factory=list)
    tied_seats: int = 0


def _choose(people: Iterable[Voted], seats: int) -> _Chosen:
    ranked = sorted(people, key=lambda each: (-each.votes, each.who))
    if len(ranked) <= seats:
        return _Chosen(ranked)
    if seats == 0:
        return _Chosen([])
    last = ranked[seats - 1].votes
    if ranked[seats].votes < last:
        return _Chosen(ranked[:seats])
    sure = [each for each in ranked if each.votes > last]
    return _Chosen(sure, [each for each in ranked if each.votes == last], seats - len(sure))


class _Tally:
    """One count under way: the posts are filled from the highest down."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.is_branch = case.body == "branch"
        self.whole = case.present if self.is_branch else case.collected
        self.elected: list[Voted] = []
        self.rerun: list[Rerun] = []
        self.vacant: list[Vacancy] = []
        self.held: list[Voted] = []
        self.stops: list[Stop] = []
        self.findings: list[Finding] = []
        self.short = 0

    def find(
        self, rule: str, holds: bool | None, *, case: str = "", stops: bool = False, **facts: Any
    ) -> bool:
        """Note a finding; answers whether it holds."""
        self.findings.append(find(rule, holds, on=self.case.election_day, case=case, stops=stops, **facts))
        return bool(holds)

    # Is the election valid at all?

    def is_valid(self) -> bool:
        return self._branch_is_valid() if self.is_branch else self._committee_is_valid()

    def _committee_is_valid(self) -> bool:
        case = self.case
        turnout = True
        if case.round == "first" or case.settings.turnout_in_round_2:
            enough = 2 * case.collected > case.registered
            turnout = self.find("VCOL-18-6", enough, registered=case.registered, collected=case.collected)
        ballots = self.find(
            "VER-06", case.collected <= case.issued, issued=case.issued, collected=case.collected
        )
        return turnout and ballots

    def _branch_is_valid(self) -> bool:
        case = self.case
        quorum = self.find(
            "PTY-08", 5 * case.present >= 4 * case.registered, due=case.registered, present=case.present
        )
        ballots = self.find(
            "PTY-10", case.collected <= case.present, present=case.present, collected=case.collected
        )
        return quorum and ballots

    def hold_again(self) -> None:
        """An invalid election elects nobody and is held again as a whole."""
        for post in self.case.posts:
            candidates = tuple(_ranked(each for each in self.case.votes if each.post == post))
            self.rerun.append(Rerun(post, self.case.seats[post], "whole", candidates))

    # One post

    def fill(self, post: str) -> None:
        """Fill the seats of one post from those who are not elected to a higher one."""
        people, seats = self._standing(post), self.case.seats[post]
        self._find_contest(post, people, seats)
        qualified = [each for each in people if self._qualifies(each)]
        chosen, kept = self._with_woman(post, qualified, seats)
        self._seat(post, chosen.sure, people)
        if chosen.tied:
            self._vote_again_among(post, chosen)
        missing = seats - len(chosen.sure) - chosen.tied_seats
        if missing:
            self._short_of(post, missing, kept=kept, people=people)

    def _standing(self, post: str) -> list[Voted]:
        taken = {each.who for each in self.elected}
        people = [each for each in self.case.votes if each.post == post and each.who not in taken]
        return [self._added_down(each) for each in people] if self.case.settings.add_down else people

    def _added_down(self, each: Voted) -> Voted:
        higher = self.case.posts[: self.case.posts.index(each.post)]
        more = sum(other.votes for other in self.case.votes if other.who == each.who and other.post in higher)
        if not more:
            return each
        self.find("VER-12", True, name=each.name, post=each.post, added=more, votes=each.votes + more)
        return Voted(each.name, each.sex, each.post, each.votes + more, each.id)

    def _qualifies(self, each: Voted) -> bool:
        if self.case.round == "first":
            return 2 * each.votes > self.whole
        if self.case.round == "second":
            return 3 * each.votes >= self.whole and each.votes > 0
        return each.votes > 0

    def _find_contest(self, post: str, people: list[Voted], seats: int) -> None:
        if self.is_branch:
            least = seats + -(-seats // 5)
            self.find(
                "PTY-07", len(people) >= least, post=post, candidates=len(people), seats=seats, least=least
            )
        elif self.case.round != "tie":
            self.find("VCOL-18-5", len(people) > seats, post=post, candidates=len(people), seats=seats)

    # The woman's seat (VER-09)

    def _needs_woman(self, post: str) -> bool:
        """Whether a woman has a claim to a member's seat. Where no woman stood for one, no seat can be filled so;
        the finding on VCOL-8-2 says what is missing."""
        if (
            self.is_branch
            or post != "member"
            or self.case.settings.woman != "guide"
            or self.case.round == "tie"
        ):
            return False
        stood = any(each.sex == "f" and each.post == post for each in self.case.votes)
        return stood and all(each.sex != "f" for each in (*self.case.seated, *self.elected))

    def _with_woman(self, post: str, qualified: list[Voted], seats: int) -> tuple[_Chosen, bool]:
        """The choice with the woman's seat heeded, and whether a seat is kept for a woman."""
        plain = _choose(qualified, seats)
        if not self._needs_woman(post) or any(each.sex == "f" for each in plain.sure):
            return plain, False
        women = [each for each in qualified if each.sex == "f"]
        first = _choose(women, 1)
        if first.sure:
            rest = _choose((each for each in qualified if each.who != first.sure[0].who), seats - 1)
            chosen = _Chosen(_ranked([*first.sure, *rest.sure]), rest.tied, rest.tied_seats)
            self.find("VER-09", True, case="seated_first", name=first.sure[0].name, votes=first.sure[0].votes)
        elif first.tied:
            tied = {each.who for each in first.tied}
            rest = _choose((each for each in qualified if each.who not in tied), seats - 1)
            chosen = self._women_tied(first, rest)
        else:
            chosen = _choose(qualified, seats - 1)
            self.find("VER-09", False, case="kept", post=post)
        self._hold_back(plain, chosen)
        return chosen, not women

    def _women_tied(self, first: _Chosen, rest: _Chosen) -> _Chosen:
        """Two women share the first place among women: the kept seat is voted on between them."""
        if rest.tied:  # a second tie, for the other seats: both are voted on again, each for its own
            self.rerun.append(Rerun(rest.tied[0].post, rest.tied_seats, "tie", tuple(rest.tied)))
            self._find_tie(rest)
            self.short -= rest.tied_seats
        return _Chosen(rest.sure, first.tied, 1)

    def _hold_back(self, plain: _Chosen, chosen: _Chosen) -> None:
        kept = {each.who for each in (*chosen.sure, *chosen.tied)}
        for each in plain.sure:
            if each.who not in kept:
                self.held.append(each)
                self.find("VER-09", True, case="held", name=each.name, votes=each.votes)

    # Seating, ties, shortage

    def _seat(self, post: str, people: list[Voted], standing: list[Voted]) -> None:
        self.elected.extend(people)
        for each in people:
            self._find_elected(each, seats=self.case.seats[post])
        above = [each for each in standing if self._qualifies(each)]
        if len(above) > self.case.seats[post]:
            rule = "PTY-13" if self.is_branch else "VER-07"
            self.find(rule, True, case="" if self.is_branch else "highest", post=post, qualified=len(above),
                      seats=self.case.seats[post])  # fmt: skip

    def _find_elected(self, each: Voted, *, seats: int) -> None:
        facts: dict[str, Any] = {"name": each.name, "post": each.post, "votes": each.votes}
        if self.is_branch and self.case.round == "first":
            self.find("PTY-12", True, present=self.case.present, **facts)
        elif self.case.round == "first":
            self.find("VCOL-18-7", True, collected=self.case.collected, **facts)
        elif self.case.round == "second":
            self.find("VCOL-18-10", True, collected=self.case.collected, **facts)
        else:
            self.find("PTY-14" if self.is_branch else "VER-07", True, case="tie_won", seats=seats, **facts)

    def _vote_again_among(self, post: str, chosen: _Chosen) -> None:
        women_only = self._needs_woman(post) and all(each.sex == "f" for each in chosen.tied)
        self.rerun.append(Rerun(post, chosen.tied_seats, "tie", tuple(chosen.tied), women_only))
        self._find_tie(chosen)

    def _find_tie(self, chosen: _Chosen) -> None:
        names = "、".join(each.name for each in chosen.tied)
        self.find("PTY-14" if self.is_branch else "VER-07", None, case="tie", names=names, seats=chosen.tied_seats,
                  post=chosen.tied[0].post, votes=chosen.tied[0].votes)  # fmt: skip

    def _short_of(self, post: str, missing: int, *, kept: bool, people: list[Voted]) -> None:
        missing += self.short
        self.short = 0
        if missing <= 0:
            return
        left = [
            each for each in people if each.who not in {e.who for e in (*self.elected, *self._tied(post))}
        ]
        if self.is_branch:
            self._branch_again(post, missing, left)
        elif self.case.round == "first":
            self._second_round(post, missing, kept=kept, left=left)
        else:
            self._still_short(post, missing, kept=kept, left=left)

    def _tied(self, post: str) -> list[Voted]:
        return [each for rerun in self.rerun if rerun.post == post for each in rerun.candidates]

    def _branch_again(self, post: str, missing: int, left: list[Voted]) -> None:
        slate = self._slate(left, missing + -(-missing // 5))
        self.rerun.append(Rerun(post, missing, "again", slate))
        self.find("PTY-15", False, post=post, seats=missing, names=_names(slate))

    def _second_round(self, post: str, missing: int, *, kept: bool, left: list[Voted]) -> None:
        women_only = kept and missing == 1
        standing = [each for each in left if each.sex == "f"] if women_only else left
        slate = self._slate(standing, missing + self.case.settings.slate_extra)
        self.rerun.append(Rerun(post, missing, "second_round", slate, women_only))
        self.find("VCOL-18-8", False, post=post, seats=missing)
        case = "women" if women_only else ""
        self.find("VCOL-18-9", len(slate) > missing, case=case, seats=missing, names=_names(slate), post=post)

    def _still_short(self, post: str, missing: int, *, kept: bool, left: list[Voted]) -> None:
        seated = len(self.case.seated) + len(self.elected)
        may_stay = seated >= SMALLEST_COMMITTEE and not kept
        self.vacant.append(Vacancy(post, missing, may_stay))
        self.find("VER-11", may_stay, case="kept" if kept else "", post=post, seats=missing, seated=seated)
        if not may_stay:
            self._second_round(post, missing, kept=kept, left=left)

    def _slate(self, people: list[Voted], places: int) -> tuple[Voted, ...]:
        ranked = _ranked(people)
        if len(ranked) <= places:
            return tuple(ranked)
        last = ranked[places - 1].votes
        if ranked[places].votes < last:
            return tuple(ranked[:places])
        keep: Callable[[Voted], bool] = (
            (lambda each: each.votes >= last)
            if self.case.settings.slate_ties == "all"
            else (lambda each: each.votes > last)
        )
        return tuple(each for each in ranked if keep(each))

    # The body as a whole

    def look_at_the_whole(self) -> None:
        """Size, odd number, women, near kin: over everyone seated."""
        if self.is_branch:
            return
        size = sum(self.case.seats.values()) + len(self.case.seated)
        self.find("VCOL-8-1", SMALLEST_COMMITTEE <= size <= LARGEST_COMMITTEE, size=size)
        self.find("SX-02", size % 2 == 1, size=size)
        everyone = (*self.case.seated, *self.elected)
        women = sum(each.sex == "f" for each in everyone)
        self.find("VCOL-8-2", True if women else (None if self.rerun else False), women=women)
        self._look_at_kin(everyone)

    def _look_at_kin(self, everyone: tuple[Voted, ...]) -> None:
        if register.rule("VCOL-8-3").text_on(self.case.election_day) is None:
            return
        by_who = {each.who: each for each in everyone}
        for one, other in self.case.kin:
            if one in by_who and other in by_who:
                pair = tuple(sorted((by_who[one], by_who[other]), key=lambda each: each.who))
                self.stops.append(Stop("VCOL-8-3", pair))
                self.find("VCOL-8-3", False, stops=True, names=_names(pair))

    def outcome(self) -> Outcome:
        order = {post: place for place, post in enumerate(self.case.posts)}
        elected = sorted(self.elected, key=lambda each: (order[each.post], -each.votes, each.who))
        return Outcome(
            valid=not any(each.kind == "whole" for each in self.rerun),
            elected=tuple(elected), rerun=tuple(self.rerun), vacant=tuple(self.vacant), held=tuple(self.held),
            stops=tuple(self.stops), findings=tuple(self.findings),
        )  # fmt: skip


def _ranked(people: Iterable[Voted]) -> list[Voted]:
    return sorted(people, key=lambda each: (-each.votes, each.who))


def _names(people: Iterable[Voted]) -> str:
    return "、".join(each.name for each in people)


def _shown(each: Voted, *, votes: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": each.name, "post": each.post}
    if votes:
        shown["votes"] = each.votes
    return shown | ({"id": each.id} if each.id else {})


def _rerun_shown(rerun: Rerun) -> dict[str, Any]:
    shown = {
        "post": rerun.post, "seats": rerun.seats, "kind": rerun.kind,
        "candidates": [each.name for each in rerun.candidates], "women_only": rerun.women_only,
    }  # fmt: skip
    ids = [each.id for each in rerun.candidates]
    return shown | ({"ids": ids} if any(ids) else {})
