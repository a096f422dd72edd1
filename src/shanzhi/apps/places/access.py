"""The one door to places and people: fetched with permission, or they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.places.models import Household, Person, Place, RosterImport

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account
    from shanzhi.apps.accounts.roles import Permission


def place_for(account: Account, code: str, permission: Permission) -> Place:
    """The living place with this code, for someone with the permission over it, or 404."""
    place = get_object_or_404(Place.objects.select_related("parent"), code=code, valid_until=None)
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
