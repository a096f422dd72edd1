"""The one door to places and people: fetched with permission, or they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places.models import (
    Claim,
    CorrectionRequest,
    DuplicateDecision,
    FormerDesignation,
    Household,
    Person,
    Place,
)
from shanzhi.core import divisions

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account


def known(code: str) -> Place | None:
    """The place with this code: the one that has it today, else the last one that had it, standing or ended."""
    code = divisions.padded(code)
    places = Place.objects.select_related("parent")
    living = places.filter(code=code, valid_until=None).first()
    if living:
        return living
    ended = places.filter(code=code).order_by("-valid_until").first()
    former = FormerDesignation.objects.filter(code=code).order_by("-until").first()
    if former and (ended is None or former.until > ended.valid_until):
        return places.get(pk=former.place_id)
    return ended


def place_for(account: Account, code: str, permission: Permission) -> Place:
    """The living place that has this code or had it, for someone with the permission over it, or 404."""
    place = known(code)
    if place is None or place.valid_until:
        raise Http404
    accounts.require(account, permission, place.scopes)
    return place


def person_for(account: Account, key: str, permission: Permission) -> Person:
    """The person, for someone with the permission over the village, or 404."""
    person = get_object_or_404(
        Person.objects.select_related("place__parent", "household", "merged_into__place__parent"), key=key
    )
    accounts.require(account, permission, person.place.scopes)
    return person


def twin_for(account: Account, person: Person, key: str) -> Person:
    """The entry that `person` is compared with, or 404: one that may be seen, or one that shares number or name and birth.

    Of the latter no more is shown than its village: the rest the reader knows from the own entry.
    """
    twin = get_object_or_404(
        Person.objects.select_related("place__parent", "household").exclude(pk=person.pk), key=key
    )
    same = bool(person.id_look_up) and person.id_look_up == twin.id_look_up
    alike = bool(person.name) and (person.name, person.born) == (twin.name, twin.born)
    if not (same or alike or may_see(account, twin)):
        raise Http404
    return twin


def may_see(account: Account, person: Person) -> bool:
    """Whether the account sees the people of this person's village."""
    return accounts.may(account, Permission.SEE_PEOPLE, person.place.scopes)


def may_edit(account: Account, person: Person) -> bool:
    """Whether the account keeps the records of this person's village."""
    return accounts.may(account, Permission.EDIT_PEOPLE, person.place.scopes)


def decision_for(account: Account, key: str) -> DuplicateDecision:
    """A merge, for someone who keeps the records of the village whose entry ended, or 404."""
    decision = get_object_or_404(
        DuplicateDecision.objects.select_related("person__place__parent", "other__place__parent"),
        key=key,
        verdict="same",
    )
    accounts.require(account, Permission.EDIT_PEOPLE, decision.person.place.scopes)
    return decision


def claim_for(account: Account, key: str, *, of_asking_village: bool = False) -> Claim:
    """A claim, for someone who keeps the records of the village that answers it (or of the one that asks), or 404."""
    claim = get_object_or_404(
        Claim.objects.select_related("person__place", "claimed_for__parent", "held_by__parent"), key=key
    )
    place = claim.claimed_for if of_asking_village else claim.held_by
    accounts.require(account, Permission.EDIT_PEOPLE, place.scopes)
    return claim


def request_for(account: Account, key: str) -> CorrectionRequest:
    """A request to correct, for someone who keeps the records of the village, or 404."""
    asked = get_object_or_404(CorrectionRequest.objects.select_related("person__place__parent"), key=key)
    accounts.require(account, Permission.EDIT_PEOPLE, asked.person.place.scopes)
    return asked


def household_for(account: Account, key: str, permission: Permission) -> Household:
    """The household, for someone with the permission over the village, or 404."""
    household = get_object_or_404(Household.objects.select_related("place__parent"), key=key)
    accounts.require(account, permission, household.place.scopes)
    return household
