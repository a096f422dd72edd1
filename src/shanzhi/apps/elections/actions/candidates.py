"""Candidates: proposed, checked by the rules, decided by a person, posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import enter_stage, hold, touch
from shanzhi.apps.elections.bridge import case, people
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Candidate, Election
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

BARS = ("expelled", "convicted", "clan_or_gang", "cult", "posted_staff")
RERUNS = (Election.Kind.SECOND, Election.Kind.TIE)
Facts = Mapping[str, bool | None]


@transaction.atomic
def propose(
    *, election: Election, person: Person, post: str, source: str, nominated_on: date, by: str
) -> Candidate:
    """Enter a nomination. Nothing is decided yet."""
    election = hold(election, "candidates")
    if not election.seats.get(post):
        raise Wrong("post", _("No seat of this post is voted on."))
    _may_nominate(election, person, post)
    if person.left or person.place_id != election.village_id:
        raise Wrong("person", _("This person is not in the village's records."))
    try:
        with transaction.atomic():
            made = Candidate.objects.create(
                election=election, person=person, post=post, source=source, nominated_on=nominated_on,
                recorded_by=by, order=_next_order(election, post),
            )  # fmt: skip
    except IntegrityError:
        raise Wrong(
            "person", _("{name} has been entered for this post already.").format(name=person.name)
        ) from None
    _write("elections.candidate_proposed", made, by, post=post, source=source)
    return made


@transaction.atomic
def state_facts(*, candidate: Candidate, facts: Facts, source: str, by: str) -> Candidate:
    """Record what was found out about the four hard bars and posted staff: yes, no, or not known."""
    hold(candidate.election, "candidates")
    if any(facts.get(bar) is not None for bar in BARS) and not source.strip():
        raise Wrong(
            "facts_source", _("Say where these facts come from, for example the joint review and its date.")
        )
    for bar in BARS:
        setattr(candidate, bar, facts.get(bar))
    candidate.facts_source = source.strip()
    candidate.status, candidate.decided_by, candidate.decided_on = Candidate.Status.PROPOSED, "", None
    candidate.save()
    _write(
        "elections.candidate_facts", candidate, by, known=sorted(b for b in BARS if facts.get(b) is not None)
    )
    return candidate


@transaction.atomic
def decide(*, candidate: Candidate, stands: bool, reason: str, today: date, by: str) -> Candidate:
    """A person decides whether a nominee stands. A statutory bar cannot be decided away; unknown is not a pass."""
    election = hold(candidate.election, "candidates")
    findings = people.candidate_findings(candidate, today=today)
    if stands and (stops := tuple(each for each in findings if each.stops)):
        raise Stopped(stops)
    if not stands and not reason.strip():
        raise Wrong("reason", _("Give the reason: the person concerned has a right to it."))
    candidate.status = Candidate.Status.STANDING if stands else Candidate.Status.REFUSED
    candidate.findings = [each.as_json() for each in findings]
    candidate.decided_by, candidate.decided_on, candidate.reason = by, today, reason.strip()
    candidate.save()
    touch(election)
    _write(
        "elections.candidate_decided", candidate, by, stands=stands,
        rules=sorted({each.rule for each in findings if each.holds is not True}),
    )  # fmt: skip
    return candidate


@transaction.atomic
def withdraw(*, candidate: Candidate, reason: str, today: date, by: str) -> Candidate:
    """The nominee steps back, with the day and the reason given."""
    hold(candidate.election, "candidates")
    candidate.status = Candidate.Status.WITHDRAWN
    candidate.reason, candidate.decided_by, candidate.decided_on = reason.strip(), by, today
    candidate.save()
    _write("elections.candidate_withdrew", candidate, by)
    return candidate


@transaction.atomic
def post_list(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Election:
    """Publish the list of candidates; the election goes on to the vote."""
    election = hold(election, "candidates", version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    if election.candidates.filter(status=Candidate.Status.PROPOSED).exists():
        raise Refused(_("Some nominees have not been decided on. Decide for each whether he or she stands."))
    enter_stage(election=election, stage="voting", today=today, by=by)
    notices.publish_candidates(election=election, posted_on=posted_on, by=by)
    return election


@transaction.atomic
def write_in(*, election: Election, person: Person, post: str, by: str) -> Candidate:
    """Add someone whose name voters wrote on their ballots, so that the sheets ask for these votes."""
    election = hold(election, "voting", "counting")
    if election.kind in RERUNS:
        raise NotNow(_("In a second round or tie vote only those on the list can be voted for."))
    if not election.seats.get(post):
        raise Wrong("post", _("No seat of this post is voted on."))
    if not people.is_on_roll(election, person):
        raise Wrong("person", _("Only someone on this village's roll can be written in."))
    try:
        with transaction.atomic():
            made = Candidate.objects.create(
                election=election, person=person, post=post, source=Candidate.Source.BALLOT, nominated_on=election.election_day,
                status=Candidate.Status.WRITTEN_IN, recorded_by=by, order=_next_order(election, post),
            )  # fmt: skip
    except IntegrityError:
        raise Wrong(
            "person", _("{name} has been entered for this post already.").format(name=person.name)
        ) from None
    _write("elections.candidate_written_in", made, by, post=post)
    return made


def _may_nominate(election: Election, person: Person, post: str) -> None:
    """Who stands in a re-run follows from the earlier round, unless too few can: then more are nominated (VCOL-18-9)."""
    if election.kind not in RERUNS:
        return
    standing = election.candidates.filter(post=post, status=Candidate.Status.STANDING).count()
    if election.kind == Election.Kind.TIE or standing > election.seats[post]:
        raise NotNow(_("Who stands in a second round or tie vote follows from the earlier round."))
    if post in election.women_only and person.sex != "f":
        raise Wrong("person", _("This seat is kept for a woman: only women can be nominated for it."))
    if any(seated.person_id == person.pk for seated in case.seated_before(election)):
        raise Wrong("person", _("{name} has been elected already.").format(name=person.name))


def _next_order(election: Election, post: str) -> int:
    last = election.candidates.filter(post=post).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _write(act: str, candidate: Candidate, by: str, **facts: object) -> None:
    record.write(
        by=by, act=act, subject=f"candidate:{candidate.key}", scope=candidate.election.village_id,
        election=candidate.election.key, **facts,
    )  # fmt: skip
