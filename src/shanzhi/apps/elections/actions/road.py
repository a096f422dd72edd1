"""Moving an election along the road that the law orders; stops that need a recorded decision."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shanzhi.apps.elections.errors import NotNow, Refused, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Decision, Election
from shanzhi.apps.elections.selectors import road
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import actions as record
from shanzhi.core.law.findings import Finding


def hold(election: Election, *stages: str, version: int | None = None) -> Election:
    """The election, locked for this transaction; refused at another stage or when someone else was first."""
    held = (
        Election.objects.select_for_update(of=("self",), no_key=True)
        .select_related("village__parent", "renewal__county", "parent")
        .get(pk=election.pk)
    )
    if not places.stands(
        held.village_id
    ):  # asked after the lock: whoever merges villages holds their elections
        raise Refused(
            _("{village} has ended: its elections are kept as they were.").format(
                village=held.village.full_name
            )
        )
    if stages and held.stage not in stages:
        raise NotNow(
            _(
                "The election is no longer (or not yet) at the stage for this. Open its page to see where it stands."
            )
        )
    if version is not None and held.version != version:
        raise Stale
    return held


def stands_already(election: Election, stage: str, version: int) -> bool:
    """Whether the very page that asks for `stage` has brought the held election there: its button was pressed twice."""
    return election.stage == stage and election.version == version + 1


def touch(election: Election) -> None:
    """Save the election as a new version, so that a page opened earlier is told."""
    election.version += 1
    election.save()


def write(act: str, election: Election, by: str, **facts: object) -> None:
    """Record what was done in an election."""
    record.write(by=by, act=act, subject=f"election:{election.key}", scope=election.village_id, **facts)


def enter_stage(*, election: Election, stage: str, today: date, by: str) -> None:
    """Move a held election into a stage. Raises Stopped with every finding that still stops it.

    Called by the actions that do the stage's work, inside their transaction: no stage is entered by itself.
    """
    findings = road.may_enter(election, stage, today=today)
    if open_stops := still_open(election, f"stage:{stage}", findings):
        raise Stopped(open_stops)
    election.stage = stage
    touch(election)
    rules = sorted({finding.rule for finding in findings})
    write("elections.stage_entered", election, by, stage=stage, rules=rules)


def still_open(election: Election, about: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that stop and that nobody has decided on yet."""
    return road.undecided(election, about, findings)


@transaction.atomic
def decide_stop(
    *, election: Election, about: str, rule: str, reason: str, body: str, today: date, by: str
) -> Decision:
    """Record a person's decision to go on although a rule stops: with reason and the body that answers for it."""
    election = hold(election)
    stops = still_open(election, about, road.stops(election, about, today=today))
    finding = next((each for each in stops if each.rule == rule), None)
    if finding is None:
        same = {"about": about, "rule": rule, "reason": reason.strip(), "body": body.strip()}
        if sent_twice := election.decisions.filter(**same, decided_by=by).first():
            return sent_twice
        raise NotNow(_("This rule does not stop the election (any more)."))
    if not road.overridable(finding):
        raise Refused(_("The law leaves no room for a decision here. Mend what the finding says."))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is kept with the election and can be read later."))
    if not body.strip():
        raise Wrong("body", _("Say which body decided and answers for it."))
    made = Decision.objects.create(
        election=election, about=about, rule=rule, finding=finding.as_json(), choice="go_on",
        reason=reason.strip(), body=body.strip(), decided_by=by,
    )  # fmt: skip
    Election.objects.filter(pk=election.pk).update(version=F("version") + 1)
    write("elections.stop_decided", election, by, about=about, rule=rule, decision=made.pk)
    return made
