"""People: living entries, masked numbers, kin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q, QuerySet

from shanzhi.apps.places.models import Kinship, Person, Place
from shanzhi.apps.places.selectors.divisions import lineages
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


def villages_with_numbers(scopes: Iterable[int]) -> QuerySet[Place]:
    """The villages and communities under the scopes, with how many living entries each has."""
    found = Place.objects.filter(lineages(scopes), kind__in=["village", "community"], valid_until=None)
    return found.select_related("parent").annotate(people_count=Count("people", filter=Q(people__left="")))


def roster_rows(place: Place, *, in_full: bool) -> Iterator[list[str]]:
    """The village's roster in the columns of the template; numbers masked unless they are needed in full."""
    residence = {"resident": "户在人在", "away": "户在人不在", "outsider": "人在户不在"}
    party = {"none": "群众", "full": "中共党员", "probationary": "中共预备党员"}
    for person in people_of(place):
        yield [
            person.household.number, person.household.group, person.name, "男" if person.sex == "m" else "女",
            id_number(person) if in_full else masked_id(person), person.born.isoformat(),
            "户主" if person.is_head else "", residence[person.residence],
            person.here_since.isoformat() if person.here_since else "", party[person.party],
            phone(person) if in_full else masked_phone(person), "是" if person.rights_removed else "否",
        ]  # fmt: skip
