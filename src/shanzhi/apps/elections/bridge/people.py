"""People of places -> the facts that core.law judges, and back to lines and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from shanzhi.apps.elections.models import Candidate, Declaration, Election, Mandate, RollLine
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import candidates, proxies, voters
from shanzhi.core.law.findings import Finding

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

BARS = ("expelled", "convicted", "clan_or_gang", "cult", "posted_staff")


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
    elsewhere = on_other_rolls(election)
    for person in people:
        said = declared.get(person.pk, set())
        if person.pk in elsewhere or (person.id_look_up and person.id_look_up in elsewhere):
            said = said | {Declaration.Kind.REGISTERED_ELSEWHERE.value}
        line = voters.classify(villager(person, said), election_day=election.election_day)
        yield Classified(person, line.listed, line.voter_class, line.findings)


def on_other_rolls(election: Election) -> set[str | int | None]:
    """This village's people who stand on a posted roll of another village in the renewal (VCOL-16-5): numbers of entries,
    and the keyed hashes of ID numbers that stand there under another entry.

    A person moves from one village's records to the other's; the line on the first roll stays and would vote twice.
    """
    lines = RollLine.objects.filter(
        roll__election__renewal=election.renewal_id,
        roll__posted_on__isnull=False,
        listed=True,
        struck_off=False,
    ).exclude(roll__election__village=election.village_id)
    # Whoever moved within the county kept the entry: it stands in that roll itself.
    moved = lines.filter(person__place=election.village_id, person__left="")
    found: set[str | int | None] = set(moved.order_by().values_list("person_id", flat=True))
    earlier = places.entries_elsewhere(election.village)
    if earlier:
        there = lines.filter(person__in=list(earlier))
        found |= {earlier[pk] for pk in there.order_by().values_list("person_id", flat=True)}
    return found


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
        on_roll=is_on_roll(election, candidate.person) if on_roll is None else on_roll, **facts_of(candidate)
    )
    return candidates.may_stand(nominee, election_day=election.election_day or today)


def facts_of(candidate: Candidate) -> dict[str, bool | None]:
    """What was found out about the bars; someone left over from an earlier round brings what was known of him there."""
    known = {bar: getattr(candidate, bar) for bar in BARS}
    if candidate.source != Candidate.Source.EARLIER or any(fact is not None for fact in known.values()):
        return known
    before = Candidate.objects.filter(election=candidate.election.parent_id, person=candidate.person_id)
    told = [facts_of(each) for each in before.select_related("election")]
    return max(told, key=lambda facts: sum(fact is not None for fact in facts.values()), default=known)


def live_mandates(election: Election) -> QuerySet[Mandate]:
    """Proxies that hold: a second round keeps the earlier ones, except those held by someone who now stands (VER-10)."""
    rounds = [election]
    while rounds[-1].pk != election.roll_holder.pk and rounds[-1].parent is not None:
        rounds.append(rounds[-1].parent)
    standing = Candidate.objects.filter(election=election, status=Candidate.Status.STANDING)
    return Mandate.objects.filter(election__in=[each.pk for each in rounds], ended_on=None).exclude(
        holder__person__in=standing.values("person")
    )


def mandate_findings(
    election: Election, principal: RollLine, holder: RollLine, *, near_kin: bool | None, written: bool
) -> tuple[Finding, ...]:
    """What the law says of one more proxy."""
    held = live_mandates(election).filter(holder=holder).exclude(principal=principal).count()
    stands = election.candidates.filter(
        person=holder.person_id, status__in=[Candidate.Status.STANDING, Candidate.Status.PROPOSED]
    ).exists()
    offered = proxies.Mandate(
        principal_on_roll=bool(principal.listed) and not principal.struck_off, principal_away=True, written=written,
        holder_may_vote=bool(holder.listed) and not holder.struck_off, near_kin=near_kin, holder_is_candidate=stands,
        held=held,
    )  # fmt: skip
    return proxies.accept(offered, election_day=election.election_day)
