"""People and households: added, corrected, left, related."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.errors import Stale, Wrong
from shanzhi.apps.places.models import Household, Kinship, Person, Place
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.core import identity

PLAIN = ("name", "residence", "here_since", "party", "rights_removed", "is_head")


def household_of(place: Place, number: str, group: str = "") -> Household:
    """The household with this number in the village, made when it is new."""
    household, _new = Household.objects.get_or_create(place=place, number=number, defaults={"group": group})
    return household


def seal_numbers(person: Person, id_number: str, phone: str) -> None:
    """Put the numbers of a person into their sealed columns, and the ID number under its keyed hash."""
    person.id_sealed = sealing.seal(person, "id_sealed", id_number)
    person.id_look_up = sealing.look_up(id_number, purpose="id-number")
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
    """Add someone to a village's records. Sex and birth follow from the ID number."""
    number = _checked(id_number, today)
    elsewhere = selectors.find_by_id_number(number.number)
    if elsewhere is not None:
        raise Wrong(
            "id_number",
            _("This person is in the records of {place} already.").format(place=elsewhere.place.name),
        )
    person = Person(
        place=place, household=household_of(place, household, group), sex=number.sex, born=number.born,
        **{name: facts[name] for name in PLAIN if name in facts},
    )  # fmt: skip
    seal_numbers(person, number.number, _checked_phone(phone))
    person.save()
    record.write(by=by, act="places.person_added", subject=f"person:{person.key}", scope=place.pk)
    return person


@transaction.atomic
def correct_person(*, person: Person, version: int, today: date, by: str, **facts: Any) -> Person:
    """Correct a person's entry. Refused when someone else has changed it since the page was opened."""
    held = (
        Person.objects.select_for_update(of=("self",)).select_related("household", "place").get(pk=person.pk)
    )
    if held.version != version:
        raise Stale
    for name in PLAIN:
        if name in facts:
            setattr(held, name, facts[name])
    if facts.get("id_number"):
        number = _checked(facts["id_number"], today)
        other = selectors.find_by_id_number(number.number)
        if other is not None and other.pk != held.pk:
            raise Wrong(
                "id_number",
                _("This person is in the records of {place} already.").format(place=other.place.name),
            )
        held.sex, held.born = number.sex, number.born
        held.id_sealed = sealing.seal(held, "id_sealed", number.number)
        held.id_look_up = sealing.look_up(number.number, purpose="id-number")
    if facts.get("phone"):
        held.phone_sealed = sealing.seal(held, "phone_sealed", _checked_phone(facts["phone"]))
    held.version += 1
    held.save()
    changed = sorted(name for name in facts if facts[name] not in (None, ""))
    record.write(
        by=by,
        act="places.person_corrected",
        subject=f"person:{held.key}",
        scope=held.place_id,
        fields=changed,
    )
    return held


@transaction.atomic
def mark_left(*, person: Person, left: str, left_on: date, today: date, by: str) -> Person:
    """Someone moved away, died, or was entered by mistake. The entry stays; it is no longer living."""
    if left_on > today:
        raise Wrong("left_on", _("The day lies in the future."))
    person.left, person.left_on = left, left_on
    person.version += 1
    person.save()
    record.write(
        by=by, act="places.person_left", subject=f"person:{person.key}", scope=person.place_id, left=left
    )
    return person


@transaction.atomic
def set_kin(*, person: Person, other: Person, relation: str, by: str) -> Kinship:
    """Record that `person` is the `relation` of `other`."""
    if person.pk == other.pk:
        raise Wrong("other", _("Nobody is a relative of himself."))
    link, _new = Kinship.objects.update_or_create(person=person, other=other, defaults={"relation": relation})
    record.write(
        by=by, act="places.kin_set", subject=f"person:{person.key}", scope=person.place_id, other=other.key
    )
    return link


def _checked(id_number: str, today: date) -> identity.IdentityNumber:
    try:
        return identity.parse(id_number, today=today)
    except identity.Unusable:
        raise Wrong(
            "id_number", _("This is not a valid ID number. Compare it with the ID card, digit by digit.")
        ) from None


def _checked_phone(phone: str) -> str:
    if not phone:
        return ""
    try:
        return identity.phone(phone)
    except identity.Unusable:
        raise Wrong("phone", _("This is not a phone number.")) from None
