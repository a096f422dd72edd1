"""What lower rooms need of higher ones: they name it in the settings, and here it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse


def place_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of places by their ids, of those that have ended too."""
    from shanzhi.apps.places.models import Place

    return {
        each.pk: each.full_name for each in Place.objects.filter(pk__in=list(ids)).select_related("parent")
    }


def under_way(places: Iterable[int], *, lock: bool = False) -> list[tuple[int, str, bool]]:
    """What is under way in these places, in words, and whether it keeps them from being merged, split or dissolved."""
    from shanzhi.apps.elections.selectors.under_way import under_way as elections

    return elections(places, lock=lock)


def place_standing(ids: Iterable[int]) -> dict[int, tuple[str, frozenset[int]]]:
    """The kind of each living place among these, and the ids of itself and everything above it."""
    from shanzhi.apps.places.models import Place

    return {
        place.pk: (place.kind, place.scopes)
        for place in Place.objects.filter(pk__in=list(ids), valid_until=None)
    }


def subject_names(account: Any, subjects: Iterable[str]) -> dict[str, str]:
    """Names of the people and places that events are about, of those that this account may see today."""
    from shanzhi.apps.accounts import access
    from shanzhi.apps.accounts.roles import Permission
    from shanzhi.apps.places import selectors
    from shanzhi.apps.places.models import Person, Place

    keys = {subject.partition(":")[2] for subject in subjects if subject.startswith("person:")}
    codes = {subject.partition(":")[2] for subject in subjects if subject.startswith("place:")}
    open_to = Place.objects.filter(selectors.lineages(access.scopes_with(account, Permission.SEE_PEOPLE)))
    people = Person.objects.filter(key__in=keys, place__in=open_to)
    return {f"person:{key}": name for key, name in people.values_list("key", "name")} | {
        f"place:{code}": name
        for code, name in Place.objects.filter(code__in=codes).values_list("code", "name")
    }


def places_called(asked: str) -> set[int]:
    """Ids of the places with this name, or part of it, or this code, and of all beneath them."""
    from django.db.models import Q

    from shanzhi.apps.places.models import Place

    called = Place.objects.filter(Q(code=asked) | Q(name__contains=asked)).values_list("lineage", flat=True)
    beneath = Q(pk__in=[])
    for lineage in list(called)[:200]:
        beneath |= Q(lineage__startswith=lineage)
    return set(Place.objects.filter(beneath).values_list("pk", flat=True))


def audit_scopes(account: Any) -> set[int | None]:
    """Places whose events an account may read: those under its grants. Events of no place, with a whole county."""
    from shanzhi.apps.accounts import access
    from shanzhi.apps.accounts.roles import Permission
    from shanzhi.apps.places import selectors
    from shanzhi.apps.places.models import Place

    held = Place.objects.filter(selectors.lineages(access.scopes_with(account, Permission.READ_AUDIT)))
    found: dict[int | None, str] = dict(held.values_list("pk", "kind"))
    return set(found) | ({None} if Place.Kind.COUNTY in found.values() else set())


def actor_names(keys: Iterable[str]) -> dict[str, str]:
    """Names of accounts by their keys, for readers of the audit trail."""
    from shanzhi.apps.accounts.models import Account

    return dict(Account.objects.filter(key__in=list(keys)).values_list("key", "name"))


def actor_keys(name: str) -> list[str]:
    """Keys of the accounts with this name or sign-in name."""
    from django.db.models import Q

    from shanzhi.apps.accounts.models import Account

    return list(Account.objects.filter(Q(name=name) | Q(username=name)).values_list("key", flat=True))


def county() -> tuple[str, str, int] | None:
    """Code, name and id of the county of this installation, or None while it is empty."""
    from shanzhi.apps.places import selectors

    place = selectors.county()
    return (place.code, place.name, place.pk) if place else None


def person_rooms() -> list[Any]:
    """The rooms that hold something of people, for the ground floor: printouts, merging, deletion."""
    from shanzhi.apps.elections.selectors import persons

    return [persons]


def scope(*, code: str = "", pk: int | None = None) -> Any:
    """The living place with this code, or the place with this id, for rooms below places; None when there is none."""
    from shanzhi.apps.places.models import Place
    from shanzhi.apps.tables.declared import Scope

    at = {Place.Kind.VILLAGE, Place.Kind.COMMUNITY}
    asked = {"pk": pk} if pk is not None else {"code": code, "valid_until": None}
    place = Place.objects.select_related("parent").filter(**asked).first()
    if place is None:
        return None
    page = reverse("places:village", args=[place.code]) if place.kind in at else reverse("places:places")
    return Scope(place.pk, place.code, place.full_name, place.scopes, page)
