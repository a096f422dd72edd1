"""Candidates with what the rules find, post by post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.models import Candidate, Election, RollLine
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import candidates as law
from shanzhi.core.law.findings import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """A nominee with the findings on him."""

    candidate: Candidate
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> bool:
        return any(each.stops for each in self.findings)

    @property
    def not_clear(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.holds is not True)

    @property
    def broken(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.holds is False)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.holds is None)


@dataclass(frozen=True, slots=True)
class Post:
    """One post with its seats and nominees."""

    key: str
    name: str
    seats: int
    women_only: bool
    people: tuple[Checked, ...]

    @property
    def standing(self) -> int:
        return sum(each.candidate.status == Candidate.Status.STANDING for each in self.people)


def findings(candidate: Candidate, *, today: date) -> tuple[Finding, ...]:
    """What the statute says of one nominee now."""
    return people.candidate_findings(candidate, today=today)


def standing(election: Election, *, today: date) -> list[Checked]:
    """Those who stand, with the findings as they are now: what was found out or corrected since counts."""
    stands = election.candidates.filter(status=Candidate.Status.STANDING).select_related("person")
    return _checked(election, stands, today)


def _checked(election: Election, rows: Iterable[Candidate], today: date) -> list[Checked]:
    nominees = list(rows)
    on_roll = set(
        RollLine.objects.filter(
            roll__election=election.roll_holder, listed=True, struck_off=False,
            person_id__in=[each.person_id for each in nominees],
        ).values_list("person_id", flat=True)
    )  # fmt: skip
    for each in nominees:
        each.election = election
    return [
        Checked(each, people.candidate_findings(each, today=today, on_roll=each.person_id in on_roll))
        for each in nominees
    ]


def by_post(election: Election, *, today: date) -> list[Post]:
    """The posts that are voted on, each with its nominees and findings."""
    checked = _checked(election, election.candidates.select_related("person__household"), today)
    return [
        Post(
            post.value, str(post.label), int(election.seats[post.value]), post.value in election.women_only,
            tuple(each for each in checked if each.candidate.post == post.value),
        )
        for post in Candidate.Post
        if election.seats.get(post.value)
    ]  # fmt: skip


def slate_findings(election: Election, *, today: date) -> tuple[Finding, ...]:
    """What the law says of all who stand together: contest, kin, women; and of the election committee's members."""
    day = election.election_day or today
    standing = list(election.candidates.filter(status=Candidate.Status.STANDING).select_related("person"))
    number = {post: sum(each.post == post for each in standing) for post in election.seats}
    names = {each.person_id: each.person.name for each in standing}
    kin = [(names[a], names[b], relation) for a, b, relation in sorted(places.kin_between(names))]
    women = len({each.person_id for each in standing if each.person.sex == "f"})
    return (
        *law.contest(election.seats, number, election_day=day),
        *law.kin_among(kin, election_day=day),
        law.women_among(women, election_day=day),
        law.committee_leaves(election_day=day),
    )
