"""Opening a renewal and its village elections; the facts that bodies decided and clerks record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import hold, touch
from shanzhi.apps.elections.errors import Refused, Wrong
from shanzhi.apps.elections.models import Attestation, Candidate, Election, Outcome, Renewal
from shanzhi.apps.record import actions as record
from shanzhi.core.law import ballot_case, calendar, stages

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place
ROAD_BEFORE_COUNT = ("planned", "roll", "roll_posted", "candidates", "voting")


@transaction.atomic
def open_renewal(
    *, county: Place, name: str, begins: date, ends: date, issuer: str, document: str, issued_on: date,
    settings: Mapping[str, Any] | None = None, by: str,
) -> Renewal:  # fmt: skip
    """Open the county's election cycle under the document that ordered it. The same form sent twice opens one."""
    facts = {
        "name": name.strip(), "begins": begins, "ends": ends, "issuer": issuer.strip(), "issued_on": issued_on,
        "settings": _checked_settings(settings or {}),
    }  # fmt: skip
    if county.kind != "county":
        raise Refused(_("A renewal is opened for a county."))
    _check_years(begins=begins, ends=ends)
    if ends < begins:
        raise Wrong("ends", _("The last day lies before the first."))
    for field, text in (("name", name), ("issuer", issuer), ("document", document)):
        if not text.strip():
            raise Wrong(field, _("This is needed: the renewal rests on the document that ordered it."))
    renewal, new = Renewal.objects.get_or_create(county=county, document=document.strip(), defaults=facts)
    if not new:
        if any(getattr(renewal, field) != fact for field, fact in facts.items()):
            raise Wrong("document", _("A renewal has been opened under this document already."))
        return renewal
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
    if any(renewal.county_id not in village.scopes or village.valid_until for village in villages):
        raise Refused(_("Only villages that stand today in the renewal's own county can join it."))
    # Two clerks at once: each village joins once.
    Renewal.objects.select_for_update(no_key=True).get(pk=renewal.pk)
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
    """Set the election day and the seats as the village decided them, until the roll has been posted.

    A roll that was made for another day is not posted as it stands: it is judged anew then (rolls.post).
    """
    asked = _checked_seats(seats)
    election = hold(election, "planned", "roll")
    if (election.election_day, election.seats) == (election_day, asked):
        return election  # the same form sent twice
    hold(election, version=version)
    _check_years(election_day=election_day)
    election.election_day, election.seats = election_day, asked
    touch(election)
    record.write(
        by=by, act="elections.plan_set", subject=f"election:{election.key}", scope=election.village_id,
        election_day=election_day.isoformat(), seats=asked,
    )  # fmt: skip
    return election


@transaction.atomic
def set_day(*, election: Election, election_day: date, version: int, today: date, by: str) -> Election:
    """Set the day of a second round, tie vote or re-run, or move an election day that no longer fits the clocks.

    What the board says of the old day is published anew. Whose line the new day changes (someone comes of age) stands
    in `revision.differences`, and the candidates are not posted before each of these lines has been corrected.
    """
    election = hold(election, *ROAD_BEFORE_COUNT)
    if election.election_day == election_day:
        return election  # the same form sent twice
    hold(election, version=version)
    _check_day(election, election_day)
    election.election_day = election_day
    touch(election)
    _publish_moved(election, today=today, by=by)
    record.write(
        by=by, act="elections.day_set", subject=f"election:{election.key}", scope=election.village_id,
        election_day=election_day.isoformat(),
    )  # fmt: skip
    return election


def _check_years(**days: date) -> None:
    """A day that no clock can be counted from would close the election's page, and the board, to everybody."""
    for field, day in days.items():
        if not calendar.reckons(day):
            raise Wrong(field, _("The rules for a day in the year {year} are not known here. Check the year.").format(
                year=day.year))  # fmt: skip


def _check_day(election: Election, day: date) -> None:
    _check_years(election_day=day)
    if election.kind in Election.FOLLOWING:
        before = (
            Outcome.objects.filter(election=election.parent).values_list("announced_on", flat=True).first()
        )
        if before and day < before:
            raise Wrong(
                "election_day",
                _("The earlier result was announced on {day}: choose that day or a later one.").format(
                    day=before
                ),
            )
        return
    roll = getattr(election, "own_roll", None)
    if roll is None or roll.posted_on is None:
        return
    earliest = calendar.days_after(roll.posted_on, stages.POSTED_BEFORE)
    if (
        day < earliest and day < election.election_day
    ):  # a late posting was decided on; a later day only mends it
        raise Wrong(
            "election_day",
            _("The roll was posted on {posted}: the election day can be {earliest} or later (VCOL-17-1).").format(
                posted=roll.posted_on, earliest=earliest),
        )  # fmt: skip


def _publish_moved(election: Election, *, today: date, by: str) -> None:
    roll = getattr(election, "own_roll", None)
    if roll is not None and roll.posted_on is not None:
        notices.publish_roll(election=election, roll=roll, posted_on=today, by=by)
    if election.stage == "voting":
        notices.publish_candidates(election=election, posted_on=today, by=by)


def _checked_seats(seats: Mapping[str, int]) -> dict[str, int]:
    if unknown := set(seats) - set(Candidate.Post.values):
        raise Wrong("seats", _("Unknown post: {post}").format(post=", ".join(sorted(unknown))))
    for post, number in seats.items():
        if number < 0:
            raise Wrong(post, _("A number of seats cannot be below zero."))
    asked = {post: int(number) for post, number in seats.items() if number}
    if asked.get("chair") != 1:
        raise Wrong("chair", _("A committee has exactly one chair."))
    if not 3 <= sum(asked.values()) <= 7:
        raise Wrong("member", _("A committee has three to seven people in all (VCOL-8-1)."))
    return asked


def _checked_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    try:
        ballot_case.Settings(**settings)
    except (TypeError, ballot_case.Refused) as refusal:
        raise Refused(_("These settings cannot be used: {why}").format(why=refusal)) from None
    return dict(settings)


@transaction.atomic
def attest(
    *, election: Election, kind: str, decided_on: date, body: str, document: str = "", note: str = "", by: str
) -> Attestation:
    """Record a fact that a body decided. It is recorded, not checked, and shown as such. Sent twice, it stands once."""
    if kind not in Attestation.Kind.values:
        raise Wrong("kind", _("Choose what was decided."))
    if not body.strip():
        raise Wrong("body", _("Say which body decided, for example: village representatives' meeting."))
    after = kind == Attestation.Kind.HANDOVER  # the old committee hands over to the one that was announced
    election = hold(election, *(("announced",) if after else (*ROAD_BEFORE_COUNT, "counting")))
    facts = {
        "kind": kind, "decided_on": decided_on, "body": body.strip(), "document": document.strip(), "note": note.strip(),
    }  # fmt: skip
    if sent_twice := election.attestations.filter(**facts).first():
        return sent_twice
    made = Attestation.objects.create(election=election, recorded_by=by, **facts)
    record.write(
        by=by, act="elections.attested", subject=f"election:{election.key}", scope=election.village_id,
        kind=kind, decided_on=decided_on.isoformat(), attestation=made.pk,
    )  # fmt: skip
    return made
