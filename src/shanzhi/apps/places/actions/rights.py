"""What the law gives to whom the records are about: to see, to have put right, to be forgotten when the time is over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shanzhi.apps.places.actions.people import hold, write
from shanzhi.apps.places.actions.searching import drop_names
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import (
    Claim,
    CorrectionRequest,
    DuplicateDecision,
    KinNotSo,
    Kinship,
    Movement,
    PastResidence,
    Person,
)
from shanzhi.apps.places.selectors import rights


@transaction.atomic
def ask_correction(
    *, person: Person, about: str, says: str, asked_by: str, asked_on: date, today: date, by: str
) -> CorrectionRequest:
    """Somebody asks to have put right what is held on him; the clock starts. Sent twice, it is one request."""
    held = hold(person)
    if held.forgotten_on:
        raise Refused(
            _("This entry has been made anonymous: nothing is held any more that could be corrected.")
        )
    if asked_on > today:
        raise Wrong("asked_on", _("The day lies in the future. Check the year."))
    facts = {"about": about, "says": says.strip(), "asked_by": asked_by, "asked_on": asked_on, "verdict": ""}
    there = held.correction_requests.filter(**facts).first()
    if there:
        return there
    days = rights.correction_days(held.place, asked_on)
    made = CorrectionRequest.objects.create(
        person=held, decide_by=asked_on + timedelta(days=days), recorded_by=by, **facts
    )
    write(by, "places.correction_asked", held, request=made.key, about=about)
    return made


@transaction.atomic
def decide_correction(
    *, request: CorrectionRequest, verdict: str, reason: str, today: date, by: str
) -> CorrectionRequest:
    """Decide a request, with the reason. The entry itself is corrected on its own page. The first decision stands."""
    held = (
        CorrectionRequest.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person")
        .get(pk=request.pk)
    )
    if held.verdict:
        if held.verdict == verdict:
            return held
        raise Refused(_("This request has been decided already. Look at the page again."))
    if not reason.strip():
        raise Wrong("reason", _("Say what was done, or why not: the person is told."))
    held.verdict, held.reason, held.decided_on, held.decided_by = verdict, reason.strip(), today, by
    held.save()
    write(by, "places.correction_decided", held.person, request=held.key, verdict=str(verdict))
    return held


@transaction.atomic
def forget_person(*, person: Person, today: date, by: str) -> Person:
    """Make an entry anonymous whose keeping time is over: name, numbers, birth and relatives go, the key stays.

    Old results and proofs name keys and hashes, and still verify. Refused while a vote, a post or a payment needs it.
    """
    held = hold(person)
    if held.forgotten_on:
        return held
    if not rights.is_due(held, today=today):
        raise Refused(_("The keeping time is not over, or another record still needs this entry: it stays."))
    for entry in [held, *held.merged.all()]:
        _make_anonymous(entry, today)
    write(by, "places.person_forgotten", held, left=held.left)
    return held


def _make_anonymous(entry: Person, today: date) -> None:
    name = entry.name
    entry.name, entry.born, entry.forgotten_on = "", None, today
    entry.id_sealed = entry.id_look_up = entry.id_tail = entry.phone_sealed = None
    entry.here_since = entry.residence_since = None
    entry.education, entry.party = "", Person.Party.NONE
    entry.rights_removed = entry.is_head = False
    entry.version += 1
    entry.save()
    drop_names([name])
    either = Q(person=entry) | Q(other=entry)
    Kinship.objects.filter(either).delete()
    KinNotSo.objects.filter(either).delete()
    PastResidence.objects.filter(person=entry).delete()
    Movement.objects.filter(person=entry).update(elsewhere="")
    DuplicateDecision.objects.filter(either).update(reason="")
    Claim.objects.filter(person=entry).update(reason="", answer="", household="")
    CorrectionRequest.objects.filter(person=entry).update(says="", reason="")


@transaction.atomic
def note_print(*, person: Person, asked_by: str, in_full: bool, by: str) -> None:
    """Record that what is held on a person was printed: for whom, and whether the numbers stand there in full."""
    write(by, "places.person_printed", person, asked_by=asked_by, in_full=in_full, reason="asked")
