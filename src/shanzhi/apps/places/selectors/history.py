"""What became of places: who had a code, what a place was called on a day, what followed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from shanzhi.apps.places.access import known
from shanzhi.apps.places.models import FormerDesignation, Place, PlaceChange, Succession
from shanzhi.apps.places.selectors.divisions import lineages
from shanzhi.core import divisions

__all__ = [
    "Designation", "Fate", "begun_on", "changes", "changes_of", "ended_scopes", "fate", "former_names", "history",
    "known", "standing_on", "stands",
]  # fmt: skip
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Designation:
    """A place as it was called for a time. `until` is the last day; None: it is called so today."""

    place: Place
    code: str
    name: str
    kind: str
    township: str
    since: date
    until: date | None
    change: PlaceChange | None = None  # what ended it

    @property
    def full_name(self) -> str:
        """The name with its township before it."""
        return f"{self.township}{self.name}" if self.kind in {"village", "community"} else self.name

    @property
    def rank(self) -> str:
        """Street, town, township, village, community: as the code says (REG-02, REG-03)."""
        return divisions.rank(self.code)


@dataclass(frozen=True, slots=True)
class Fate:
    """What an address with a code leads to, and what a reader has to be told."""

    place: Place
    was: FormerDesignation | None  # the code is one that the place had before
    change: PlaceChange | None  # what ended the code, or the place
    after: tuple[Place, ...]  # what follows a place that has ended
    before: tuple[Place, ...]  # what a place was made of


def fate(place: Place, code: str) -> Fate:
    """What to say beside the place that `code` led to."""
    code = divisions.padded(code)
    was = None
    if place.code != code:
        was = place.former.filter(code=code).select_related("change", "parent").order_by("-until").first()
    after = list(
        Succession.objects.filter(before=place)
        .select_related("after__parent", "change")
        .order_by("after__code")
    )
    before = Succession.objects.filter(after=place).select_related("before__parent").order_by("before__code")
    ended = place.changes.order_by("-pk").first() if place.valid_until else None
    return Fate(
        place, was, was.change if was else ended, tuple(each.after for each in after),
        tuple(each.before for each in before),
    )  # fmt: skip


def begun_on(place: Place) -> date:
    """Since when a place is called as it is today."""
    last = place.former.order_by("-until").first()
    return last.until + DAY if last else place.valid_from


def history(place: Place) -> list[Designation]:
    """All that a place was called, the newest first; its township by the name that it had then."""
    former = list(place.former.select_related("parent", "change").order_by("-until"))
    since = former[0].until + DAY if former else place.valid_from
    ended = place.changes.order_by("-pk").first() if place.valid_until else None
    return [
        _as_is(place, name_on(place.parent, place.valid_until), since, ended),
        *(_as_was(place, each, name_on(each.parent, each.until)) for each in former),
    ]


def name_on(place: Place | None, day: date | None) -> str:
    """What a place was called on a day; without a day, what it is called."""
    if place is None:
        return ""
    then = place.former.filter(since__lte=day, until__gte=day).first() if day else None
    return then.name if then else place.name


def _as_is(place: Place, township: str, since: date, change: PlaceChange | None = None) -> Designation:
    return Designation(place, place.code, place.name, place.kind, township, since, place.valid_until, change)


def _as_was(place: Place, then: FormerDesignation, township: str) -> Designation:
    return Designation(place, then.code, then.name, then.kind, township, then.since, then.until, then.change)


def standing_on(day: date, *, query: str = "") -> list[Designation]:
    """Every place as it was called on a day, in the order of the codes of that day."""
    stood = Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))
    former = FormerDesignation.objects.filter(since__lte=day, until__gte=day).select_related("change")
    then = {each.place_id: each for each in former}
    places = {place.pk: place for place in Place.objects.filter(stood)}

    def township(pk: int | None) -> str:
        called = then.get(pk) or places.get(pk)
        return called.name if called else ""

    found = [
        _as_was(place, then[pk], township(then[pk].parent_id))
        if pk in then
        else _as_is(place, township(place.parent_id), place.valid_from)
        for pk, place in places.items()
    ]
    if query:
        found = [each for each in found if query in each.full_name or each.code.startswith(query)]
    return sorted(found, key=lambda each: each.code)


def changes(limit: int = 20) -> QuerySet[PlaceChange]:
    """The newest changes of the county, with the places that they touched."""
    return PlaceChange.objects.prefetch_related("places__parent")[:limit]


def changes_of(place: Place) -> QuerySet[PlaceChange]:
    """What happened to a place, the newest first."""
    return place.changes.prefetch_related("places__parent").order_by("-on", "-pk")


def former_names(query: str, limit: int = 20) -> list[Fate]:
    """Places that were called so once, or have ended: whoever looks for the old name finds what became of it."""
    if not query:
        return []
    ended = (
        Place.objects.filter(name__contains=query).exclude(valid_until=None).select_related("parent")[:limit]
    )
    former = FormerDesignation.objects.filter(name__contains=query).select_related("place__parent")[:limit]
    villages = {Place.Kind.VILLAGE, Place.Kind.COMMUNITY}
    found = [fate(place, place.code) for place in ended if place.kind in villages]
    return found + [
        fate(each.place, each.code)
        for each in former
        if each.kind in villages and query not in each.place.name
    ]


def stands(pk: int) -> bool:
    """Whether the place has not ended."""
    return Place.objects.filter(pk=pk, valid_until=None).exists()


def ended_scopes(scopes: Iterable[int]) -> list[int]:
    """Ids of the ended places under these: what was granted over them can still be looked after."""
    return list(Place.objects.filter(lineages(scopes)).exclude(valid_until=None).values_list("pk", flat=True))
