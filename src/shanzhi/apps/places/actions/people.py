"""People and households: added, corrected, looked up. Coming and going is in `lives`, relatives are in `kin`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.searching import drop_names, index_people
from shanzhi.apps.places.errors import Refused, Stale, Wrong
from shanzhi.apps.places.models import Household, Person, Place
from shanzhi.apps.places.selectors.searching import tail_look_up
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.core import identity

PLAIN = (
    "name", "residence", "residence_since", "here_since", "party", "education", "rights_removed", "is_head",
)  # fmt: skip


def hold_place(pk: int) -> Place:
    """The village, locked for this transaction: one writer at a time, so that what he saw is what he changes.

    Without this, PostgreSQL lets two look at once and write one after the other: two heads of one household.
    """
    return Place.objects.select_for_update(no_key=True).get(pk=pk)


def hold_places(ids: Iterable[int]) -> None:
    """The villages, locked as `hold_place` does, in one order."""
    list(Place.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk").only("pk"))


def household_of(place: Place, number: str, group: str = "") -> Household:
    """The household with this number in the village, made when it is new."""
    household, _new = Household.objects.get_or_create(
        place=place, number=number.strip(), defaults={"group": group}
    )
    return household


def seal_numbers(person: Person, id_number: str, phone: str) -> None:
    """Put the numbers of a person into their sealed columns, and the ID number under its keyed hash."""
    seal_id_number(person, id_number)
    person.phone_sealed = sealing.seal(person, "phone_sealed", phone) if phone else None


@transaction.atomic
def add_person(
    *,
    place: Place,
    household: str,
    group: str = "",
    id_number: str,
    phone: str = "",
    today: date,
    by: str,
    **facts: Any,
) -> Person:
    """Add someone to a village's records. Sex and birth follow from the ID number. Sent twice, it is one person."""
    number = _checked(id_number, today)
    digits = _checked_phone(phone)
    _check_since(facts, today)
    hold_place(place.pk)
    there = selectors.find_by_id_number(number.number)
    if there and _is_repeated(there, place, household, facts.get("name")):
        return there
    refuse_elsewhere(there)
    person = Person(
        place=place, household=household_of(place, household, group), sex=number.sex, born=number.born,
        **{name: facts[name] for name in PLAIN if name in facts},
    )  # fmt: skip
    seal_numbers(person, number.number, digits)
    save(person)
    _one_head(person)
    index_people([person])
    write(by, "places.person_added", person)
    return person


@transaction.atomic
def correct_person(*, person: Person, version: int, today: date, by: str, **facts: Any) -> Person:
    """Correct a person's entry. Refused when someone else has changed it since the page was opened."""
    held = hold(person)
    if held.version != version:
        raise Stale
    refuse_left(held)
    _check_since(facts, today)
    before = {name: getattr(held, name) for name in (*PLAIN, "household_id")}
    for name in PLAIN:
        if name in facts:
            setattr(held, name, facts[name])
    if facts.get("household"):
        held.household = household_of(held.place, facts["household"])
    changed = [name for name, value in before.items() if getattr(held, name) != value]
    if facts.get("id_number"):
        _replace_id_number(held, _checked(facts["id_number"], today))
        changed.append("id_number")
    if facts.get("phone"):
        held.phone_sealed = sealing.seal(held, "phone_sealed", _checked_phone(facts["phone"]))
        changed.append("phone")
    if changed:
        held.version += 1
        save(held)
        _one_head(held)
        _name_changed(held, before["name"])
        write(by, "places.person_corrected", held, fields=sorted(changed))
    return held


def _name_changed(held: Person, before: str) -> None:
    if held.name != before:
        index_people([held])
        drop_names([before])


@transaction.atomic
def correct_household(*, household: Household, group: str, address: str, by: str) -> Household:
    """Correct the villager group and address of a household."""
    held = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if (held.group, held.address) == (group.strip(), address.strip()):
        return held
    held.group, held.address = group.strip(), address.strip()
    held.save()
    record.write(
        by=by, act="places.household_corrected", subject=f"household:{held.key}", scope=held.place_id
    )
    return held


@transaction.atomic
def reveal_numbers(*, person: Person, reason: str, by: str) -> tuple[str, str]:
    """The ID number and phone in full, for one look. Who looked and why is on record before anything is shown."""
    write(by, "places.numbers_revealed", person, reason=reason)
    return selectors.id_number(person), selectors.phone(person)


def hold(person: Person) -> Person:
    """The person's row, locked together with the village."""
    hold_place(person.place_id)
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related(
        "household", "place__parent"
    )
    return rows.get(pk=person.pk)


def save(person: Person) -> None:
    """Save, unless somebody else has entered the number between the look and the write. Raises Wrong."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # someone else entered the number between the look and the write
        raise Wrong(
            "id_number", _("Somebody has just entered this person. Look at the list of the village first.")
        ) from None


def _replace_id_number(held: Person, number: identity.IdentityNumber) -> None:
    other = selectors.find_by_id_number(number.number)
    if other is not None and other.pk != held.pk:
        refuse_elsewhere(other)
    held.sex, held.born = number.sex, number.born
    seal_id_number(held, number.number)


def seal_id_number(person: Person, number: str) -> None:
    """Put the ID number into its sealed column, and under its keyed hashes."""
    person.id_sealed = sealing.seal(person, "id_sealed", number)
    person.id_look_up = sealing.look_up(number, purpose=selectors.ID_NUMBER)
    person.id_tail = tail_look_up(person.key, number)


def _one_head(person: Person) -> None:
    """A household has one head: whoever was it until now is not any more."""
    if person.is_head:
        others = Person.objects.filter(household=person.household, is_head=True).exclude(pk=person.pk)
        for other in others:
            other.is_head, other.version = False, other.version + 1
            other.save()


def _is_repeated(there: Person, place: Place, household: str, name: object) -> bool:
    same = (there.place_id, there.household.number, there.name)
    return same == (place.pk, household.strip(), name)


def refuse_elsewhere(there: Person | None) -> None:
    """Nobody is in the county's records twice. Raises Wrong."""
    if there is not None:
        raise Wrong(
            "id_number",
            _(
                "This person is in the records of {place} already. Mark the person there as moved away first."
            ).format(place=there.place.full_name),
        )


def refuse_left(held: Person) -> None:
    """What has left the records is not changed any more. Raises Refused."""
    if held.left:
        raise Refused(
            _("This person has left the village's records. Take that back first, then correct the entry.")
        )


def _check_since(facts: dict[str, Any], today: date) -> None:
    for name in ("here_since", "residence_since"):
        if (since := facts.get(name)) and since > today:
            raise Wrong(name, _("The day lies in the future. Check the year."))


def _checked(id_number: str, today: date) -> identity.IdentityNumber:
    try:
        return identity.parse(id_number, today=today)
    except identity.Unusable:
        raise Wrong(
            "id_number", _("This is not a valid ID number. Compare it with the ID card, digit by digit.")
        ) from None


def _checked_phone(phone: str) -> str:
    if not phone.strip():
        return ""
    try:
        return identity.phone(phone)
    except identity.Unusable:
        raise Wrong(
            "phone",
            _("This is not a phone number. Eleven digits, or area code and number; or leave it empty."),
        ) from None


def write(by: str, act: str, person: Person, **facts: object) -> None:
    """Put it on record, under the person's key and village."""
    record.write(by=by, act=act, subject=f"person:{person.key}", scope=person.place_id, **facts)
