"""What lies below a village: hamlets, villager groups, points of households."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from shanzhi.apps.places.models import Group, Hamlet, Household, Place


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A villager group with its number of households; `row` is None while only households carry its name."""

    name: str
    row: Group | None
    households: int


def groups_of(place: Place) -> list[GroupLine]:
    """The villager groups of a village: those that were entered, and those that so far only its households name."""
    carried = Household.objects.filter(place=place).exclude(group="").order_by()
    households = dict(carried.values_list("group").annotate(Count("pk")))
    rows = list(Group.objects.filter(place=place, until=None).select_related("hamlet"))
    entered = {row.name for row in rows}
    lines = [GroupLine(row.name, row, households.get(row.name, 0)) for row in rows]
    return lines + [GroupLine(name, None, households[name]) for name in sorted(households.keys() - entered)]


def group_names(place: Place) -> list[str]:
    """The names of a village's groups, as they are chosen from."""
    return [line.name for line in groups_of(place)]


def hamlets_of(place: Place) -> QuerySet[Hamlet]:
    """The hamlets of a village, with how many households lie in each."""
    living = Hamlet.objects.filter(place=place, until=None)
    return living.annotate(households_count=Count("households", filter=Q(households__place=place)))


def hamlets_under(place: Place) -> QuerySet[Hamlet]:
    """The hamlets of all living villages under a place, itself included."""
    found = Hamlet.objects.filter(
        place__lineage__startswith=place.lineage, place__valid_until=None, until=None
    )
    return found.select_related("place__parent")


def households_with_points(place: Place) -> QuerySet[Household]:
    """The households of a village that lie on the map and in which somebody is."""
    living = Household.objects.filter(place=place, people__left="").exclude(longitude=None).distinct()
    return living.select_related("hamlet")
