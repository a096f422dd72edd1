"""Requests to correct with their clock, and who is to be forgotten by the county's own keeping times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shanzhi.apps.places.models import CorrectionRequest, LocalSetting, Person, Place
from shanzhi.apps.places.selectors import rooms
from shanzhi.apps.places.selectors.county import settings_on
from shanzhi.apps.places.selectors.divisions import lineages

CORRECTION_DAYS = 15  # the Law says "promptly"; a county may set its own number of days
KEPT_YEARS = {
    "moved": "keep_moved",
    "died": "keep_died",
    "wrong": "keep_wrong",
}  # what happened -> local setting
BATCH = 400


def correction_days(place: Place, day: date) -> int:
    """Within how many days a request is decided."""
    return int(settings_on(place, day).get("correction_days", CORRECTION_DAYS))


def requests(scopes: Iterable[int], *, all_of_them: bool = False) -> QuerySet[CorrectionRequest]:
    """Requests about people under the scopes, what is due first first; decided ones only when asked for."""
    found = CorrectionRequest.objects.filter(
        person__place__in=Place.objects.filter(lineages(scopes)).values("pk")
    )
    if not all_of_them:
        found = found.filter(verdict="")
    return found.select_related("person__place__parent").order_by("decided_on", "decide_by", "pk")


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose keeping time is over: since when, by which document."""

    person: Person
    since: date
    issuer: str
    document: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How long entries are kept after what happened, and who said so."""

    left: str
    place: Place
    years: int
    issuer: str
    document: str
    since: date


def keeping_rules(today: date) -> list[Rule]:
    """The keeping times in force, of every place that set one."""
    kinds = {key: left for left, key in KEPT_YEARS.items()}
    rows = (
        LocalSetting.objects.filter(key__in=kinds, since__lte=today)
        .select_related("place__parent")
        .order_by("since")
    )
    newest = {(row.place_id, row.key): row for row in rows}
    return [
        Rule(kinds[row.key], row.place, int(row.value), row.issuer, row.document, row.since)
        for row in newest.values()
        if row.value is not None
    ]


def due_to_be_forgotten(scopes: Iterable[int], *, today: date) -> list[Due]:
    """Entries under the scopes that may be made anonymous: time over, and no room's records need them.

    Without a keeping time nothing is due. The nearest place that set one wins.
    """
    rules = keeping_rules(today)
    if not rules:
        return []
    gone = Person.objects.filter(
        place__in=Place.objects.filter(lineages(scopes)).values("pk"),
        left__in=list(KEPT_YEARS),
        forgotten_on=None,
    ).select_related("place__parent", "household")
    over = [due for person in gone.order_by("left_on", "pk") if (due := _due(person, rules, today))]
    needed = _needed([each.person.pk for each in over])
    return [each for each in over if each.person.pk not in needed]


def is_due(person: Person, *, today: date) -> bool:
    """Whether this entry may be made anonymous today."""
    over = person.forgotten_on is None and _due(person, keeping_rules(today), today) is not None
    return over and not _needed([person.pk])


def _due(person: Person, rules: list[Rule], today: date) -> Due | None:
    fitting = [rule for rule in rules if rule.left == person.left and rule.place.pk in person.place.scopes]
    if not fitting or person.left_on is None:
        return None
    rule = max(fitting, key=lambda each: len(each.place.lineage))
    since = _years_after(person.left_on, rule.years)
    return Due(person, since, rule.issuer, rule.document) if since <= today else None


def _needed(ids: list[int]) -> set[int]:
    """Whom a vote, a post, a payment, or an open request needs; with the entries that were merged into them."""
    needed: set[int] = set()
    for at in range(0, len(ids), BATCH):
        part = ids[at : at + BATCH]
        merged = dict(Person.objects.filter(merged_into__in=part).values_list("pk", "merged_into_id"))
        needed |= {merged.get(pk, pk) for pk in rooms.kept([*part, *merged])}
        asked = CorrectionRequest.objects.filter(Q(person__in=part), verdict="")
        needed |= set(asked.values_list("person_id", flat=True))
    return needed


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
