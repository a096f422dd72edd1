"""Relatives on record, what follows from them, and what contradicts. An entry that was merged stands for the one it went into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shanzhi.apps.places.models import KinNotSo, Kinship, Person
from shanzhi.core.law import kin_checks, kinship
from shanzhi.core.law.findings import Finding

HOPS = kinship.LONGEST
AROUND_AT_MOST = 400  # people: a village where everybody is linked with everybody does not stop a page


@dataclass(frozen=True, slots=True)
class Suggested:
    """A relation that follows: `other` is the `relation` of the person, by the steps of the chain."""

    other: Person
    relation: str
    chain: tuple[tuple[str, Person], ...]


def merged_entries(people: Iterable[int]) -> dict[int, int]:
    """Entries that were merged into these people: entry -> person."""
    return dict(Person.objects.filter(merged_into__in=list(people)).values_list("pk", "merged_into_id"))


def kin_of(person: Person) -> list[tuple[str, Person]]:
    """The kin of one person, as (what the other is to this person, the other); each other once."""
    links = _links_of({person.pk})
    told = kinship.both_ways(links).get(person.pk, [])
    people = Person.objects.select_related("place__parent").in_bulk([other for other, _relation in told])
    return [(relation, people[other]) for other, relation in told if not people[other].forgotten_on]


def relatives_of(person: Person) -> QuerySet[Person]:
    """Those with whom the person has a relation on record."""
    return Person.objects.filter(Q(kin__other=person) | Q(kin_of__person=person)).distinct()


def kin_between(people: Iterable[int]) -> set[tuple[int, int, str]]:
    """Every kin link among these people (ids): (person, other, relation); of entries merged into them too."""
    ids = set(people)
    merged = merged_entries(ids)
    every = ids | merged.keys()
    rows = Kinship.objects.filter(person_id__in=every, other_id__in=every)
    told = rows.values_list("person_id", "other_id", "relation")
    links = {(merged.get(one, one), merged.get(other, other), relation) for one, other, relation in told}
    return {link for link in links if link[0] != link[1]}


def suggestions_for(person: Person) -> list[Suggested]:
    """What follows from the relatives on record and nobody has confirmed or turned down, with the chain."""
    told = _suggestions(person)
    wanted = {who for each in told for who, _step in each.chain}
    people = Person.objects.select_related("place__parent", "household").in_bulk(wanted)
    return [
        Suggested(people[each.other], each.relation, tuple((step, people[who]) for who, step in each.chain))
        for each in told
    ]


def suggestion_between(person: Person, other: Person) -> kinship.Suggestion | None:
    """What `other` is to the person by what follows, or None."""
    return next((each for each in _suggestions(person) if each.other == other.pk), None)


def contradictions_of(person: Person, today: date) -> tuple[Finding, ...]:
    """What cannot be right about the person's relatives."""
    links = _around(person.pk)
    ids = {person.pk} | {one for one, _other, _r in links} | {other for _one, other, _r in links}
    rows = Person.objects.filter(pk__in=ids).values_list("pk", "name", "sex", "born")
    people = {pk: kin_checks.Known(name, sex, born) for pk, name, sex, born in rows}
    return kin_checks.contradictions(person.pk, people, links, today=today)


def _suggestions(person: Person) -> list[kinship.Suggestion]:
    denied = KinNotSo.objects.filter(Q(person=person) | Q(other=person)).values_list("person_id", "other_id")
    no = {pk for pair in denied for pk in pair}
    told = [each for each in kinship.follows(person.pk, _around(person.pk)) if each.other not in no]
    here = set(
        Person.objects.filter(pk__in=[each.other for each in told], place=person.place_id, forgotten_on=None)
        .exclude(left__in=[Person.Left.WRONG, Person.Left.MERGED])
        .values_list("pk", flat=True)
    )
    return [each for each in told if each.other in here]


def _around(person: int) -> set[kinship.Link]:
    """Every link within so many steps of a person."""
    links: set[kinship.Link] = set()
    seen: set[int] = set()
    edge = {person}
    for _hop in range(HOPS):
        fresh = _links_of(edge)
        seen |= edge
        links |= fresh
        edge = {pk for one, other, _relation in fresh for pk in (one, other)} - seen
        if len(seen) + len(edge) > AROUND_AT_MOST:
            break
    return links


def _links_of(people: set[int]) -> set[kinship.Link]:
    """Links with any of these people, by the entries that hold."""
    every = people | merged_entries(people).keys()
    rows = Kinship.objects.filter(Q(person__in=every) | Q(other__in=every)).values_list(
        "person_id", "person__merged_into", "other_id", "other__merged_into", "relation"
    )
    links = {(into or one, other_into or other, relation) for one, into, other, other_into, relation in rows}
    return {link for link in links if link[0] != link[1]}
