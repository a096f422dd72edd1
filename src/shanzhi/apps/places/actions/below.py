"""Villager groups, hamlets and points below a village. A group ends and is never deleted, as a village is."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places.actions.people import hold_place
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Group, Hamlet, Household, Place
from shanzhi.apps.places.selectors import maps
from shanzhi.apps.record import actions as record
from shanzhi.core.geo import Point, Unusable, read_point, to_wgs84
from shanzhi.core.geo.point import Fault


@transaction.atomic
def open_group(*, place: Place, name: str, hamlet: Hamlet | None = None, since: date, by: str) -> Group:
    """Enter a villager group. The same name twice is one group; households that carry the name belong to it."""
    name = _named(name)
    hold_place(place.pk)
    held = Group.objects.filter(place=place, name=name, until=None).first()
    if held:
        return held
    made = Group.objects.create(place=place, name=name, hamlet=_of(place, hamlet), since=since)
    _write(by, "places.group_opened", f"group:{made.key}", place)
    return made


@transaction.atomic
def change_group(*, group: Group, name: str, hamlet: Hamlet | None = None, by: str) -> Group:
    """Another name, which its households then carry too, or another hamlet."""
    name = _named(name)
    hold_place(group.place_id)
    held = Group.objects.select_related("place").get(pk=group.pk)
    if (held.name, held.hamlet) == (name, hamlet):
        return held
    carried = Household.objects.filter(place=held.place, group=held.name)
    if name != held.name and (
        Group.objects.filter(place=held.place, name=name, until=None).exists()
        or Household.objects.filter(place=held.place, group=name).exists()
    ):
        raise Wrong("name", _("The village has a group of this name already."))
    renamed = carried.update(group=name) if name != held.name else 0
    held.name, held.hamlet = name, _of(held.place, hamlet)
    held.save()
    _write(by, "places.group_changed", f"group:{held.key}", held.place, households=renamed)
    return held


@transaction.atomic
def end_group(*, group: Group, on: date, by: str) -> Group:
    """A group ends. Refused while households carry its name: they would belong to nothing."""
    hold_place(group.place_id)
    held = Group.objects.select_related("place").get(pk=group.pk)
    if held.until:
        return held
    if number := Household.objects.filter(place=held.place, group=held.name).count():
        raise Refused(
            _("{number} households are in this group. Put them into another one first.").format(number=number)
        )
    held.until = max(on, held.since)
    held.save()
    _write(by, "places.group_ended", f"group:{held.key}", held.place)
    return held


@transaction.atomic
def open_hamlet(*, place: Place, name: str, point: Point | None = None, since: date, by: str) -> Hamlet:
    """Enter a hamlet, with its point if that is known. The same name twice is one hamlet."""
    name = _named(name)
    hold_place(place.pk)
    held = Hamlet.objects.filter(place=place, name=name, until=None).first()
    if held:
        return held
    made = Hamlet(place=place, name=name, since=since)
    _put(made, point)
    made.save()
    _write(by, "places.hamlet_opened", f"hamlet:{made.key}", place)
    return made


@transaction.atomic
def change_hamlet(*, hamlet: Hamlet, name: str, point: Point | None, by: str) -> Hamlet:
    """Another name or another point; without a point it lies on no map."""
    hold_place(hamlet.place_id)
    held = Hamlet.objects.select_related("place").get(pk=hamlet.pk)
    if (held.name, held.point) == (_named(name), point.rounded() if point else None):
        return held
    held.name = _named(name)
    _put(held, point)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise Wrong("name", _("The village has a hamlet of this name already.")) from None
    _write(by, "places.hamlet_changed", f"hamlet:{held.key}", held.place)
    return held


@transaction.atomic
def end_hamlet(*, hamlet: Hamlet, on: date, by: str) -> Hamlet:
    """A hamlet is given up. Refused while households or groups lie in it."""
    hold_place(hamlet.place_id)
    held = Hamlet.objects.select_related("place").get(pk=hamlet.pk)
    if held.until:
        return held
    if held.households.exists() or held.groups.filter(until=None).exists():
        raise Refused(_("Households or groups lie in this hamlet. Put them elsewhere first."))
    held.until = max(on, held.since)
    held.save()
    _write(by, "places.hamlet_ended", f"hamlet:{held.key}", held.place)
    return held


@transaction.atomic
def point_household(
    *, household: Household, point: Point | None, hamlet: Hamlet | None = None, by: str
) -> Household:
    """Put a household on the map, or take it off."""
    held = (
        Household.objects.select_for_update(of=("self",), no_key=True)
        .select_related("place")
        .get(pk=household.pk)
    )
    if (held.point, held.hamlet) == (point.rounded() if point else None, hamlet):
        return held
    held.hamlet = _of(held.place, hamlet)
    _put(held, point)
    held.save()
    _write(by, "places.household_pointed", f"household:{held.key}", held.place)
    return held


def point_of(longitude: str, latitude: str, datum: str) -> Point | None:
    """Two numbers as they were typed, in WGS-84 and inside the county; None when both are empty. Raises Wrong."""
    if not longitude.strip() and not latitude.strip():
        return None
    try:
        return maps.extent().check(to_wgs84(read_point(longitude, latitude), datum)).rounded()
    except Unusable as bad:
        raise Wrong("longitude", _FAULTS(bad.fault)) from None


def _FAULTS(fault: Fault) -> str:  # noqa: N802 - words of a fault, made when the language is known
    extent = maps.extent()
    return {
        Fault.SHAPE: _("Write both numbers in degrees with decimals, such as 111.1812 and 36.9822."),
        Fault.SWAPPED: _("The two numbers are the wrong way round: the longitude is the larger one here."),
        Fault.OUTSIDE: _("This point lies outside the county: {west} to {east} east, {south} to {north} north.").format(
            west=extent.west, east=extent.east, south=extent.south, north=extent.north),
    }[fault]  # fmt: skip


def _put(row: Hamlet | Household, point: Point | None) -> None:
    plain = point.rounded() if point else None
    row.longitude = f"{plain.longitude:.6f}" if plain else None
    row.latitude = f"{plain.latitude:.6f}" if plain else None


def _named(name: str) -> str:
    if not name.strip():
        raise Wrong("name", _("The name is missing."))
    return name.strip()


def _of(place: Place, hamlet: Hamlet | None) -> Hamlet | None:
    if hamlet is not None and hamlet.place_id != place.pk:
        raise Wrong("hamlet", _("This hamlet lies in another village."))
    return hamlet


def _write(by: str, act: str, subject: str, place: Place, **facts: object) -> None:
    record.write(by=by, act=act, subject=subject, scope=place.pk, **facts)
