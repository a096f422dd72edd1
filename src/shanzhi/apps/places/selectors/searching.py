"""Finding people: by any part of a name, pinyin, household number, or the last digits of an ID number; under filters.

Names are matched in a table of distinct names (`bridge.spelling`), not in the wide rows of people. The last four
characters of a number stand in no table: each row holds a keyed hash of them, made together with the first character
of its random key. A search hashes what was typed once for every such character (64 of them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from shanzhi.apps.places.bridge import spelling
from shanzhi.apps.places.models import Household, NameSpelling, Person, Place
from shanzhi.apps.places.selectors.divisions import lineages
from shanzhi.apps.places.selectors.people import ID_NUMBER, id_number
from shanzhi.apps.record import sealing
from shanzhi.core.cipher import Spoiled

TAIL = "id-number-tail"  # the purpose of the keyed hash of the last four
TAIL_HEXES = 24
BUCKETS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # first characters of random keys
)
DIGITS = re.compile(r"[0-9]{3,17}[0-9X]")
NAMES_AT_ONCE = 400  # more names than that are matched inside the database
FOUND_BY_DIGITS = 50
HOUSEHOLDS_AT_MOST = 300
# As the two indexes have them: a page is read off, not sorted.
BY_NAME = ("name", "born", "left", "place_id", "pk")
BY_PLACE = ("place_id", "household_id", "sex", "born", "party", "education", "residence", "pk")
AGES = ("0-17", "18-35", "36-45", "46-60", "61-")


# The last four characters of an ID number


def tail_look_up(key: str, number: str) -> str:
    """The keyed hash under which the last four characters of the row's number are found."""
    return _shortened(sealing.look_up(f"{key[:1]}|{number[-4:]}", purpose=TAIL))


def _shortened(hashed: str) -> str:
    key_id, _colon, told = hashed.partition(":")
    return f"{key_id}:{told[:TAIL_HEXES]}"


def as_digits(query: str) -> str:
    """The query as the end of an ID number (four characters or more), or "" when it is none."""
    plain = query.upper().replace(" ", "")
    return plain if DIGITS.fullmatch(plain) else ""


def ending_with(digits: str, places: Iterable[int] | None) -> list[Person]:
    """People of these places (None: of all) whose ID number is, or ends with, the digits; opened to be compared."""
    people = (
        Person.objects.filter(_within(places)).select_related("place__parent", "household").order_by("pk")
    )
    if len(digits) == 18:
        return list(
            people.filter(id_look_up__in=sealing.look_ups(digits, purpose=ID_NUMBER))[:FOUND_BY_DIGITS]
        )
    hashes = [
        _shortened(each)
        for bucket in BUCKETS
        for each in sealing.look_ups(f"{bucket}|{digits[-4:]}", purpose=TAIL)
    ]
    found = people.filter(id_tail__in=hashes)
    return [each for each in found if _ends_with(each, digits)][:FOUND_BY_DIGITS]


def _ends_with(person: Person, digits: str) -> bool:
    try:
        return id_number(person).endswith(digits)
    except Spoiled:
        return False


# Names


def named(words: Iterable[str]) -> Q:
    """The condition "the name holds every one of these words", as characters or as pinyin."""
    words = list(words)
    if any(len(word) == 1 and spelling.is_latin(word) for word in words):
        return Q(pk__in=[])  # one letter is no name: it would be a third of the county
    found = NameSpelling.objects.all()
    for word in words:
        found = (
            found.filter(keys__contains=f" {word}")
            if spelling.is_latin(word)
            else found.filter(folded__contains=word)
        )
    names = list(found.values_list("name", flat=True)[: NAMES_AT_ONCE + 1])
    return Q(name__in=names if len(names) <= NAMES_AT_ONCE else found.values("name"))


def places_named(query: str, scopes: Iterable[int]) -> list[Place]:
    """Villages and communities under the scopes whose name holds the query, as characters or as pinyin."""
    words = spelling.typed(query)
    if not words:
        return []
    every = Place.objects.filter(lineages(scopes), kind__in=["village", "community"], valid_until=None)
    return [
        place for place in every.select_related("parent") if all(_is_called(place, word) for word in words)
    ]


def _is_called(place: Place, word: str) -> bool:
    name = place.short_name
    if spelling.is_latin(word):
        return len(word) > 1 and f" {word}" in spelling.keys(name)
    return word in spelling.folded(place.full_name)


def _worded(query: str, scopes: Iterable[int] | None) -> Q:
    """What was typed, as a condition. Of several words one may be a place: "柳树沟 王"."""
    words = spelling.typed(query)
    if not words:
        return Q()
    if len(words) == 1:
        return _one_word(words[0])
    condition, plain = Q(), []
    for word in words:
        there = (
            [] if spelling.is_latin(word) or any(each.isdigit() for each in word) else _called(word, scopes)
        )
        if there:
            condition &= Q(place__in=there) | named([word])
        elif any(each.isdigit() for each in word):
            condition &= _in_household(word)
        else:
            plain.append(word)
    return condition & named(plain) if plain else condition


def _one_word(word: str) -> Q:
    return _in_household(word) | named([word]) if any(each.isdigit() for each in word) else named([word])


def _in_household(word: str) -> Q:
    return Q(household__in=Household.objects.filter(number__contains=word.upper()).values("pk"))


def _called(word: str, scopes: Iterable[int] | None) -> list[int]:
    every = Place.objects.filter(kind__in=["village", "community"])
    if scopes is not None:
        every = every.filter(lineages(scopes))
    return [place.pk for place in every if word in spelling.folded(place.name)]


# Filters


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list, as it stands in the address. "-" means: not known."""

    place: str = ""
    group: str = ""
    sex: str = ""
    age: str = ""
    party: str = ""
    education: str = ""
    residence: str = ""
    left: str = ""

    @classmethod
    def names(cls) -> list[str]:
        """The names of the filters."""
        return [each.name for each in fields(cls)]

    def condition(self, today: date) -> Q:
        """The filters as a condition on people. Of `left`: "" is those who are there, "all" everybody."""
        asked = Q() if self.left == "all" else Q(left=self.left)
        for name in ("sex", "party", "residence"):
            if value := getattr(self, name):
                asked &= Q(**{name: value})
        if self.education:
            asked &= Q(education="" if self.education == "-" else self.education)
        if self.group:
            group = "" if self.group == "-" else self.group
            asked &= Q(household__in=Household.objects.filter(group=group).values("pk"))
        return asked & _aged(self.age, today)


def _aged(band: str, today: date) -> Q:
    """Born so that the age today lies in the band "18-35"; "61-" is open."""
    if band not in AGES:
        return Q()
    youngest, _dash, oldest = band.partition("-")
    asked = Q(born__lte=_years_before(today, int(youngest)))
    return asked & Q(born__gt=_years_before(today, int(oldest) + 1)) if oldest else asked


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


# The list


class Listing:
    """People in an order, for a paginator: counted and cut by the indexes alone, then fetched by number."""

    def __init__(self, found: QuerySet[Person], order: tuple[str, ...]) -> None:
        self.found, self.order = found, order

    @cached_property
    def size(self) -> int:
        """How many there are."""
        return self.found.order_by().count()

    def count(self) -> int:
        """The same, as a paginator asks for it."""
        return self.size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> list[Person]:
        ids = self._ids(part.start or 0, self.size if part.stop is None else min(part.stop, self.size))
        people = Person.objects.select_related("place__parent", "household").in_bulk(ids)
        return [people[pk] for pk in ids]

    def _ids(self, start: int, stop: int) -> list[int]:
        """The numbers of one page; a page in the second half is read from the end."""
        ordered = self.found.order_by(*self.order).values_list("pk", flat=True)
        if start <= self.size // 2:
            return list(ordered[start : max(start, stop)])
        return list(ordered.reverse()[self.size - stop : self.size - start])[::-1]


def listing(
    scopes: Iterable[int], *, today: date, query: str = "", filters: Filters | None = None,
    keys: Iterable[str] | None = None, households: Iterable[int] | None = None, place: Place | None = None,
) -> Listing:  # fmt: skip
    """The people whom one may see, under a query (or what a search by digits found) and filters."""
    asked = filters or Filters()
    within = [place.pk] if place else _places(scopes, asked.place)
    found = Person.objects.filter(_within(within), asked.condition(today))
    if asked.left:  # who is there has not been made anonymous: not asked, the index alone answers
        found = found.filter(forgotten_on=None)
    if keys is not None:
        found = found.filter(Q(key__in=list(keys)) | Q(household__in=list(households or ())))
    else:
        found = found.filter(_worded(query, scopes))
    if within is not None and len(within) == 1:
        return Listing(found, ("household__number", "born", "pk"))
    return Listing(found, BY_NAME if query else BY_PLACE)


def _places(scopes: Iterable[int], code: str) -> list[int] | None:
    """Ids of the places under the scopes, narrowed to one code; None for a whole county."""
    held = Place.objects.filter(lineages(scopes))
    if code:
        chosen = list(held.filter(code=code).values_list("pk", flat=True))
        return list(held.filter(lineages(chosen)).values_list("pk", flat=True))
    every = list(held.values_list("pk", "kind"))
    return None if any(kind == Place.Kind.COUNTY for _pk, kind in every) else [pk for pk, _kind in every]


def _within(places: Iterable[int] | None) -> Q:
    return Q() if places is None else Q(place__in=list(places))


def places_under(scopes: Iterable[int]) -> list[int]:
    """Ids of the places under the scopes."""
    return list(Place.objects.filter(lineages(scopes)).values_list("pk", flat=True))


def search(place: Place, query: str = "", *, by_whole_number: bool = True) -> QuerySet[Person]:
    """Living people of a village for a form's search: name, pinyin, household number, or a whole ID number.

    `by_whole_number`: not for those who see numbers masked. Region, date of birth and sex are before them: some hundred
    guesses would find a number, and no look would be on record.
    """
    found = Person.objects.filter(place=place, left="").select_related("household")
    if not query.strip():
        return found
    condition = _worded(query, [place.pk])
    digits = as_digits(query)
    if by_whole_number and len(digits) == 18:
        condition |= Q(id_look_up__in=sealing.look_ups(digits, purpose=ID_NUMBER))
    return found.filter(condition)


def households_numbered(digits: str, scopes: Iterable[int]) -> list[int]:
    """Households under the scopes whose number holds the digits, so that the digits themselves need not be kept."""
    places = Place.objects.filter(lineages(scopes)).values("pk")
    found = Household.objects.filter(place__in=places, number__contains=digits).order_by("pk")
    return list(found.values_list("pk", flat=True)[:HOUSEHOLDS_AT_MOST])


def groups_of(place: Place) -> list[str]:
    """The villager groups of a village, as its households have them."""
    found = Household.objects.filter(place=place).order_by("group").values_list("group", flat=True)
    return list(found.distinct())
