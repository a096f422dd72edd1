"""Who is elected: the count of a villagers' committee or a Party branch, exact and explained.

Only integers are compared (NUM-04): "more than half" is `2 * votes > whole`, "a third or more" is `3 * votes >= whole`.
Nothing is decided by the order of the input, and no tie is broken silently. Posts are filled from the highest down;
only then is it settled what has to be voted on again, so that nobody who is seated stands again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from shanzhi.core.law import register, seats
from shanzhi.core.law.ballot_case import Case, Refused, Settings, Voted
from shanzhi.core.law.numbers import LARGEST_COMMITTEE, SMALLEST_COMMITTEE
from shanzhi.core.law.outcome import Note, Outcome, Rerun, Stop, Vacancy, names
from shanzhi.core.law.seats import Chosen, Tie

__all__ = ["Case", "Outcome", "Refused", "Rerun", "Settings", "Stop", "Vacancy", "Voted", "count"]


def count(case: Case) -> Outcome:
    """Count one case: VCOL-18 and the guide for a committee, PTY-08 to PTY-15 for a branch."""
    tally = _Branch(case) if case.body == "branch" else _Committee(case)
    if tally.is_valid():
        for post in tally.posts:
            tally.fill(post)
        for post in tally.posts:
            tally.vote_again(post)
        tally.look_at_the_whole()
    else:
        tally.hold_again()
    return tally.outcome()


class _Tally(ABC):
    """One count under way. What the two bodies decide differently stands in the two classes below."""

    tie_rule, many_rule = "VER-07", "VER-07"

    def __init__(self, case: Case) -> None:
        self.case, self.round, self.day, self.posts = case, case.round, case.election_day, case.posts
        self.elected: list[Voted] = []
        self.chosen: dict[str, Chosen] = {}
        self.people: dict[str, list[Voted]] = {}
        self.rerun: list[Rerun] = []
        self.vacant: list[Vacancy] = []
        self.stops: list[Stop] = []
        self.notes: list[Note] = []

    def find(
        self, rule: str, holds: bool | None, *, case: str = "", stops: bool = False, **facts: Any
    ) -> bool:
        """Note what a rule says of the facts; answers whether it holds."""
        self.notes.append((rule, holds, case, stops, facts))
        return bool(holds)

    # What a body answers for itself.

    @abstractmethod
    def is_valid(self) -> bool:
        """Whether the election counts at all."""

    @abstractmethod
    def bar(self, each: Voted) -> bool:
        """Whether someone has the votes that a seat needs in this round."""

    @abstractmethod
    def find_contest(self, post: str, candidates: int, open_seats: int) -> None:
        """Whether more people stand than there are seats."""

    @abstractmethod
    def find_bar(self, post: str, able: list[Voted], short: list[Voted]) -> None:
        """Who reached the bar and is elected, and who did not reach it."""

    def choose(self, _post: str, able: list[Voted], open_seats: int) -> Chosen:
        """Who of the able takes the seats."""
        return seats.by_votes(able, open_seats)

    @abstractmethod
    def short_of(self, post: str, missing: int, left: list[Voted]) -> None:
        """What becomes of seats that nobody took."""

    @abstractmethod
    def look_at_the_whole(self) -> None:
        """What the law asks of the body as a whole."""

    # One post: who is seated.

    def fill(self, post: str) -> None:
        """Fill the seats of one post from those who are not elected to a higher one."""
        people, open_seats = self._standing(post), self.case.seats[post]
        self.people[post] = people
        self.find_contest(post, len(people), open_seats)
        able, short = self._sorted_out(people, open_seats)
        chosen = self.choose(post, self._without_waiting(post, able), open_seats)
        self.chosen[post] = chosen
        self.elected += chosen.sure
        self.find_bar(post, chosen.sure, short)
        self._find_passed_over(post, able, open_seats)
        for tie in chosen.ties:
            self.find(self.tie_rule, None, case="tie", names=names(tie.people), seats=tie.seats, post=post,
                      votes=tie.people[0].votes)  # fmt: skip

    def _find_passed_over(self, post: str, able: list[Voted], open_seats: int) -> None:
        chosen = self.chosen[post]
        if len(able) <= open_seats:
            return
        stay = {each.who for tie in chosen.ties for each in tie.people}
        stay |= {
            each.who
            for part in (chosen.sure, chosen.held, *(stop.people for stop in self.stops))
            for each in part
        }
        if passed := [each for each in able if each.who not in stay]:
            rule, case = (self.tie_rule, "tie_lost") if self.round == "tie" else (self.many_rule, "highest")
            self.find(rule, True, case=case, post=post, qualified=len(able), seats=open_seats,
                      names=names(passed))  # fmt: skip

    def _standing(self, post: str) -> list[Voted]:
        """Those who stand for a post and are not elected to a higher one, ranked; everything below keeps the order."""
        people = seats.ranked([each for each in self.case.votes if each.post == post])
        if self.elected:
            taken = {each.who for each in self.elected}
            gone = [each for each in people if each.who in taken]
            if gone:
                people = [each for each in people if each.who not in taken]
                self.find("VER-12", True, case="higher", names=names(gone), post=post)
        if self.case.settings.add_down:
            people = seats.ranked([self._added_down(each) for each in people])
        return people

    def _added_down(self, each: Voted) -> Voted:
        higher = self.posts[: self.posts.index(each.post)]
        more = sum(other.votes for other in self.case.votes if other.post in higher and other.who == each.who)
        if not more:
            return each
        self.find("VER-12", True, name=each.name, post=each.post, added=more, votes=each.votes + more)
        return Voted(each.name, each.sex, each.post, each.votes + more, each.id)

    def _sorted_out(self, people: list[Voted], open_seats: int) -> tuple[list[Voted], list[Voted]]:
        """Those who reach the bar, and the rest. Among the tied the most votes win, be they few; none is never enough."""
        if self.round == "tie":
            return (people, []) if len(people) > open_seats else ([each for each in people if each.votes], [])
        able: list[Voted] = []
        short: list[Voted] = []
        for each in people:
            (able if self.bar(each) else short).append(each)
        return able, short

    def _without_waiting(self, post: str, able: list[Voted]) -> list[Voted]:
        """Without those who are tied for a higher post: what they take here depends on that vote, so a person decides."""
        tied = {each.who for chosen in self.chosen.values() for tie in chosen.ties for each in tie.people}
        waiting = [each for each in able if each.who in tied] if tied else []
        if not waiting:
            return able
        self.find("VER-07", None, case="waits", stops=True, names=names(waiting), post=post)
        self.stops.append(Stop("VER-07", tuple(waiting)))
        return [each for each in able if each.who not in tied]

    # One post: what is voted on again.

    def vote_again(self, post: str) -> None:
        """Open the votes among the tied and for seats that nobody took."""
        chosen = self.chosen[post]
        self.rerun += [Rerun(post, tie.seats, "tie", tie.people, tie.women_only) for tie in chosen.ties]
        missing = self.case.seats[post] - chosen.seats
        if not missing:
            return
        out = {each.who for each in self.elected} | {each.who for tie in chosen.ties for each in tie.people}
        left = [each for each in self.people[post] if each.who not in out]
        if self.round == "tie" and len(left) > missing:
            again = Tie(tuple(left), missing)
            self.rerun.append(Rerun(post, missing, "tie", again.people))
            self.find(self.tie_rule, None, case="tie", names=names(left), seats=missing, post=post, votes=0)
        else:
            self.short_of(post, missing, left)

    def slate(self, people: list[Voted], places: int) -> tuple[Voted, ...]:
        """The ranked people who stand again, with or without those tied for the last place (VCOL-18-9)."""
        if len(people) <= places:
            return tuple(people)
        last = people[places - 1].votes
        if people[places].votes < last:
            return tuple(people[:places])
        all_of_them = self.case.settings.slate_ties == "all"
        return tuple(each for each in people if each.votes > last or (all_of_them and each.votes == last))

    # The end.

    def hold_again(self) -> None:
        """An invalid election elects nobody and is held again as a whole."""
        for post in self.posts:
            candidates = tuple(seats.ranked(each for each in self.case.votes if each.post == post))
            self.rerun.append(Rerun(post, self.case.seats[post], "whole", candidates))

    def outcome(self) -> Outcome:
        """The answer: posts from the highest down, most votes first."""
        held = [each for chosen in self.chosen.values() for each in chosen.held]
        elected = [each for chosen in self.chosen.values() for each in chosen.sure]
        return Outcome(
            day=self.day, valid=bool(self.chosen), elected=tuple(elected), rerun=tuple(self.rerun), vacant=tuple(self.vacant),
            held=tuple(held), stops=tuple(self.stops), notes=tuple(self.notes),
        )  # fmt: skip


class _Committee(_Tally):
    """The villagers' committee: VCOL-18 with the ministry's guide."""

    def is_valid(self) -> bool:
        case = self.case
        if self.round == "first" or case.settings.turnout_in_round_2:
            enough, which = 2 * case.collected > case.registered, ""
        else:
            enough, which = True, "not_asked"
        turnout = self.find(
            "VCOL-18-6", enough, case=which, registered=case.registered, collected=case.collected
        )
        sound = case.collected <= case.issued
        return self.find("VER-06", sound, issued=case.issued, collected=case.collected) and turnout

    def bar(self, each: Voted) -> bool:
        if self.round == "first":
            return 2 * each.votes > self.case.collected
        return 3 * each.votes >= self.case.collected and each.votes > 0

    def find_contest(self, post: str, candidates: int, open_seats: int) -> None:
        if self.round != "tie":
            self.find(
                "VCOL-18-5", candidates > open_seats, post=post, candidates=candidates, seats=open_seats
            )

    def find_bar(self, post: str, able: list[Voted], short: list[Voted]) -> None:
        rule = {"first": "VCOL-18-7", "second": "VCOL-18-10", "tie": "VER-07"}[self.round]
        case = "tie_won" if self.round == "tie" else ""
        collected = self.case.collected
        for each in able:
            self.find(rule, True, case=case, name=each.name, post=post, votes=each.votes, collected=collected)
        if short:
            self.find(rule, False, case="short", names=names(short), post=post, collected=collected)

    # The woman's seat (VER-09).

    def choose(self, post: str, able: list[Voted], open_seats: int) -> Chosen:
        if not self._needs_woman(post):
            return seats.by_votes(able, open_seats)
        chosen = seats.with_woman(able, open_seats)
        if chosen.first:
            self.find("VER-09", True, case="seated_first", name=chosen.first.name, votes=chosen.first.votes)
        if chosen.kept:
            self.find("VER-09", False, case="kept", post=post)
        for each in chosen.held:
            self.find("VER-09", True, case="held", name=each.name, votes=each.votes)
        return chosen

    def _needs_woman(self, post: str) -> bool:
        """Whether a woman has a claim to a member's seat: no woman sits yet, and one stood for it.

        Where no woman stood, the seats go to those elected and VCOL-8-2 says what is missing, unless the county
        chose "keep": then a seat is kept all the same.
        """
        wish = self.case.settings.woman
        if (
            post != "member"
            or wish == "off"
            or any(each.sex == "f" for each in (*self.case.seated, *self.elected))
        ):
            return False
        women = [each for each in self.people[post] if each.sex == "f"]
        if self.round == "tie":
            return any(each.votes for each in women)
        if not women and wish != "keep":
            self.find("VER-09", None, case="none_stood", post=post)
        return bool(women) or wish == "keep"

    # Shortage.

    def short_of(self, post: str, missing: int, left: list[Voted]) -> None:
        if self.round == "second":
            self._still_short(post, missing, left)
        else:
            self._second_round(post, missing, left, kept=self.chosen[post].kept)

    def _still_short(self, post: str, missing: int, left: list[Voted]) -> None:
        """After a second round seats may stay empty with three or more seated (VER-11), but never the woman's."""
        kept, seated = self.chosen[post].kept, len(self.case.seated) + len(self.elected)
        others = missing - kept
        enough = seated >= SMALLEST_COMMITTEE.on(self.day)
        if kept:
            self.vacant.append(Vacancy(post, 1, may_stay=False))
            self.find("VER-11", False, case="kept", post=post, seats=1, seated=seated)
        if others:
            self.vacant.append(Vacancy(post, others, may_stay=enough))
            case = "lead" if enough and post == "chair" else ""
            self.find("VER-11", enough, case=case, post=post, seats=others, seated=seated)
        again = kept + (0 if enough else others)
        if again:
            self._second_round(post, again, left, kept=kept)

    def _second_round(self, post: str, missing: int, left: list[Voted], *, kept: bool) -> None:
        """A seat kept for a woman is voted on by itself; who stands for it does not stand for the others too."""
        self.find("VCOL-18-8", False, post=post, seats=missing)
        if kept:
            women = self._stand_again(post, 1, [each for each in left if each.sex == "f"], women_only=True)
            standing = {each.who for each in women}
            left = [each for each in left if each.who not in standing]
        if missing - kept:
            self._stand_again(post, missing - kept, left, women_only=False)

    def _stand_again(
        self, post: str, missing: int, left: list[Voted], *, women_only: bool
    ) -> tuple[Voted, ...]:
        slate = self.slate(left, missing + self.case.settings.slate_extra)
        self.rerun.append(Rerun(post, missing, "second_round", slate, women_only))
        case = ("women" if women_only else "") + ("" if slate else "_none")
        self.find("VCOL-18-9", len(slate) > missing, case=case, seats=missing, names=names(slate), post=post)
        return slate

    # The committee as a whole.

    def look_at_the_whole(self) -> None:
        """Size, odd number, women, near kin: over everyone seated."""
        size = sum(self.case.seats.values()) + len(self.case.seated)
        fits = SMALLEST_COMMITTEE.on(self.day) <= size <= LARGEST_COMMITTEE.on(self.day)
        self.find("VCOL-8-1", fits, size=size)
        self.find("SX-02", size % 2 == 1, size=size)
        everyone = (*self.case.seated, *self.elected)
        women = sum(each.sex == "f" for each in everyone)
        self.find("VCOL-8-2", True if women else (None if self.rerun else False), women=women)
        if self.case.kin and register.rule("VCOL-8-3").text_on(self.day) is not None:
            self._look_at_kin(everyone)

    def _look_at_kin(self, everyone: Iterable[Voted]) -> None:
        by_who = {each.who: each for each in everyone}
        pairs = {tuple(sorted(pair)) for pair in self.case.kin if by_who.keys() >= set(pair)}
        for pair in sorted(pairs):
            people = tuple(by_who[who] for who in pair)
            self.stops.append(Stop("VCOL-8-3", people))
            self.find("VCOL-8-3", False, stops=True, names=names(people))


class _Branch(_Tally):
    """The Party branch: the votes are measured by the members present (PTY-12)."""

    tie_rule, many_rule = "PTY-14", "PTY-13"

    def is_valid(self) -> bool:
        case = self.case
        enough = 5 * case.present >= 4 * case.registered
        quorum = self.find("PTY-08", enough, due=case.registered, present=case.present)
        sound = case.collected <= case.present
        ballots = self.find("PTY-10", sound, present=case.present, collected=case.collected)
        if sound and case.collected > case.issued:  # some handbooks ask for this one
            self.find("PTY-10", None, case="issued", issued=case.issued, collected=case.collected)
        return quorum and ballots

    def bar(self, each: Voted) -> bool:
        return 2 * each.votes > self.case.present

    def find_contest(self, post: str, candidates: int, open_seats: int) -> None:
        if self.round != "tie":
            least = open_seats + -(-open_seats // 5)
            enough = candidates >= least
            self.find("PTY-07", enough, post=post, candidates=candidates, seats=open_seats, least=least)

    def find_bar(self, post: str, able: list[Voted], short: list[Voted]) -> None:
        rule, case = ("PTY-14", "tie_won") if self.round == "tie" else ("PTY-12", "")
        present = self.case.present
        for each in able:
            self.find(rule, True, case=case, name=each.name, post=post, votes=each.votes, present=present)
        if short:
            self.find(rule, False, case="short", names=names(short), post=post, present=present)

    def short_of(self, post: str, missing: int, left: list[Voted]) -> None:
        """The rest is voted on again, with a fifth more candidates than seats (PTY-15, PTY-07)."""
        slate = self.slate(left, missing + -(-missing // 5))
        self.rerun.append(Rerun(post, missing, "again", slate))
        self.find(
            "PTY-15", False, case="" if slate else "_none", post=post, seats=missing, names=names(slate)
        )

    def look_at_the_whole(self) -> None:
        """Nothing: size, women and kin of a branch committee are not decided by a count."""
