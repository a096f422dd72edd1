"""One election on one page: where it stands, what is due, what the next stage asks, what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shanzhi.apps.elections.models import Attestation, Decision, Election, Notice
from shanzhi.apps.elections.selectors import road
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import calendar, stages
from shanzhi.core.law.findings import Finding
from shanzhi.core.law.stages import Duty, Stage


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page of an election shows."""

    duties: tuple[Duty, ...]
    next_stage: str
    findings: tuple[Finding, ...]
    open_stops: tuple[tuple[Finding, bool], ...]  # a finding that stops, and whether a person may decide
    attestations: list[Attestation]
    decisions: list[Decision]
    notices: list[Notice]
    reruns: list[Election]
    roll_posted_on: date | None
    has_people: bool


def overview(election: Election, *, today: date) -> Overview:
    """The page of one election."""
    where = road.road(election)
    following = stages.next_stage(Stage(election.stage))
    findings = stages.may_enter(following, where, today=today) if following else ()
    about = f"stage:{following}"
    stops = tuple((each, road.overridable(each)) for each in road.undecided(election, about, findings))
    return Overview(
        duties=stages.duties(where, today=today),
        next_stage=following or "",
        findings=findings,
        open_stops=stops,
        attestations=list(election.attestations.all()),
        decisions=list(election.decisions.all()),
        notices=list(election.notices.all()),
        reruns=list(election.reruns.all()),
        roll_posted_on=where.roll_posted_on,
        has_people=election.stage != Stage.PLANNED or places.people_of(election.village).exists(),
    )


def stops(election: Election, about: str, *, today: date) -> tuple[Finding, ...]:
    """The findings that stop what `about` names and that nobody has decided on yet."""
    return road.undecided(election, about, road.stops(election, about, today=today))


def back_plan(election: Election, day: Any) -> list[calendar.Step]:
    """Every statutory date that follows from an election day, for the plan's page; nothing for no day."""
    try:
        chosen = day if isinstance(day, date) else date.fromisoformat(str(day))
    except ValueError:
        return []
    if not calendar.reckons(chosen):
        return []
    roll = getattr(election.roll_holder, "own_roll", None)
    facts = calendar.Facts(chosen, posted=roll.posted_on if roll else None)
    return list(calendar.steps(facts, calendar.Settings(), places.holidays()))
