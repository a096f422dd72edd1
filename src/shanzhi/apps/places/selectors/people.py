"""People: living entries, masked numbers, kin."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from shanzhi.apps.places.models import Kinship, Person, Place
from shanzhi.apps.record import sealing
from shanzhi.core import identity

ID_NUMBER = "id-number"  # the purpose of the keyed hash


def people_of(place: Place) -> QuerySet[Person]:
    """Those who are in a village's records today, household by household."""
    return Person.objects.filter(place=place, left="").select_related("household")


def search(place: Place, query: str = "") -> QuerySet[Person]:
    """People of a village by a part of the name or household number, or by a whole ID number."""
    found = people_of(place)
    if not query:
        return found
    condition = Q(name__contains=query) | Q(household__number__contains=query)
    if len(query) == 18:
        condition |= Q(id_look_up__in=sealing.look_ups(query.upper(), purpose=ID_NUMBER))
    return found.filter(condition)


def find_by_id_number(number: str) -> Person | None:
    """The living entry with this ID number, anywhere in the county."""
    hashes = sealing.look_ups(number, purpose=ID_NUMBER)
    return Person.objects.select_related("place", "household").filter(id_look_up__in=hashes, left="").first()


def id_number(person: Person) -> str:
    """The ID number in full: for actions that need it, never for a screen."""
    return sealing.unseal(person, "id_sealed")


def phone(person: Person) -> str:
    """The phone number in full: for actions that need it, never for a screen."""
    return sealing.unseal(person, "phone_sealed")


def masked_id(person: Person) -> str:
    """The ID number as a screen shows it."""
    return identity.masked(id_number(person))


def masked_phone(person: Person) -> str:
    """The phone number as a screen shows it."""
    return identity.masked_phone(phone(person))


def kin_of(person: Person) -> list[tuple[str, Person]]:
    """The kin of one person, as (relation of the other to this person, the other)."""
    own = [
        (row.relation, row.person) for row in Kinship.objects.filter(other=person).select_related("person")
    ]
    reverse = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}
    return own + [
        (reverse.get(row.relation, row.relation), row.other)
        for row in Kinship.objects.filter(person=person).select_related("other")
    ]


def kin_between(people: Iterable[int]) -> set[tuple[int, int, str]]:
    """Every kin link among these people (ids): (person, other, relation)."""
    ids = list(people)
    return set(
        Kinship.objects.filter(person_id__in=ids, other_id__in=ids).values_list(
            "person_id", "other_id", "relation"
        )
    )
