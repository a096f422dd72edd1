"""Opening a renewal and its village elections; the facts that bodies decided and clerks record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions.road import hold, touch
from shanzhi.apps.elections.errors import Refused, Wrong
from shanzhi.apps.elections.models import Attestation, Candidate, Election, Renewal
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


@transaction.atomic
def open_renewal(
    *, county: Place, name: str, begins: date, ends: date, issuer: str, document: str, issued_on: date,
    settings: Mapping[str, Any] | None = None, by: str,
) -> Renewal:  # fmt: skip
    """Open the county's election cycle under the document that ordered it."""
    if ends < begins:
        raise Wrong("ends", _("The last day lies before the first."))
    renewal = Renewal.objects.create(
        county=county, name=name, begins=begins, ends=ends, issuer=issuer, document=document,
        issued_on=issued_on, settings=dict(settings or {}),
    )  # fmt: skip
    record.write(
        by=by,
        act="elections.renewal_opened",
        subject=f"renewal:{renewal.key}",
        scope=county.pk,
        document=document,
    )
    return renewal


@transaction.atomic
def open_elections(*, renewal: Renewal, villages: Iterable[Place], by: str) -> list[Election]:
    """Put villages into the renewal. Communities are not villages and are refused (the Law is about villages)."""
    villages = list(villages)
    if any(village.kind != "village" for village in villages):
        raise Refused(_("Communities and townships do not elect a villagers' committee."))
    there = set(renewal.elections.filter(parent=None).values_list("village_id", flat=True))
    opened = [
        Election.objects.create(renewal=renewal, village=village)
        for village in villages
        if village.pk not in there
    ]
    record.write_many(
        {
            "by": by,
            "act": "elections.opened",
            "subject": f"election:{election.key}",
            "scope": election.village_id,
            "facts": {"renewal": renewal.key},
        }
        for election in opened
    )
    return opened


@transaction.atomic
def set_plan(
    *, election: Election, election_day: date, seats: Mapping[str, int], version: int, by: str
) -> Election:
    """Set the election day and the seats as the village decided them, until the roll has been posted."""
    election = hold(election, "planned", "roll", version=version)
    asked = {post: int(number) for post, number in seats.items() if int(number)}
    if unknown := set(asked) - set(Candidate.Post.values):
        raise Wrong("seats", _("Unknown post: {post}").format(post=", ".join(sorted(unknown))))
    if asked.get("chair") != 1:
        raise Wrong("chair", _("A committee has exactly one chair."))
    if not 3 <= sum(asked.values()) <= 7:
        raise Wrong("member", _("A committee has three to seven people in all (VCOL-8-1)."))
    election.election_day, election.seats = election_day, asked
    touch(election)
    record.write(
        by=by, act="elections.plan_set", subject=f"election:{election.key}", scope=election.village_id,
        election_day=election_day.isoformat(), seats=asked,
    )  # fmt: skip
    return election


@transaction.atomic
def set_day(*, election: Election, election_day: date, version: int, by: str) -> Election:
    """Set the day of a second round, tie vote or re-run, or move an election day that no longer fits the clocks."""
    election = hold(election, "planned", "roll", "roll_posted", "candidates", version=version)
    election.election_day = election_day
    touch(election)
    record.write(
        by=by, act="elections.day_set", subject=f"election:{election.key}", scope=election.village_id,
        election_day=election_day.isoformat(),
    )  # fmt: skip
    return election


@transaction.atomic
def attest(
    *, election: Election, kind: str, decided_on: date, body: str, document: str = "", note: str = "", by: str
) -> Attestation:
    """Record a fact that a body decided. It is recorded, not checked, and shown as such."""
    if not body.strip():
        raise Wrong("body", _("Say which body decided, for example: village representatives' meeting."))
    made = Attestation.objects.create(
        election=election, kind=kind, decided_on=decided_on, body=body.strip(), document=document.strip(),
        note=note.strip(), recorded_by=by,
    )  # fmt: skip
    record.write(
        by=by, act="elections.attested", subject=f"election:{election.key}", scope=election.village_id,
        kind=kind, decided_on=decided_on.isoformat(), attestation=made.pk,
    )  # fmt: skip
    return made
