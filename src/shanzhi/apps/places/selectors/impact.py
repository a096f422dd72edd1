"""What hangs on places: asked before they change. The rooms above say what they hold through `settings.PLACE_HOLDS`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from shanzhi.apps.accounts import selectors as accounts
from shanzhi.apps.places.models import Claim, Household, LocalSetting, Person, Place
from shanzhi.apps.tables import selectors as tables


@dataclass(frozen=True, slots=True)
class Hold:
    """Something of a higher room that is under way in a place: in words, and whether the place must wait for it."""

    place: int
    says: str
    blocks: bool


def holds(places: Iterable[int], *, lock: bool = False) -> list[Hold]:
    """What is under way in these places. `lock`: nothing of it can begin or go on until the transaction ends."""
    return [Hold(*each) for each in import_string(settings.PLACE_HOLDS)(list(places), lock=lock)]


def waiting_rosters(places: Iterable[int]) -> list[Place]:
    """The places for which a checked list waits to be written: for themselves, or as part of a township or county."""
    held = list(Place.objects.filter(pk__in=list(places)).select_related("parent"))
    waiting = tables.waiting_at({scope for place in held for scope in place.scopes})
    return [place for place in held if place.scopes & waiting]


def open_claims(places: Iterable[int]) -> bool:
    """Whether one of these villages waits for an answer about a person, or owes one."""
    ids = list(places)
    return Claim.objects.filter(Q(claimed_for__in=ids) | Q(held_by__in=ids), verdict="").exists()


def counts(places: Iterable[int]) -> dict[str, int]:
    """How much hangs on these places: living people, households, local settings."""
    ids = list(places)
    return {
        "people": Person.objects.filter(place__in=ids, left="").count(),
        "households": Household.objects.filter(place__in=ids).count(),
        "settings": LocalSetting.objects.filter(place__in=ids).count(),
    }


def grants_over(places: Iterable[int]) -> list[Any]:
    """What is granted over these very places today, in words: account, role, place."""
    return accounts.granted_over(places)


def grants(ids: Iterable[int]) -> list[Any]:
    """Grants by their ids, ended ones too, in words."""
    return accounts.grants_in_words(ids)
