"""The one door to places and people: fetched with permission, or they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.places.models import FormerDesignation, Household, Person, Place, RosterImport
from shanzhi.core import divisions

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account
    from shanzhi.apps.accounts.roles import Permission


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
    person = get_object_or_404(Person.objects.select_related("place__parent", "household"), key=key)
    accounts.require(account, permission, person.place.scopes)
    return person


def household_for(account: Account, key: str, permission: Permission) -> Household:
    """The household, for someone with the permission over the village, or 404."""
    household = get_object_or_404(Household.objects.select_related("place__parent"), key=key)
    accounts.require(account, permission, household.place.scopes)
    return household


def import_for(account: Account, key: str, permission: Permission) -> RosterImport:
    """The import, for someone with the permission over the village, or 404."""
    roster = get_object_or_404(RosterImport.objects.select_related("place__parent"), key=key)
    accounts.require(account, permission, roster.place.scopes)
    return roster
