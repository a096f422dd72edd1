"""Coming, going, moving from village to village, dying, coming back; and a residence that becomes another one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.people import (
    hold,
    hold_place,
    household_of,
    refuse_elsewhere,
    refuse_left,
    save,
    write,
)
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Movement, PastResidence, Person, Place


@transaction.atomic
def record_arrival(*, person: Person, day: date, elsewhere: str, today: date, by: str) -> Movement:
    """Someone in the records moved in from outside the county on a day. Sent twice, it is one arrival."""
    held = hold(person)
    refuse_left(held)
    _check_day(held, day, today, "day")
    there = held.movements.filter(kind=Movement.Kind.ARRIVED, day=day, taken_back_on=None).first()
    if there:
        return there
    moved = _note(held, Movement.Kind.ARRIVED, day, by, to_place=held.place, elsewhere=elsewhere.strip())
    write(by, "places.person_arrived", held)
    return moved


@transaction.atomic
def mark_left(
    *, person: Person, left: str, left_on: date, today: date, by: str, elsewhere: str = "", known_by: str = ""
) -> Person:
    """Someone moved away, died, or was entered by mistake. The entry stays; it is no longer living."""
    held = hold(person)
    if (held.left, held.left_on) == (left, left_on):
        return held
    refuse_left(held)
    if left not in {Person.Left.MOVED, Person.Left.DIED, Person.Left.WRONG}:
        raise Wrong("left", _("Choose what happened."))
    _check_day(held, left_on, today, "left_on")
    held.left, held.left_on = left, left_on
    held.version += 1
    held.save()
    _note(
        held, Movement.Kind(left), left_on, by, from_place=held.place, elsewhere=elsewhere.strip(),
        known_by=known_by,
    )  # fmt: skip
    write(by, "places.person_left", held, left=left)
    return held


@transaction.atomic
def take_back_left(*, person: Person, by: str) -> Person:
    """Someone was marked as gone by mistake: the entry lives again, and the movement says that it was taken back."""
    held = hold(person)
    if not held.left:
        return held
    _refuse_merged_or_forgotten(held)
    refuse_elsewhere(selectors.find_by_id_number(selectors.id_number(held)))
    held.movements.filter(kind=held.left, day=held.left_on, taken_back_on=None).update(
        taken_back_on=timezone.localdate()
    )
    _live_again(held)
    write(by, "places.person_back", held)
    return held


@transaction.atomic
def record_return(*, person: Person, day: date, residence: str, today: date, by: str) -> Person:
    """Someone who had moved away has come back: both days stay in the history, the key is the same."""
    held = hold(person)
    if not held.left:
        return held
    _refuse_merged_or_forgotten(held)
    if held.left != Person.Left.MOVED:
        raise Refused(_("Only someone who moved away can come back. Take a mistaken entry back instead."))
    if held.left_on and day < held.left_on:
        raise Wrong("day", _("The day lies before the day of leaving."))
    _check_day(held, day, today, "day")
    refuse_elsewhere(selectors.find_by_id_number(selectors.id_number(held)))
    _end_residence(held, held.left_on or day, by)
    held.residence, held.residence_since = residence, day
    held.here_since = day if residence == Person.Residence.OUTSIDER else None
    _live_again(held)
    _note(held, Movement.Kind.RETURNED, day, by, to_place=held.place)
    write(by, "places.person_returned", held)
    return held


@transaction.atomic
def transfer(
    *,
    person: Person,
    to: Place,
    household: str,
    residence: str,
    day: date,
    today: date,
    by: str,
    group: str = "",
) -> Person:
    """Someone moved from one village of the county to another: ends here, begins there, under the same key.

    What other rooms hold of him (a line of a roll, a candidacy) stays with the key and resolves. Done twice, it is done once.
    """
    first, second = sorted(
        (person.place_id, to.pk)
    )  # two who move people crosswise do not wait for each other
    hold_place(first)
    hold_place(second)
    held = hold(Person.objects.get(pk=person.pk))
    if held.place_id == to.pk and not held.left:
        return held
    refuse_left(held)
    if to.kind not in {Place.Kind.VILLAGE, Place.Kind.COMMUNITY} or to.valid_until is not None:
        raise Wrong("to", _("Choose the village or community into which the person moved."))
    if not household.strip():
        raise Wrong("household", _("Enter the number of the household there."))
    _check_day(held, day, today, "day")
    here = held.place
    _note(held, Movement.Kind.TRANSFERRED, day, by, from_place=here, to_place=to)
    _end_residence(held, day, by)
    write(by, "places.person_transferred", held, to=to.code)  # on record in the village that is left
    held.place, held.household, held.is_head = to, household_of(to, household, group), False
    held.residence, held.residence_since = residence, day
    held.here_since = day if residence == Person.Residence.OUTSIDER else None
    held.version += 1
    held.save()
    write(by, "places.person_received", held, came_from=here.code)  # and in the one that is entered
    return held


@transaction.atomic
def change_residence(
    *, person: Person, residence: str, day: date, today: date, by: str, here_since: date | None = None
) -> Person:
    """From `day` on the person's residence is another one; the one until then stays in the history."""
    held = hold(person)
    refuse_left(held)
    if held.residence == residence and held.residence_since == day:
        return held
    _check_day(held, day, today, "day")
    if held.residence == residence:
        raise Wrong("residence", _("That is the residence on record. To mend its date, correct the entry."))
    if held.residence_since and day <= held.residence_since:
        raise Wrong("day", _("The day lies before the present residence begins. Correct the entry instead."))
    _end_residence(held, day, by)
    held.residence, held.residence_since = residence, day
    if residence == Person.Residence.OUTSIDER:
        held.here_since = here_since or held.here_since or day
    held.version += 1
    held.save()
    write(by, "places.residence_changed", held, residence=residence)
    return held


def keep_past_residences(
    changes: Iterable[tuple[Person, str, date | None]], *, day: date, by: str
) -> list[PastResidence]:
    """For a bulk write: (person as it is now, residence before, since when before), of those whose residence changed."""
    return PastResidence.objects.bulk_create(
        [
            PastResidence(
                person=person, place_id=person.place_id, residence=before, since=since, until=_last(day, since), recorded_by=by
            )
            for person, before, since in changes
            if person.residence != before
        ],
        batch_size=500,
    )  # fmt: skip


def _end_residence(held: Person, day: date, by: str) -> None:
    """The residence so far becomes a past one: its last day is the one before."""
    PastResidence.objects.create(
        person=held, place=held.place, residence=held.residence, since=held.residence_since,
        until=_last(day, held.residence_since), recorded_by=by,
    )  # fmt: skip


def _last(day: date, since: date | None) -> date:
    before = day - timedelta(days=1)
    return max(before, since) if since else before


def _live_again(held: Person) -> None:
    held.left, held.left_on = "", None
    held.version += 1
    save(held)


def _refuse_merged_or_forgotten(held: Person) -> None:
    if held.left == Person.Left.MERGED:
        raise Refused(_("This entry was merged into another one. Take the merge back on that page instead."))
    if held.forgotten_on:
        raise Refused(_("This entry has been made anonymous. Enter the person anew."))


def _note(held: Person, kind: Movement.Kind, day: date, by: str, **more: Any) -> Movement:
    return Movement.objects.create(person=held, kind=kind, day=day, recorded_by=by, **more)


def _check_day(held: Person, day: date, today: date, field: str) -> None:
    if day > today:
        raise Wrong(field, _("The day lies in the future. Enter it on that day or later."))
    if held.born and day < held.born:
        raise Wrong(field, _("The day lies before the date of birth. Check the year."))
