"""Several villages become one, or one becomes several. People and households go along, and where they were is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions import moving
from shanzhi.apps.places.actions.county import new_place
from shanzhi.apps.places.actions.designations import (
    Paper,
    checked_code,
    close_change,
    end,
    hold,
    make_change,
    refuse_name_taken,
    refuse_under_way,
)
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Group, Household, Place, PlaceChange, Succession
from shanzhi.apps.places.selectors import impact
from shanzhi.core import divisions

MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A village that a split makes: its code, its name, and the villager groups that belong to it."""

    code: str
    name: str
    groups: frozenset[str]


@transaction.atomic
def merge(
    *, villages: Sequence[Place], into: Place | None = None, name: str = "", code: str = "", paper: Paper, today: date,
    by: str,
) -> PlaceChange:  # fmt: skip
    """Merge villages: into one of them, which goes on under its code, or into a new village with a name and a code.

    Where two of them have a household number or a villager group in common, those of the village that goes on (of a
    new village: of the one with the lowest code) stay as they are, and all numbers of the other get the end of its old
    code in front (202-0001), all its groups its old name.
    """
    paper.check(today)
    held = [hold(each) for each in sorted(villages, key=lambda each: each.pk)]
    _check_merge(held, into)
    lapsed = refuse_under_way(held)
    change = make_change(PlaceChange.Kind.MERGED, paper, by)
    target = next((each for each in held if into and each.pk == into.pk), None)
    ending = sorted((each for each in held if each is not target), key=lambda each: each.code)
    counts = impact.counts([each.pk for each in ending])
    made = target or _new_village(code, name, [each.parent_id for each in held], paper.on)
    for each in ending:
        end(each, change, [made])
    prefixes = moving.join(ending, made, change)
    change.places.add(made)
    joined = list(change.facts.get("ended_grants", []))
    close_change(change, [made, *ending], lapsed=lapsed, prefixes=prefixes, ended_grants=joined, **counts)
    return change


def _check_merge(held: Sequence[Place], into: Place | None) -> None:
    if len({each.pk for each in held}) < 2:
        raise Wrong("villages", _("Choose at least two villages."))
    if any(not each.is_village for each in held):
        raise Wrong("villages", _("Only villages and communities are merged here."))
    if into is not None and into.pk not in {each.pk for each in held}:
        raise Wrong("into", _("The village that goes on has to be one of those that are merged."))


def _new_village(code: str, name: str, townships: Iterable[int | None], on: date) -> Place:
    code = checked_code(code)
    if divisions.level(code) != "village":
        raise Wrong("code", _("A village's code ends in three digits other than 000, a township's in 000."))
    parent = selectors.by_code(divisions.above(code))
    if parent is None or parent.pk not in set(townships):
        raise Wrong("code", _("The new code lies in another township than the villages."))
    refuse_name_taken(name, parent)
    return new_place(code, name.strip(), parent, on)


@transaction.atomic
def split(
    *, village: Place, parts: Sequence[Part], keeps: bool, paper: Paper, today: date, by: str
) -> PlaceChange:
    """Split a village by its villager groups. `keeps`: it goes on itself with the groups that no part takes.

    When it does not go on, households without a group, and those of groups that nobody named, go to the first part.
    """
    paper.check(today)
    village = hold(village)
    _check_split(village, parts, keeps=keeps)
    lapsed = refuse_under_way([village])
    counts = impact.counts([village.pk])
    change = make_change(PlaceChange.Kind.SPLIT, paper, by)
    made = [_new_village(each.code, each.name, [village.parent_id], paper.on) for each in parts]
    shares = _shares(parts, made, keeps=keeps)
    moved = moving.part(village, shares, change)
    if keeps:
        change.places.add(village, *made)
        Succession.objects.bulk_create(
            [Succession(change=change, before=village, after=each) for each in made]
        )
    else:
        end(village, change, made)
    counts["households"] = moved
    close_change(change, [village, *made], lapsed=lapsed, **counts)
    return change


def _check_split(village: Place, parts: Sequence[Part], *, keeps: bool) -> None:
    if not village.is_village:
        raise Refused(_("Only villages and communities are split here."))
    least = 1 if keeps else 2
    if not least <= len(parts) <= MOST_PARTS:
        raise Wrong("parts", _("Name at least {least} and at most {most} new villages.").format(
            least=least, most=MOST_PARTS))  # fmt: skip
    named = [each.name.strip() for each in parts]
    if len(set(named)) < len(named) or len({each.code for each in parts}) < len(parts):
        raise Wrong("parts", _("Each new village needs a name and a code of its own."))
    taken = [group for each in parts for group in each.groups]
    if len(set(taken)) < len(taken):
        raise Wrong("parts", _("A villager group cannot go to two villages."))
    groups = set(Group.objects.filter(place=village, until=None).values_list("name", flat=True))
    groups |= set(Household.objects.filter(place=village).exclude(group="").values_list("group", flat=True))
    if unknown := set(taken) - groups:
        raise Wrong("parts", _("{village} has no villager group “{group}”.").format(
            village=village.full_name, group=min(unknown)))  # fmt: skip
    if any(not each.groups for each in (parts if keeps else parts[1:])):
        raise Wrong("parts", _("Say for each new village which villager groups belong to it."))


def _shares(parts: Sequence[Part], made: Sequence[Place], *, keeps: bool) -> Mapping[str, Place]:
    """Group name -> the village that takes it; the empty name stands for all that nobody named."""
    shares = {group: place for part, place in zip(parts, made, strict=True) for group in part.groups}
    return shares if keeps else shares | {"": made[0]}
