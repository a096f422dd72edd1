"""Places: the county, its townships and villages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places.models import Place

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account


def county() -> Place | None:
    """The county of this installation, or None while it is empty."""
    return Place.objects.filter(kind=Place.Kind.COUNTY, valid_until=None).first()


def by_code(code: str) -> Place | None:
    """The living place with this code."""
    return Place.objects.select_related("parent").filter(code=code, valid_until=None).first()


def townships() -> QuerySet[Place]:
    """The living townships."""
    return Place.objects.filter(kind=Place.Kind.TOWNSHIP, valid_until=None)


def villages_below(place: Place) -> QuerySet[Place]:
    """The living villages (not communities) of a place, itself included."""
    return Place.objects.filter(
        lineage__startswith=place.lineage, kind=Place.Kind.VILLAGE, valid_until=None
    ).select_related("parent")


def lineages(scopes: Iterable[int]) -> Q:
    """The condition "lies under one of these places", for a query on Place."""
    condition = Q(pk__in=[])
    for lineage in Place.objects.filter(pk__in=list(scopes)).values_list("lineage", flat=True):
        condition |= Q(lineage__startswith=lineage)
    return condition


def villages_under(scopes: Iterable[int]) -> QuerySet[Place]:
    """The living villages under any of these places, with their townships."""
    found = Place.objects.filter(lineages(scopes), kind=Place.Kind.VILLAGE, valid_until=None)
    return found.select_related("parent")


def communities_under(scopes: Iterable[int]) -> QuerySet[Place]:
    """The living communities under any of these places, with their townships: they elect no villagers' committee."""
    found = Place.objects.filter(lineages(scopes), kind=Place.Kind.COMMUNITY, valid_until=None)
    return found.select_related("parent")


def townships_under(scopes: Iterable[int]) -> QuerySet[Place]:
    """The living townships under any of these places."""
    return Place.objects.filter(lineages(scopes), kind=Place.Kind.TOWNSHIP, valid_until=None)


def tree(query: str = "") -> list[tuple[Place, list[Place]]]:
    """Townships with their villages and communities; with a query, only those whose name holds it."""
    living = Place.objects.filter(valid_until=None).select_related("parent")
    below: dict[int, list[Place]] = {}
    for place in living.filter(kind__in=[Place.Kind.VILLAGE, Place.Kind.COMMUNITY], name__contains=query):
        below.setdefault(place.parent_id or 0, []).append(place)
    found = [(township, below.get(township.pk, [])) for township in townships()]
    return [(township, villages) for township, villages in found if villages or not query]


def other_places(place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """The other villages and communities of the county, by township, as choices."""
    chosen = [(township.name, villages) for township, villages in tree()]
    return [
        (name, [(each.code, each.full_name) for each in villages if each.pk != place.pk])
        for name, villages in chosen
    ]


def scope_names(account: Account) -> list[tuple[int, str]]:
    """The places over which an account may grant roles, as choices: indented by level."""
    depth = {"county": "", "township": "　", "village": "　　", "community": "　　"}
    held = lineages(accounts.scopes_with(account, Permission.MANAGE_ACCOUNTS))
    places = Place.objects.filter(held, valid_until=None).select_related("parent")
    return [(place.pk, f"{depth[place.kind]}{place.full_name}") for place in places]
