"""The rows of a checked roster put into the village's records, many at a time. What the file does not say stays as it is."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.actions.searching import index_people
from shanzhi.apps.places.bridge import kin, roster
from shanzhi.apps.places.models import Household, Kinship, Person, Place
from shanzhi.apps.record import sealing
from shanzhi.core.law.kinship import REVERSE

BATCH = 500
CHANGED = (
    "household", "name", "sex", "born", "residence", "here_since", "party", "rights_removed", "is_head",
    "phone_sealed", "version",
)  # fmt: skip


def differs(person: Person, row: roster.Row) -> bool:
    """Whether the row would change the person's entry."""
    stated = _stated(row)
    return (
        any(getattr(person, name) != value for name, value in stated.items())
        or person.household.number != row.household
        or row.group not in {"", person.household.group}
        or (row.phone != "" and selectors.phone(person) != row.phone)
    )


def write_rows(place: Place, rows: list[roster.Row], known: dict[str, Person]) -> tuple[int, int]:
    """Write them; how many people are new and how many changed."""
    changed = [row for row in rows if row.id_number in known and differs(known[row.id_number], row)]
    households = _households(place, rows)
    new = {
        row.id_number: _new_person(place, households[row.household], row)
        for row in rows
        if row.id_number not in known
    }
    Person.objects.bulk_create(new.values(), batch_size=BATCH)
    for row in changed:
        _change(known[row.id_number], households[row.household], row)
    Person.objects.bulk_update([known[row.id_number] for row in changed], CHANGED, batch_size=BATCH)
    people = known | new
    _one_head_a_household([people[row.id_number] for row in rows if row.relation == "head"])
    _relate(place, rows, people)
    index_people([*new.values(), *(known[row.id_number] for row in changed)])
    return len(new), len(changed)


def _stated(row: roster.Row) -> dict[str, object]:
    """The plain facts that a row states."""
    facts: dict[str, object] = {
        "name": row.name, "residence": row.residence, "sex": row.sex, "born": date.fromisoformat(row.born),
    }  # fmt: skip
    if row.here_since:
        facts["here_since"] = date.fromisoformat(row.here_since)
    if row.party:
        facts["party"] = row.party
    if row.rights_removed is not None:
        facts["rights_removed"] = row.rights_removed
    if row.relation:
        facts["is_head"] = row.relation == "head"
    return facts


def _households(place: Place, rows: list[roster.Row]) -> dict[str, Household]:
    groups: dict[str, str] = {}
    for row in rows:
        groups[row.household] = row.group or groups.get(row.household, "")
    held = {each.number: each for each in Household.objects.filter(place=place) if each.number in groups}
    made = [
        Household(place=place, number=number, group=group)
        for number, group in groups.items()
        if number not in held
    ]
    Household.objects.bulk_create(made, batch_size=BATCH)
    moved = [each for each in held.values() if groups[each.number] not in {"", each.group}]
    for each in moved:
        each.group = groups[each.number]
    Household.objects.bulk_update(moved, ["group"], batch_size=BATCH)
    return held | {each.number: each for each in made}


def _new_person(place: Place, household: Household, row: roster.Row) -> Person:
    person = Person(place=place, household=household, **_stated(row))
    seal_numbers(person, row.id_number, row.phone)
    return person


def _change(person: Person, household: Household, row: roster.Row) -> None:
    for name, value in _stated(row).items():
        setattr(person, name, value)
    person.household = household
    if row.phone:
        person.phone_sealed = sealing.seal(person, "phone_sealed", row.phone)
    person.version += 1


def _one_head_a_household(heads: list[Person]) -> None:
    """Whoever was the head until now is not any more."""
    for at in range(0, len(heads), BATCH):
        some = heads[at : at + BATCH]
        Person.objects.filter(household__in={each.household_id for each in some}, is_head=True).exclude(
            pk__in=[each.pk for each in some]
        ).update(is_head=False, version=F("version") + 1)


def _relate(place: Place, rows: list[roster.Row], people: dict[str, Person]) -> None:
    """Kin as the file states it. A pair that is on record already is put right, not doubled."""
    held = {
        (one, other): relation
        for one, other, relation in Kinship.objects.filter(
            person__place=place, other__place=place
        ).values_list("person_id", "other_id", "relation")
    }
    stated = [(people[a].pk, people[b].pk, relation) for a, b, relation in kin.links(rows)]
    wanted = [
        (a, b, relation)
        for a, b, relation in stated
        if held.get((a, b)) != relation and held.get((b, a)) != REVERSE[relation]
    ]
    for a, b, _relation in wanted:
        if (b, a) in held:
            Kinship.objects.filter(person_id=b, other_id=a).delete()
    Kinship.objects.bulk_create(
        [Kinship(person_id=a, other_id=b, relation=relation) for a, b, relation in wanted],
        batch_size=BATCH, update_conflicts=True, unique_fields=["person", "other"], update_fields=["relation"],
    )  # fmt: skip
