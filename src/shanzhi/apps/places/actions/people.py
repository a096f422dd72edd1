"""People and households: added, corrected, left, related, looked up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.errors import Refused, Stale, Wrong
from shanzhi.apps.places.models import Household, Kinship, Person, Place
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.core import identity

PLAIN = ("name", "residence", "here_since", "party", "rights_removed", "is_head")


def hold_place(pk: int) -> Place:
    """The village, locked for this transaction: one writer at a time, so that what he saw is what he changes.

    Without this, PostgreSQL lets two look at once and write one after the other: two heads of one household.
    """
    return Place.objects.select_for_update(no_key=True).get(pk=pk)


def household_of(place: Place, number: str, group: str = "") -> Household:
    """The household with this number in the village, made when it is new."""
    household, _new = Household.objects.get_or_create(
        place=place, number=number.strip(), defaults={"group": group}
    )
    return household


def seal_numbers(person: Person, id_number: str, phone: str) -> None:
    """Put the numbers of a person into their sealed columns, and the ID number under its keyed hash."""
    _seal_id_number(person, id_number)
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
    _check_since(facts.get("here_since"), today)
    hold_place(place.pk)
    there = selectors.find_by_id_number(number.number)
    if there and _is_repeated(there, place, household, facts.get("name")):
        return there
    _refuse_elsewhere(there)
    person = Person(
        place=place, household=household_of(place, household, group), sex=number.sex, born=number.born,
        **{name: facts[name] for name in PLAIN if name in facts},
    )  # fmt: skip
    seal_numbers(person, number.number, digits)
    _save(person)
    _one_head(person)
    _write(by, "places.person_added", person)
    return person


@transaction.atomic
def correct_person(*, person: Person, version: int, today: date, by: str, **facts: Any) -> Person:
    """Correct a person's entry. Refused when someone else has changed it since the page was opened."""
    held = _held(person)
    if held.version != version:
        raise Stale
    _refuse_left(held)
    _check_since(facts.get("here_since"), today)
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
        _save(held)
        _one_head(held)
        _write(by, "places.person_corrected", held, fields=sorted(changed))
    return held


@transaction.atomic
def mark_left(*, person: Person, left: str, left_on: date, today: date, by: str) -> Person:
    """Someone moved away, died, or was entered by mistake. The entry stays; it is no longer living."""
    held = _held(person)
    if (held.left, held.left_on) == (left, left_on):
        return held
    _refuse_left(held)
    if left_on > today:
        raise Wrong("left_on", _("The day lies in the future. Enter it on that day or later."))
    if left_on < held.born:
        raise Wrong("left_on", _("The day lies before the date of birth. Check the year."))
    held.left, held.left_on = left, left_on
    held.version += 1
    held.save()
    _write(by, "places.person_left", held, left=left)
    return held


@transaction.atomic
def take_back_left(*, person: Person, by: str) -> Person:
    """Someone was marked as gone by mistake, or has come back: the entry lives again."""
    held = _held(person)
    if not held.left:
        return held
    _refuse_elsewhere(selectors.find_by_id_number(selectors.id_number(held)))
    held.left, held.left_on = "", None
    held.version += 1
    _save(held)
    _write(by, "places.person_back", held)
    return held


@transaction.atomic
def set_kin(*, person: Person, other: Person, relation: str, by: str) -> Kinship:
    """Record that `person` is the `relation` of `other`. What was on record between the two gives way."""
    if person.pk == other.pk:
        raise Wrong("other", _("Nobody is a relative of himself. Choose someone else."))
    if person.place_id != other.place_id:
        raise Wrong("other", _("The two are in the records of different villages."))
    hold_place(person.place_id)
    held = Kinship.objects.filter(person=person, other=other, relation=relation).first()
    if held:
        return held
    Kinship.objects.filter(person=other, other=person).delete()
    link, _new = Kinship.objects.update_or_create(person=person, other=other, defaults={"relation": relation})
    _write(by, "places.kin_set", person, other=other.key, relation=relation)
    return link


@transaction.atomic
def remove_kin(*, person: Person, other: Person, by: str) -> None:
    """A relation that was recorded by mistake goes, in both directions. Done twice, it is done once."""
    hold_place(person.place_id)
    pairs = Kinship.objects.filter(person__in=[person, other], other__in=[person, other])
    gone, _tables = pairs.delete()
    if gone:
        _write(by, "places.kin_removed", person, other=other.key)


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
    _write(by, "places.numbers_revealed", person, reason=reason)
    return selectors.id_number(person), selectors.phone(person)


def _held(person: Person) -> Person:
    hold_place(person.place_id)
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related(
        "household", "place__parent"
    )
    return rows.get(pk=person.pk)


def _save(person: Person) -> None:
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
        _refuse_elsewhere(other)
    held.sex, held.born = number.sex, number.born
    _seal_id_number(held, number.number)


def _seal_id_number(person: Person, number: str) -> None:
    person.id_sealed = sealing.seal(person, "id_sealed", number)
    person.id_look_up = sealing.look_up(number, purpose=selectors.ID_NUMBER)


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


def _refuse_elsewhere(there: Person | None) -> None:
    if there is not None:
        raise Wrong(
            "id_number",
            _(
                "This person is in the records of {place} already. Mark the person there as moved away first."
            ).format(place=there.place.full_name),
        )


def _refuse_left(held: Person) -> None:
    if held.left:
        raise Refused(
            _("This person has left the village's records. Take that back first, then correct the entry.")
        )


def _check_since(since: date | None, today: date) -> None:
    if since and since > today:
        raise Wrong("here_since", _("The day lies in the future. Check the year."))


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


def _write(by: str, act: str, person: Person, **facts: object) -> None:
    record.write(by=by, act=act, subject=f"person:{person.key}", scope=person.place_id, **facts)
