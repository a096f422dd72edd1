"""Relatives of both kinds: recorded, confirmed from a suggestion, turned down, removed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.people import hold_place, write
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import KinNotSo, Kinship, Person


@transaction.atomic
def set_kin(*, person: Person, other: Person, relation: str, by: str) -> Kinship:
    """Record that `person` is the `relation` of `other`. What was on record between the two gives way."""
    if person.pk == other.pk:
        raise Wrong("other", _("Nobody is a relative of himself. Choose someone else."))
    if person.place_id != other.place_id:
        raise Wrong("other", _("The two are in the records of different villages."))
    return _put(person, other, relation, by)


@transaction.atomic
def remove_kin(*, person: Person, other: Person, by: str) -> None:
    """A relation that was recorded by mistake goes, in both directions. Done twice, it is done once."""
    hold_place(person.place_id)
    pairs = Kinship.objects.filter(person__in=[person, other], other__in=[person, other])
    gone, _tables = pairs.delete()
    if gone:
        write(by, "places.kin_removed", person, other=other.key)


@transaction.atomic
def confirm_kin(*, person: Person, other: Person, by: str) -> Kinship:
    """A clerk confirms a relation that follows from others on record. Refused when it does not follow (any more)."""
    hold_place(person.place_id)
    held = Kinship.objects.filter(person=other, other=person).first()
    told = selectors.suggestion_between(person, other)
    if told is None and held is not None:
        return held
    if told is None:
        raise Refused(
            _("This does not follow from the relatives on record any more. Look at the page again.")
        )
    return _put(other, person, told.relation, by)


@transaction.atomic
def deny_kin(*, person: Person, other: Person, by: str) -> None:
    """A clerk says that a suggested relation is not so: it is not suggested again. Done twice, it is done once."""
    hold_place(person.place_id)
    told = selectors.suggestion_between(person, other)
    if told is None:
        return
    KinNotSo.objects.get_or_create(
        person=other, other=person, defaults={"relation": told.relation, "said_by": by}
    )
    write(by, "places.kin_denied", person, other=other.key, relation=told.relation)


def _put(person: Person, other: Person, relation: str, by: str) -> Kinship:
    hold_place(person.place_id)
    held = Kinship.objects.filter(person=person, other=other, relation=relation).first()
    if held:
        return held
    Kinship.objects.filter(person=other, other=person).delete()
    link, _new = Kinship.objects.update_or_create(person=person, other=other, defaults={"relation": relation})
    KinNotSo.objects.filter(person__in=[person, other], other__in=[person, other]).delete()
    write(by, "places.kin_set", person, other=other.key, relation=relation)
    return link
