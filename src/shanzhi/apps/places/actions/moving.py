"""Households and people go to another village in bulk; where each was, and under which number, is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import F

from shanzhi.apps.places.models import (
    FormerHousehold,
    Group,
    Hamlet,
    Household,
    Person,
    Place,
    PlaceChange,
)

BATCH = 500
LONGEST_GROUP = 30
DAY = timedelta(days=1)


def join(ending: Sequence[Place], target: Place, change: PlaceChange) -> dict[str, str]:
    """Bring the households, people, groups and hamlets of villages that end into another: full name -> prefix put on."""
    numbers = set(Household.objects.filter(place=target).values_list("number", flat=True))
    groups = _names(target)
    prefixes: dict[str, str] = {}
    for village in ending:
        households = list(Household.objects.filter(place=village))
        prefix = _prefix(village, households, numbers)
        renamed = _renamed_groups(village, groups)
        _write_former(households, change)
        for each in households:
            each.place, each.number = target, prefix + each.number
            each.group = renamed.get(each.group, each.group)
        Household.objects.bulk_update(households, ["place", "number", "group"], batch_size=BATCH)
        _move_people(village, target)
        _move_below(village, target, renamed, change)
        numbers |= {each.number for each in households}
        groups |= set(renamed.values())
        if prefix:
            prefixes[village.full_name] = prefix
    return prefixes


def part(village: Place, shares: Mapping[str, Place], change: PlaceChange) -> int:
    """Send the households of a village to the places that take their groups; how many went. "" takes all the others."""
    moved = 0
    for group, target in shares.items():
        households = Household.objects.filter(place=village)
        mine = (
            households.filter(group=group)
            if group
            else households.exclude(group__in=[each for each in shares if each])
        )
        rows = list(mine)
        ids = [each.pk for each in rows]
        _write_former(rows, change)
        for at in range(0, len(ids), BATCH):
            some = ids[at : at + BATCH]
            Household.objects.filter(pk__in=some).update(place=target)
            Person.objects.filter(household__in=some).update(place=target, version=F("version") + 1)
        _move_group(village, target, group, change)
        moved += len(rows)
    _move_hamlets(village)
    return moved


def _prefix(village: Place, households: Sequence[Household], taken: set[str]) -> str:
    """What stands before the numbers of a village: nothing while none is taken, else as much of its code as it needs."""
    own = {each.number for each in households}
    for prefix in ("", f"{village.code[9:]}-", f"{village.code[6:]}-"):
        if taken.isdisjoint(prefix + number for number in own):
            return prefix
    return f"{village.code}-"


def _names(place: Place) -> set[str]:
    """The villager groups of a place: rows, and what its households write."""
    named = Household.objects.filter(place=place).exclude(group="").values_list("group", flat=True).distinct()
    return set(named) | set(Group.objects.filter(place=place, until=None).values_list("name", flat=True))


def _renamed_groups(village: Place, taken: set[str]) -> dict[str, str]:
    """Group -> its name in the new village: as it was while none is taken, else with the village's name in front."""
    own = _names(village)
    if own.isdisjoint(taken):
        return {name: name for name in own}
    for front in (
        village.short_name,
        f"{village.code[9:]}-",
        f"{village.code[6:]}-",
        f"{village.code}-",
    ):
        renamed = {name: front + name for name in own}
        if taken.isdisjoint(renamed.values()) and max(map(len, renamed.values())) <= LONGEST_GROUP:
            return renamed
    return {name: name for name in own}  # names so long that nothing fits before them: the groups become one


def _write_former(households: Iterable[Household], change: PlaceChange) -> None:
    FormerHousehold.objects.bulk_create(
        [
            FormerHousehold(
                household=each, change=change, place_id=each.place_id, number=each.number, group=each.group,
                until=change.on - DAY,
            )
            for each in households
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _move_people(village: Place, target: Place) -> None:
    """Everyone of the village, those who have left too: their entries stay with their households."""
    Person.objects.filter(place=village).update(place=target, version=F("version") + 1)


def _move_below(village: Place, target: Place, renamed: Mapping[str, str], change: PlaceChange) -> None:
    """Hamlets go along with their points; groups end with the village and begin anew in the other, under their new name."""
    taken = set(Hamlet.objects.filter(place=target, until=None).values_list("name", flat=True))
    for hamlet in Hamlet.objects.filter(place=village, until=None):
        hamlet.name = hamlet.name if hamlet.name not in taken else f"{village.short_name}{hamlet.name}"[:40]
        hamlet.place = target
        hamlet.save()
    there = set(Group.objects.filter(place=target, until=None).values_list("name", flat=True))
    standing = {each.name: each for each in Group.objects.filter(place=village, until=None)}
    Group.objects.filter(place=village, until=None).update(until=change.on - DAY)
    Group.objects.bulk_create(
        Group(
            place=target, name=new, hamlet=standing[old].hamlet if old in standing else None, since=change.on
        )
        for old, new in sorted(renamed.items())
        if new not in there
    )


def _move_group(village: Place, target: Place, name: str, change: PlaceChange) -> None:
    """One group ends in the village that is split and begins in the new one; "" means all that still stand."""
    standing = Group.objects.filter(place=village, until=None)
    mine = list(standing.filter(name=name) if name else standing)
    ended = [each.pk for each in mine if each.since < change.on]
    Group.objects.filter(pk__in=ended).update(until=change.on - DAY)
    Group.objects.bulk_create(
        Group(place=target, name=each.name, hamlet=each.hamlet, since=change.on)
        for each in mine
        if each.pk in ended
    )
    Group.objects.filter(pk__in=[each.pk for each in mine if each.pk not in ended]).update(place=target)


def _move_hamlets(village: Place) -> None:
    """A hamlet goes where most of its households or groups went; one that nobody lives in stays."""
    for hamlet in Hamlet.objects.filter(place=village, until=None):
        went = Counter(Household.objects.filter(hamlet=hamlet).values_list("place", flat=True))
        went += Counter(Group.objects.filter(hamlet=hamlet, until=None).values_list("place", flat=True))
        if went and (to := went.most_common(1)[0][0]) != village.pk:
            Hamlet.objects.filter(pk=hamlet.pk).update(place=to)
