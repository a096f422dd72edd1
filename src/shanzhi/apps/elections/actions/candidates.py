"""Candidates: proposed, checked by the rules, decided by a person, posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import mandates, notices
from shanzhi.apps.elections.actions.road import enter_stage, hold, stands_already, touch
from shanzhi.apps.elections.bridge import case, people
from shanzhi.apps.elections.bridge.people import BARS
from shanzhi.apps.elections.errors import NotNow, Refused, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Candidate, Election
from shanzhi.apps.elections.selectors import candidates as nominees
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.record import actions as record
from shanzhi.core.law.numbers import TEXT_2025
from shanzhi.web import wording

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person
Status = Candidate.Status
Facts = Mapping[str, bool | None]


@transaction.atomic
def propose(
    *, election: Election, person: Person, post: str, source: str, nominated_on: date, by: str
) -> Candidate:
    """Enter a nomination. Nothing is decided yet. Someone who withdrew can be nominated anew; sent twice, it is one."""
    election = hold(election, "candidates")
    if not election.seats.get(post):
        raise Wrong("post", _("No seat of this post is voted on."))
    _check_source(election, source)
    _may_nominate(election, person, post)
    if person.left or person.place_id != election.village_id:
        raise Wrong("person", _("This person is not in the village's records."))
    facts = {"source": source, "nominated_on": nominated_on}
    there = election.candidates.filter(person=person, post=post).first()
    if there is not None and there.status != Status.WITHDRAWN:
        if there.status == Status.PROPOSED and (there.source, there.nominated_on) == tuple(facts.values()):
            return there
        raise Wrong("person", _("{name} has been entered for this post already.").format(name=person.name))
    made = there or Candidate(election=election, person=person, post=post, order=_next_order(election, post))
    made.status, made.recorded_by, made.source, made.nominated_on = Status.PROPOSED, by, source, nominated_on
    made.decided_by, made.decided_on, made.reason, made.findings = "", None, "", []
    made.version += 1 if there else 0
    made.save()
    touch(election)
    _write("elections.candidate_proposed", made, by, post=post, source=source)
    return made


def _check_source(election: Election, source: str) -> None:
    if source not in (Candidate.Source.PARTY, Candidate.Source.VOTERS):
        raise Wrong("source", _("Choose who nominated."))
    day = election.election_day
    if source == Candidate.Source.PARTY and day is not None and day < TEXT_2025:
        raise Wrong(
            "source", _("Before 2026 only registered voters could nominate (VCOL-18-1, text of 2018).")
        )


def _may_nominate(election: Election, person: Person, post: str) -> None:
    """Who stands in a re-run follows from the earlier round, unless too few can: then more are nominated (VCOL-18-9)."""
    if election.kind not in Election.FOLLOWING:
        return
    standing = election.candidates.filter(post=post, status=Status.STANDING).count()
    if election.kind == Election.Kind.TIE or standing > election.seats[post]:
        raise NotNow(_("Who stands in a second round or tie vote follows from the earlier round."))
    if post in election.women_only and person.sex != "f":
        raise Wrong("person", _("This seat is kept for a woman: only women can be nominated for it."))
    if any(seated.person_id == person.pk for seated in case.seated_before(election)):
        raise Wrong("person", _("{name} has been elected already.").format(name=person.name))


@transaction.atomic
def state_facts(
    *, candidate: Candidate, facts: Facts, source: str, version: int | None = None, by: str
) -> Candidate:
    """Record what was found out about the four hard bars and posted staff: yes, no, or not known.

    Whatever had been decided before is open again: a person decides on these facts.
    """
    candidate = _held(candidate, version)
    if candidate.status == Status.WITHDRAWN:
        raise NotNow(_("{name} has withdrawn.").format(name=candidate.person.name))
    if any(facts.get(bar) is not None for bar in BARS) and not source.strip():
        raise Wrong(
            "facts_source", _("Say where these facts come from, for example the joint review and its date.")
        )
    told = {bar: facts.get(bar) for bar in BARS} | {"facts_source": source.strip()}
    if all(getattr(candidate, field) == fact for field, fact in told.items()):
        return candidate
    for field, fact in told.items():
        setattr(candidate, field, fact)
    candidate.status, candidate.decided_by, candidate.decided_on = Status.PROPOSED, "", None
    candidate.findings, candidate.reason = [], ""
    _save(candidate)
    _write(
        "elections.candidate_facts", candidate, by, known=sorted(b for b in BARS if facts.get(b) is not None)
    )
    return candidate


@transaction.atomic
def decide(
    *, candidate: Candidate, stands: bool, reason: str, today: date, version: int | None = None, by: str
) -> Candidate:
    """A person decides whether a nominee stands. A statutory bar cannot be decided away; unknown is not a pass.

    Whoever stands votes for nobody else: the proxies that he holds end (VCOL-18-14).
    """
    status = Status.STANDING if stands else Status.REFUSED
    candidate = _held(candidate, None)
    if (candidate.status, candidate.reason, candidate.decided_by) == (status, reason.strip(), by):
        return candidate  # the same form sent twice
    _check_version(candidate, version)
    if candidate.status == Status.WITHDRAWN:
        raise NotNow(_("{name} has withdrawn. A new nomination has to be entered first.").format(name=candidate.person.name))  # fmt: skip
    findings = people.candidate_findings(candidate, today=today)
    if stands and (stops := tuple(each for each in findings if each.stops)):
        raise Stopped(stops)
    if not stands and not reason.strip():
        raise Wrong("reason", _("Give the reason: the person concerned has a right to it."))
    if stands:
        held = people.live_mandates(candidate.election).filter(holder__person=candidate.person_id)
        mandates.fall_away(held, election=candidate.election, on=today, by=by)
    candidate.status = status
    candidate.findings = [each.as_json() for each in findings]
    candidate.decided_by, candidate.decided_on, candidate.reason = by, today, reason.strip()
    _save(candidate)
    _write(
        "elections.candidate_decided", candidate, by, stands=stands,
        rules=sorted({each.rule for each in findings if each.holds is not True}),
    )  # fmt: skip
    return candidate


@transaction.atomic
def withdraw(
    *, candidate: Candidate, reason: str, today: date, version: int | None = None, by: str
) -> Candidate:
    """The nominee steps back, with the day and the reason given.

    After the list was posted this opens it again, until election day: others may be nominated, and it is posted anew.
    """
    candidate = _held(candidate, None, "candidates", "voting")
    election = candidate.election
    if candidate.status == Status.WITHDRAWN:
        return candidate
    _check_version(candidate, version)
    if candidate.status not in (Status.PROPOSED, Status.STANDING):
        raise NotNow(_("{name} does not stand.").format(name=candidate.person.name))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is kept with the nomination."))
    if election.stage == "voting":
        if today >= election.election_day:
            raise NotNow(_("Election day has come: ballots with this name may have been cast."))
        election.stage = "candidates"
        record.write(
            by=by, act="elections.stage_entered", subject=f"election:{election.key}", scope=election.village_id,
            stage="candidates", rules=["VCOL-18-5"],
        )  # fmt: skip
    candidate.status = Status.WITHDRAWN
    candidate.reason, candidate.decided_by, candidate.decided_on = reason.strip(), by, today
    _save(candidate)
    _write("elections.candidate_withdrew", candidate, by)
    return candidate


@transaction.atomic
def post_list(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Election:
    """Publish the list of candidates; the election goes on to the vote. Every name is checked once more."""
    held = hold(election)
    if stands_already(held, "voting", version):
        return held
    election = hold(election, "candidates", version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    if election.election_day is None:
        raise NotNow(_("Set the election day first: the notice names it."))
    if posted_on > election.election_day:
        raise Wrong("posted_on", _("The day of posting lies after the election day."))
    if election.candidates.filter(status=Status.PROPOSED).exists():
        raise Refused(_("Some nominees have not been decided on. Decide for each whether he or she stands."))
    _check_roll(election)
    if stops := [f for each in nominees.standing(election, today=today) for f in each.findings if f.stops]:
        raise Stopped(stops)
    enter_stage(election=election, stage="voting", today=today, by=by)
    notices.publish_candidates(election=election, posted_on=posted_on, by=by)
    return election


def _check_roll(election: Election) -> None:
    """Nobody who comes of age by a later election day is left out, nobody who lost the vote stays on (VCOL-16-1)."""
    changed = [each.person.name for each in revision.differences(election) if each.must]
    if changed and election.kind not in Election.FOLLOWING:
        raise Refused(
            _("The right to vote of {number} people is not what the roll says: {names}. Correct the roll first (VCOL-16-1).")
            .format(number=len(changed), names=wording.some(changed))
        )  # fmt: skip


@transaction.atomic
def write_in(*, election: Election, person: Person, post: str, by: str) -> Candidate:
    """Add someone whose name voters wrote on their ballots, so that the sheets ask for these votes."""
    election = hold(election, "voting", "counting")
    if election.kind in Election.FOLLOWING:
        raise NotNow(_("In a second round or tie vote only those on the list can be voted for."))
    if not election.seats.get(post):
        raise Wrong("post", _("No seat of this post is voted on."))
    if not people.is_on_roll(election, person):
        raise Wrong("person", _("Only someone on this village's roll can be written in."))
    there = election.candidates.filter(person=person, post=post).first()
    if there is not None and there.status == Status.WRITTEN_IN:
        return there
    if there is not None and there.status != Status.WITHDRAWN:
        raise Wrong("person", _("{name} has been entered for this post already.").format(name=person.name))
    made = there or Candidate(
        election=election, person=person, post=post, source=Candidate.Source.BALLOT, recorded_by=by,
        nominated_on=election.election_day, order=_next_order(election, post),
    )  # fmt: skip
    made.status = Status.WRITTEN_IN
    made.save()
    _write("elections.candidate_written_in", made, by, post=post)
    return made


def _held(candidate: Candidate, version: int | None, *stages: str) -> Candidate:
    """The candidate as it stands now, with its election locked; refused when someone else was first."""
    election = hold(candidate.election, *(stages or ("candidates",)))
    held = (
        Candidate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=candidate.pk)
    )
    held.election = election
    _check_version(held, version)
    return held


def _check_version(candidate: Candidate, version: int | None) -> None:
    if version is not None and candidate.version != version:
        raise Stale


def _save(candidate: Candidate) -> None:
    candidate.version += 1
    candidate.save()
    touch(candidate.election)


def _next_order(election: Election, post: str) -> int:
    last = election.candidates.filter(post=post).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _write(act: str, candidate: Candidate, by: str, **facts: object) -> None:
    record.write(
        by=by, act=act, subject=f"candidate:{candidate.key}", scope=candidate.election.village_id,
        election=candidate.election.key, **facts,
    )  # fmt: skip
