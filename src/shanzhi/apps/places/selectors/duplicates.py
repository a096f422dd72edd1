"""Entries that may be one person, found by rule; a person decides. And what villages claim of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Claim, DuplicateDecision, Person, Place
from shanzhi.apps.places.selectors.divisions import lineages
from shanzhi.apps.places.selectors.people import id_number
from shanzhi.core import identity
from shanzhi.core.cipher import Spoiled

AT_MOST = 300  # pairs on one page
BATCH = 400
ALIKE_AT_MOST = 6  # entries of one name and birth that are compared with each other
RULES: dict[str, str | Promise] = {
    "number": _("the same ID number"),
    "near_number": _("the same name and birth, and ID numbers one slip apart"),
    "no_number": _("the same name and birth, one without an ID number"),
    "name_birth": _("the same name and date of birth"),
    "without": _("no ID number on record, and the same name and year of birth"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person. `stays` is the one that would better stay; the rule says what speaks for it."""

    rule: str
    goes: Person
    stays: Person

    @property
    def says(self) -> str | Promise:
        """The rule in words."""
        return RULES[self.rule]


def duplicates(scopes: Iterable[int]) -> list[Pair]:
    """Pairs of which at least one entry lies under the scopes, the surest first; without those decided on."""
    within = set(Place.objects.filter(lineages(scopes)).values_list("pk", flat=True))
    decided = _decided()
    found: dict[frozenset[int], Pair] = {}
    for pair in (*_same_number(within), *_same_name_and_birth(within), *_without_number(within)):
        both = frozenset((pair.goes.pk, pair.stays.pk))
        if both not in decided and both not in found:
            found[both] = pair
    order = list(RULES)
    ranked = sorted(found.values(), key=lambda each: (order.index(each.rule), each.stays.pk))
    return ranked[:AT_MOST]


def pair_of(one: Person, other: Person) -> Pair:
    """Two entries side by side, whatever speaks for them."""
    if one.id_look_up and one.id_look_up == other.id_look_up:
        return _pair("number", one, other)
    same = (one.name, one.born) == (other.name, other.born)
    return _pair(_by_numbers(one, other) if same else "name_birth", one, other)


def without_number(scopes: Iterable[int]) -> QuerySet[Person]:
    """Living entries under the scopes that have no ID number."""
    found = Person.objects.filter(place__in=Place.objects.filter(lineages(scopes)), id_sealed=None, left="")
    return found.select_related("place__parent", "household")


def decisions_on(person: Person) -> QuerySet[DuplicateDecision]:
    """What was decided about this entry and others, newest first."""
    found = DuplicateDecision.objects.filter(Q(person=person) | Q(other=person))
    return found.select_related("person__place__parent", "other__place__parent").order_by("-pk")


def merges_of(person: Person) -> list[DuplicateDecision]:
    """Merges that hold and name this entry."""
    return list(decisions_on(person).filter(verdict=DuplicateDecision.Verdict.SAME, taken_back_on=None))


def _same_number(within: set[int]) -> Iterator[Pair]:
    several = _usable().exclude(id_look_up=None).order_by().values("id_look_up")
    twice = several.annotate(entries=Count("pk")).filter(entries__gt=1).values_list("id_look_up", flat=True)
    for group in _groups("id_look_up", list(twice)):
        for one, other in combinations(group[:ALIKE_AT_MOST], 2):
            if within & {one.place_id, other.place_id}:
                yield _pair("number", one, other)


def _same_name_and_birth(within: set[int]) -> Iterator[Pair]:
    several = _usable().order_by().values("name", "born").annotate(entries=Count("pk")).filter(entries__gt=1)
    twice = set(several.values_list("name", "born"))
    for group in _groups("name", sorted({name for name, _born in twice})):
        alike: dict[object, list[Person]] = defaultdict(list)
        for each in group:
            if (each.name, each.born) in twice:
                alike[each.born].append(each)
        for same in alike.values():
            for one, other in combinations(same[:ALIKE_AT_MOST], 2):
                differ = one.id_look_up is None or one.id_look_up != other.id_look_up
                if differ and (not one.left or not other.left) and within & {one.place_id, other.place_id}:
                    yield _pair(_by_numbers(one, other), one, other)


def _without_number(within: set[int]) -> Iterator[Pair]:
    lone = list(_usable().filter(id_sealed=None, left="", place__in=within)[:AT_MOST])
    names = sorted({each.name for each in lone})
    others: dict[tuple[str, int], list[Person]] = defaultdict(list)
    for group in _groups("name", names):
        for each in group:
            others[each.name, each.place_id].append(each)
    for one in lone:
        for other in others[one.name, one.place_id][:ALIKE_AT_MOST]:
            if other.pk != one.pk and other.born.year == one.born.year and other.born != one.born:
                yield _pair("without", one, other)


def _usable() -> QuerySet[Person]:
    """Entries that can be one person with another: not merged already, not entered by mistake, not anonymous."""
    out = [Person.Left.MERGED, Person.Left.WRONG]
    found = Person.objects.exclude(left__in=out).filter(forgotten_on=None)
    return found.select_related("place__parent", "household")


def _groups(column: str, values: list[str]) -> Iterator[list[Person]]:
    """The entries that share each of these values, some hundreds of values at a time."""
    for at in range(0, len(values), BATCH):
        groups: dict[str, list[Person]] = defaultdict(list)
        for each in _usable().filter(**{f"{column}__in": values[at : at + BATCH]}).order_by("pk"):
            groups[getattr(each, column)].append(each)
        yield from groups.values()


def _by_numbers(one: Person, other: Person) -> str:
    if one.id_sealed is None or other.id_sealed is None:
        return "no_number"
    try:
        near = identity.nearly_same(id_number(one), id_number(other))
    except Spoiled:
        near = False
    return "near_number" if near else "name_birth"


def _pair(rule: str, one: Person, other: Person) -> Pair:
    """Whoever is there stays before someone who left, a number before none, the older entry before the newer."""
    stays, goes = sorted((one, other), key=lambda each: (each.left != "", each.id_sealed is None, each.pk))
    return Pair(rule, goes, stays)


def _decided() -> set[frozenset[int]]:
    rows = DuplicateDecision.objects.filter(taken_back_on=None).values_list("person_id", "other_id")
    return {frozenset(pair) for pair in rows}


# Claims


def claims(scopes: Iterable[int]) -> QuerySet[Claim]:
    """Open claims that villages under the scopes have made or have to answer."""
    places = Place.objects.filter(lineages(scopes)).values("pk")
    found = Claim.objects.filter(Q(claimed_for__in=places) | Q(held_by__in=places), verdict="")
    return found.select_related("person", "claimed_for__parent", "held_by__parent")
