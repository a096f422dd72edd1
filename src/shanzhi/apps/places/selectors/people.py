"""People: living entries, masked numbers, kin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Household, Person, Place
from shanzhi.apps.places.selectors.divisions import lineages
from shanzhi.apps.record import sealing
from shanzhi.core import identity
from shanzhi.core.cipher import Spoiled

ID_NUMBER = "id-number"  # the purpose of the keyed hash
BATCH = 400
SPOILED = _("cannot be opened")
NOT_OPENED = _(
    "A number here cannot be opened: it was changed behind the software's back, or its key is not on this server. "
    "Nothing was shown. Tell the operator."
)


def people_of(place: Place) -> QuerySet[Person]:
    """Those who are in a village's records today, household by household."""
    return Person.objects.filter(place=place, left="").select_related("household")


def find_by_id_number(number: str) -> Person | None:
    """The living entry with this ID number, anywhere in the county."""
    hashes = sealing.look_ups(number, purpose=ID_NUMBER)
    found = Person.objects.select_related("place__parent", "household")
    return found.filter(id_look_up__in=hashes, left="").first()


def find_by_id_numbers(numbers: Iterable[str], *, for_update: bool = False) -> dict[str, Person]:
    """The living entries with these ID numbers, anywhere in the county, by number."""
    return known_by_id_numbers(numbers, for_update=for_update)[0]


def known_by_id_numbers(
    numbers: Iterable[str], *, for_update: bool = False
) -> tuple[dict[str, Person], set[str]]:
    """Of these ID numbers: the living entries by number, and the numbers under which somebody is recorded as died."""
    living: dict[int, str] = {}
    dead: set[str] = set()
    for hashes in _in_batches(numbers):
        for pk, look_up, left in _entries_under(list(hashes)):
            if left == "":
                living[pk] = hashes[look_up]
            elif left == Person.Left.DIED:
                dead.add(hashes[look_up])
    people = Person.objects.select_related("place__parent", "household").filter(left="").order_by()
    if for_update:
        people = people.select_for_update(of=("self",), no_key=True)
    ids = list(living)
    return {
        living[person.pk]: person
        for at in range(0, len(ids), BATCH)
        for person in people.filter(pk__in=ids[at : at + BATCH])
    }, dead


def _entries_under(hashes: list[str]) -> list[tuple[int, str, str]]:
    """Every entry under these keyed hashes: id, hash, how it left. The hashes go as one value.

    In a roster most numbers are new, and binding some hundred values through the ORM takes ten times as long as looking
    them up and finding nothing.
    """
    among, value = ("= ANY(%s)", hashes) if connection.vendor == "postgresql" else (
        "IN (SELECT value FROM json_each(%s))", json.dumps(hashes)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, id_look_up, "left" FROM {Person._meta.db_table} WHERE id_look_up {among}',  # noqa: S608 - our own names
            [value],
        )
        return list(cursor.fetchall())


def entries_elsewhere(place: Place) -> dict[int, str]:
    """What other villages' records hold under the ID numbers of this village's living people: id -> keyed hash.

    By the index of the hashes, some hundreds at a time: as one query over both villages it rests on what the database
    believes of the table's size, and right after an import PostgreSQL believes it to be empty.
    """
    living = people_of(place).exclude(id_look_up=None).order_by()
    here = list(living.values_list("id_look_up", flat=True))
    others = Person.objects.exclude(place=place).order_by()
    found = {
        pk: look_up
        for at in range(0, len(here), BATCH)
        for pk, look_up in others.filter(id_look_up__in=here[at : at + BATCH]).values_list("pk", "id_look_up")
    }
    # An entry that was merged into one of here is the same person, whatever number it was entered under.
    merged = others.filter(merged_into__place=place, merged_into__left="")
    return found | dict(
        merged.exclude(merged_into__id_look_up=None).values_list("pk", "merged_into__id_look_up")
    )


def died_with_id_numbers(numbers: Iterable[str]) -> set[str]:
    """Those among the ID numbers under which somebody is recorded as died."""
    return known_by_id_numbers(numbers)[1]


def _in_batches(numbers: Iterable[str]) -> Iterator[dict[str, str]]:
    """Keyed hash -> number, a few hundred at a time: a database takes only so many in one question."""
    every = [(each, number) for number in numbers for each in sealing.look_ups(number, purpose=ID_NUMBER)]
    for at in range(0, len(every), BATCH):
        yield dict(every[at : at + BATCH])


def id_number(person: Person) -> str:
    """The ID number in full: for actions that need it, never for a screen."""
    return sealing.unseal(person, "id_sealed")


def phone(person: Person) -> str:
    """The phone number in full: for actions that need it, never for a screen."""
    return sealing.unseal(person, "phone_sealed")


def masked_id(person: Person) -> str:
    """The ID number as a screen shows it; one that was spoiled behind the house's back is named, and hides no other."""
    try:
        return identity.masked(id_number(person))
    except Spoiled:
        return str(SPOILED)


def masked_phone(person: Person) -> str:
    """The phone number as a screen shows it."""
    try:
        return identity.masked_phone(phone(person))
    except Spoiled:
        return str(SPOILED)


def villages_with_numbers(scopes: Iterable[int]) -> QuerySet[Place]:
    """The villages and communities under the scopes, with how many living entries each has."""
    found = Place.objects.filter(lineages(scopes), kind__in=["village", "community"], valid_until=None)
    return found.select_related("parent").annotate(people_count=Count("people", filter=Q(people__left="")))


def household_with_members(household: Household) -> list[Person]:
    """Those who are in the household today, its head first."""
    return list(household.people.filter(left="").order_by("-is_head", "born", "pk"))
