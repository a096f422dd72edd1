"""Invented people become rows, a village at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.actions.searching import index_people
from shanzhi.apps.places.models import Group, Hamlet, Household, Kinship, Person
from shanzhi.apps.places.sample import land, schooling
from shanzhi.apps.places.sample.villagers import Villager
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


def settle(place: Place, households: Iterable[tuple[str, str, list[Villager]]], *, by: str) -> dict[str, int]:
    """Write one village's households, people and kin in bulk; how many rows of each."""
    rows = list(households)
    made = [Household(place=place, number=number, group=group) for number, group, _members in rows]
    _lay_out(place, made)
    Household.objects.bulk_create(made, batch_size=1000)
    persons: dict[int, Person] = {}
    for household, (_number, _group, members) in zip(made, rows, strict=True):
        persons |= {id(each): _row(place, household, each) for each in members}
    Person.objects.bulk_create(persons.values(), batch_size=1000)
    index_people(persons.values())
    links = [
        Kinship(person=persons[id(each)], other=persons[id(other)], relation=relation)
        for _number, _group, members in rows
        for each in members
        for other, relation in each.kin
    ]
    Kinship.objects.bulk_create(links, batch_size=1000)
    written = {"households": len(made), "people": len(persons), "kin": len(links)}
    record.write(by=by, act="places.sample_settled", subject=f"place:{place.code}", scope=place.pk, **written)
    return written


def _lay_out(place: Place, households: list[Household]) -> None:
    """Each group lies in a hamlet, each household near it, where the land has hamlets."""
    hamlets = list(Hamlet.objects.filter(place=place))
    names = list(dict.fromkeys(each.group for each in households))
    homes = {name: hamlets[at % len(hamlets)] for at, name in enumerate(names)} if hamlets else {}
    Group.objects.bulk_create(
        Group(place=place, name=name, hamlet=homes.get(name), since=place.valid_from) for name in names
    )
    for each in households:
        if hamlet := homes.get(each.group):
            each.hamlet = hamlet
            dice = Random(f"{place.code}/{each.number}")  # noqa: S311 - an invented land
            each.longitude, each.latitude = land.near(hamlet.point, dice)


def _row(place: Place, household: Household, each: Villager) -> Person:
    person = Person(
        place=place, household=household, name=each.name, sex=each.sex, born=each.born, residence=each.residence,
        here_since=each.here_since, party=each.party, rights_removed=each.rights_removed,
        is_head=each.relation == "head" and not each.left, left=each.left, left_on=each.left_on,
        education=schooling.education(each),
    )  # fmt: skip
    seal_numbers(person, each.id_number, each.phone)
    return person


def today() -> date:
    """The day on which the sample is built."""
    return timezone.localdate()
