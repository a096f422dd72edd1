"""People of places -> the facts that core.law judges, and back to lines and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from shanzhi.apps.elections.models import Candidate, Declaration, Election, Mandate
from shanzhi.core.law import candidates, proxies, voters
from shanzhi.core.law.findings import Finding

if TYPE_CHECKING:
    from shanzhi.apps.elections.models import RollLine
    from shanzhi.apps.places.models import Person


@dataclass(frozen=True, slots=True)
class Classified:
    """A person with the roll's verdict."""

    person: Person
    listed: bool | None
    voter_class: int | None
    findings: tuple[Finding, ...]


def classified(election: Election, people: Iterable[Person]) -> Iterator[Classified]:
    """Every person with the class and reason that VCOL-16 gives on election day."""
    declared: dict[int, set[str]] = {}
    for person_id, kind in Declaration.objects.filter(election=election).values_list("person_id", "kind"):
        declared.setdefault(person_id, set()).add(kind)
    for person in people:
        line = voters.classify(
            villager(person, declared.get(person.pk, set())), election_day=election.election_day
        )
        yield Classified(person, line.listed, line.voter_class, line.findings)


def villager(person: Person, declared: set[str]) -> voters.Villager:
    """What the rule must be told of a person."""
    return voters.Villager(
        born=person.born,
        residence=voters.Residence(person.residence),
        rights_removed=person.rights_removed,
        says_takes_part="takes_part" in declared,
        here_since=person.here_since,
        works_here="works_here" in declared,
        applied="applied" in declared,
        consented="consented" in declared,
        on_another_roll="registered_elsewhere" in declared,
    )


def is_on_roll(election: Election, person: Person) -> bool:
    """Whether the person stands on the roll that holds for this election."""
    return election.roll_holder.own_roll.lines.filter(person=person, listed=True, struck_off=False).exists()


def candidate_findings(
    candidate: Candidate, *, today: date, on_roll: bool | None = None
) -> tuple[Finding, ...]:
    """What the statute says of a nominee."""
    election = candidate.election
    nominee = candidates.Nominee(
        on_roll=is_on_roll(election, candidate.person) if on_roll is None else on_roll,
        expelled=candidate.expelled, convicted=candidate.convicted, clan_or_gang=candidate.clan_or_gang,
        cult=candidate.cult, posted_staff=candidate.posted_staff,
    )  # fmt: skip
    return candidates.may_stand(nominee, election_day=election.election_day or today)


def mandate_findings(
    election: Election, principal: RollLine, holder: RollLine, *, near_kin: bool | None, written: bool
) -> tuple[Finding, ...]:
    """What the law says of one more proxy."""
    held = (
        Mandate.objects.filter(election=election, holder=holder, ended_on=None)
        .exclude(principal=principal)
        .count()
    )
    stands = election.candidates.filter(
        person=holder.person, status__in=[Candidate.Status.STANDING, Candidate.Status.PROPOSED]
    ).exists()
    offered = proxies.Mandate(
        principal_on_roll=bool(principal.listed) and not principal.struck_off, principal_away=True, written=written,
        holder_may_vote=bool(holder.listed) and not holder.struck_off, near_kin=near_kin, holder_is_candidate=stands,
        held=held,
    )  # fmt: skip
    return proxies.accept(offered, election_day=election.election_day)
