"""Two entries looked at side by side: one person, or two. A merge loses nothing and can be taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.lives import transfer
from shanzhi.apps.places.actions.people import hold, hold_place, save, seal_id_number, write
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Claim, DuplicateDecision, Person, Place
from shanzhi.apps.places.selectors import rooms
from shanzhi.web import wording

SAME, DIFFERENT = DuplicateDecision.Verdict.SAME, DuplicateDecision.Verdict.DIFFERENT


@transaction.atomic
def merge(*, person: Person, into: Person, reason: str, today: date, by: str) -> DuplicateDecision:
    """`person` and `into` are one person: the first entry ends in the second, and points there from now on.

    Nothing is moved: lines of rolls, candidacies and relatives stay with the entry that they were written for, so that
    what was posted and voted on does not change. Whoever reads them follows `merged_into`. Done twice, it is done once.
    """
    goes, stays = _hold_both(person, into)
    if goes.merged_into_id == stays.pk:
        return goes.decided_duplicates.get(other=stays, verdict=SAME, taken_back_on=None)
    _refuse_unusable(goes, stays)
    if not reason.strip():
        raise Wrong("reason", _("Say what shows that the two are one person."))
    _forget_earlier(goes, stays, today, by)
    decision = DuplicateDecision(
        person=goes, other=stays, verdict=SAME, reason=reason.strip(), decided_on=today, decided_by=by,
        left_before=goes.left, left_on_before=goes.left_on,
    )  # fmt: skip
    Person.objects.filter(merged_into=goes).update(merged_into=stays)  # what had gone into it goes along
    goes.left, goes.left_on, goes.merged_into = Person.Left.MERGED, goes.left_on or today, stays
    goes.version += 1
    goes.save()
    decision.number_taken_over = _take_over_number(goes, stays)
    decision.save()
    write(by, "places.person_merged", goes, into=stays.key)
    write(by, "places.person_merged_here", stays, came_from=goes.key)
    return decision


@transaction.atomic
def take_back_merge(*, decision: DuplicateDecision, today: date, by: str) -> Person:
    """The two were two people after all: the merged entry is again what it was before. Done twice, it is done once."""
    goes, stays = _hold_both(decision.person, decision.other)
    held = DuplicateDecision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if held.taken_back_on is not None:
        return goes
    if goes.forgotten_on or held.verdict != SAME:
        raise Refused(_("This entry has been made anonymous: nothing is left to take back."))
    if held.number_taken_over:
        stays.id_sealed = stays.id_look_up = stays.id_tail = None
        stays.version += 1
        stays.save()
    goes.left, goes.left_on, goes.merged_into = held.left_before, held.left_on_before, None
    goes.version += 1
    save(goes)
    went_along = DuplicateDecision.objects.filter(other=goes, verdict=SAME, taken_back_on=None)
    Person.objects.filter(pk__in=went_along.values("person")).update(merged_into=goes)
    held.taken_back_on, held.taken_back_by = today, by
    held.save()
    write(by, "places.merge_taken_back", goes, out_of=stays.key)
    return goes


@transaction.atomic
def keep_apart(*, person: Person, other: Person, reason: str, today: date, by: str) -> DuplicateDecision:
    """The two are two people: the pair is not shown again. Done twice, it is done once."""
    one, two = _hold_both(person, other)
    if not reason.strip():
        raise Wrong("reason", _("Say what shows that they are two people."))
    standing = DuplicateDecision.objects.filter(
        person__in=[one, two], other__in=[one, two], taken_back_on=None
    )
    if held := standing.first():
        return held
    decision = DuplicateDecision.objects.create(
        person=one, other=two, verdict=DIFFERENT, reason=reason.strip(), decided_on=today, decided_by=by
    )
    write(by, "places.kept_apart", one, other=two.key)
    return decision


# Two villages, one person


@transaction.atomic
def claim(*, id_number: str, place: Place, household: str, reason: str, today: date, by: str) -> Claim:
    """A village asks another one for somebody who is in that one's records. Asked twice, it is one question."""
    person = selectors.find_by_id_number(id_number.strip().upper())
    if person is None:
        raise Wrong(
            "id_number", _("Nobody with this number is in the county's records. Add the person instead.")
        )
    if person.place_id == place.pk:
        raise Wrong("id_number", _("This person is in this village's records already."))
    if not household.strip():
        raise Wrong("household", _("Enter the number of the household here."))
    held, new = Claim.objects.get_or_create(
        person=person, claimed_for=place, verdict="",
        defaults={"held_by": person.place, "household": household.strip(), "reason": reason.strip(), "made_on": today, "made_by": by},
    )  # fmt: skip
    if new:
        write(by, "places.claimed", person, claimed_for=place.code)
    return held


@transaction.atomic
def answer_claim(
    *, claim: Claim, verdict: str, answer: str, residence: str, day: date, today: date, by: str
) -> Claim:
    """The village that has the entry hands the person over, or says why not. Answered twice, the first answer stands."""
    held = (
        Claim.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person", "claimed_for")
        .get(pk=claim.pk)
    )
    if held.verdict:
        return held
    if verdict == Claim.Verdict.KEPT and not answer.strip():
        raise Wrong("answer", _("Say why the person stays: the other village reads it."))
    if held.person.place_id != held.held_by_id or held.person.left:
        raise Refused(_("The person is not in this village's records any more: nothing is left to answer."))
    held.verdict, held.answer, held.decided_on, held.decided_by = verdict, answer.strip(), today, by
    held.save()
    if verdict == Claim.Verdict.HANDED_OVER:
        transfer(
            person=held.person,
            to=held.claimed_for,
            household=held.household,
            residence=residence,
            day=day,
            today=today,
            by=by,
        )
    write(by, "places.claim_answered", held.person, verdict=str(verdict))
    return held


@transaction.atomic
def withdraw_claim(*, claim: Claim, today: date, by: str) -> Claim:
    """The asking village no longer asks. Done twice, it is done once."""
    held = (
        Claim.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=claim.pk)
    )
    if not held.verdict:
        held.verdict, held.decided_on, held.decided_by = Claim.Verdict.WITHDRAWN, today, by
        held.save()
        write(by, "places.claim_withdrawn", held.person)
    return held


def _hold_both(one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows and both villages, locked in one order: two who work crosswise do not wait for each other."""
    if one.pk == other.pk:
        raise Wrong("other", _("That is one and the same entry."))
    for place in sorted({one.place_id, other.place_id}):
        hold_place(place)
    held = {each.pk: hold(each) for each in sorted((one, other), key=lambda each: each.pk)}
    return held[one.pk], held[other.pk]


def _refuse_unusable(goes: Person, stays: Person) -> None:
    for each in (goes, stays):
        if each.left == Person.Left.MERGED:
            raise Refused(_("One of the two has been merged already. Open the entry into which it went."))
        if each.forgotten_on:
            raise Refused(_("One of the two has been made anonymous: nothing shows any more who it was."))
    if under_way := rooms.ties([goes.pk]).get(goes.pk):
        raise Refused(
            _(
                "The entry that would end is still needed: {what}. Let the other entry end instead, or wait until that is over."
            ).format(what=wording.listed(under_way))
        )


def _forget_earlier(goes: Person, stays: Person, today: date, by: str) -> None:
    """An earlier "two people" gives way to the new decision; it stays on record as taken back."""
    both = [goes, stays]
    earlier = DuplicateDecision.objects.filter(person__in=both, other__in=both, taken_back_on=None)
    for each in earlier:
        each.taken_back_on, each.taken_back_by = today, by
        each.save()


def _take_over_number(goes: Person, stays: Person) -> bool:
    """An entry that stays without an ID number gets the other's: else the number could be entered a second time."""
    if stays.id_sealed is not None or goes.id_sealed is None or stays.left:
        return False
    number = selectors.id_number(goes)
    seal_id_number(stays, number)
    stays.version += 1
    save(stays)
    return True
