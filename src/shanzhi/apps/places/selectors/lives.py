"""One person's life in the records, as sentences; what was done with the entry, and who looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.apps.places.models import DuplicateDecision, Movement, Person
from shanzhi.apps.places.selectors.duplicates import decisions_on
from shanzhi.apps.record import selectors as record

# What counts as a look: numbers opened, a search by digits that found the person, a printout, a roster in full.
LOOKS = ("places.numbers_revealed", "places.found_by_digits", "places.person_printed")
EXPORTS = ("places.exported", "tables.exported")
SHOWN_AT_MOST = 200
REASONS: dict[str, str | Promise] = {
    "check": gettext_lazy("to compare it with the ID card or household register"),
    "call": gettext_lazy("to telephone the person"),
    "asked": gettext_lazy("the person asked for it"),
    "form": gettext_lazy("to fill in a form that a higher office requires"),
    "correct": gettext_lazy("to correct the roster in Excel"),
    "authority": gettext_lazy("a court, the police or another authority asked in writing"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of somebody's history, under its day. No day: it is not known."""

    day: date | None
    says: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: when, who, at what, why."""

    event: object
    who: str
    what: str
    why: str


def history(person: Person) -> list[Told]:
    """The person's history, oldest first; of entries merged into it too. What has no day comes before its neighbours."""
    entries = [person, *person.merged.all()]
    told = [*_birth(person)]
    for entry in entries:
        told += [*_residences(entry), *_movements(entry)]
    told += [*_now(person), *_decisions(person)]
    return sorted(told, key=lambda each: each.day or date.min)


def _birth(person: Person) -> Iterator[Told]:
    if person.born:
        yield Told(person.born, _("Was born."))


def _residences(person: Person) -> Iterator[Told]:
    for past in person.past_residences.select_related("place__parent"):
        facts = {"what": past.get_residence_display(), "place": past.place.full_name}
        if past.since:
            yield Told(past.since, _("From this day: {what} ({place}).").format(**facts))
        else:
            until = past.until.isoformat()
            yield Told(
                past.until,
                _("Until this day: {what} ({place}); since when is not known.").format(**facts, until=until),
            )


def _now(person: Person) -> Iterator[Told]:
    if person.residence_since and not person.left:
        facts = {"what": person.get_residence_display(), "place": person.place.full_name}
        yield Told(person.residence_since, _("From this day: {what} ({place}).").format(**facts))


def _movements(person: Person) -> Iterator[Told]:
    for each in person.movements.select_related("from_place__parent", "to_place__parent"):
        yield Told(each.day, movement_words(each), taken_back=each.taken_back_on is not None)


def movement_words(each: Movement) -> str:
    """A movement as a sentence."""
    where = each.elsewhere or _("unknown")
    here, there = each.from_place, each.to_place
    kind = Movement.Kind
    words = {
        kind.ARRIVED: _("Moved in to {there} from: {where}."),
        kind.MOVED: _("Moved away from {here} to: {where}."),
        kind.TRANSFERRED: _("Moved from {here} to {there}."),
        kind.DIED: _("Died."),
        kind.WRONG: _("The entry was found to be a mistake."),
        kind.RETURNED: _("Came back to {there}."),
    }[kind(each.kind)].format(
        where=where, here=here.full_name if here else "", there=there.full_name if there else ""
    )
    if each.known_by:
        words += _(" Known by: {source}.").format(source=each.get_known_by_display())
    return words


def _decisions(person: Person) -> Iterator[Told]:
    for each in decisions_on(person):
        back = each.taken_back_on is not None
        if each.verdict == DuplicateDecision.Verdict.DIFFERENT:
            continue
        if each.person_id == person.pk:
            words = _("This entry was merged into the one in {place}: {reason}")
            place = each.other.place
        else:
            words = _("An entry in {place} was merged into this one: {reason}")
            place = each.person.place
        yield Told(each.decided_on, words.format(place=place.full_name, reason=each.reason), taken_back=back)


def doings(person: Person) -> list[record.Told]:
    """What was done with the entry, from the audit trail, newest first."""
    found = record.events(subject=f"person:{person.key}").exclude(act__in=LOOKS)
    return record.told(found[:SHOWN_AT_MOST])


def looks(person: Person) -> list[Look]:
    """Who looked at this person's numbers or took them out of the house, newest first."""
    entries = [person, *person.merged.all()]
    own = Q(act__in=LOOKS, subject__in=[f"person:{each.key}" for each in entries])
    exported = Q(act__in=EXPORTS, facts__in_full=True) & _stays(entries)
    found = record.events().filter(own | exported)
    return [
        Look(each.event, each.who, str(each.what), str(REASONS.get(each.event.facts.get("reason", ""), "")))
        for each in record.told(found[:SHOWN_AT_MOST])
    ]


def _stays(entries: list[Person]) -> Q:
    """Events of a village, and of its township and county as a whole, while the person was in its records."""
    found = Q(pk__in=[])
    for entry in entries:
        moved = entry.movements.filter(kind=Movement.Kind.TRANSFERRED, taken_back_on=None)
        moves = moved.select_related("from_place").order_by("recorded_at")
        came = None
        for each in moves:
            here = Q(scope__in=each.from_place.scopes, at__lte=each.recorded_at)
            found |= here & Q(at__gte=came) if came else here
            came = each.recorded_at
        last = Q(scope__in=entry.place.scopes)
        found |= last & Q(at__gte=came) if came else last
    return found
