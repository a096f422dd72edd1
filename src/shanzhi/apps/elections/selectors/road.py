"""An election's rows -> where it stands on the road of core.law.stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shanzhi.apps.elections.models import Candidate, Decision, Election, Outcome
from shanzhi.apps.elections.selectors import sheets
from shanzhi.core.law import stages
from shanzhi.core.law.findings import Finding
from shanzhi.core.law.stages import Road, Stage


def road(election: Election, *, in_full: bool = True) -> Road:
    """Where one election stands, with everything that the next stage asks (the board needs neither sheets nor lines)."""
    is_rerun = election.kind in Election.FOLLOWING
    roll = getattr(election.roll_holder, "own_roll", None)
    standing: dict[str, int] = {}
    for each in election.candidates.all():
        if each.status == Candidate.Status.STANDING:
            standing[each.post] = standing.get(each.post, 0) + 1
    outcome: Outcome | None = getattr(election, "outcome", None)
    before = getattr(election.parent, "outcome", None) if is_rerun and election.parent else None
    return Road(
        stage=Stage(election.stage),
        is_rerun=is_rerun,
        is_tie=election.kind == Election.Kind.TIE,
        election_day=election.election_day,
        seats=election.seats,
        standing=standing,
        attested=frozenset(each.kind for each in election.attestations.all()),
        undetermined=roll.lines.filter(listed=None).count()
        if in_full and roll and election.stage == Stage.ROLL
        else 0,
        roll_posted_on=roll.posted_on if roll else None,
        objections_open=tuple(each.decide_by for each in roll.objections.all() if not each.verdict)
        if roll
        else (),
        sheets_agreed=in_full and election.stage == Stage.COUNTING and sheets.totals(election) is not None,
        has_outcome=outcome is not None,
        outcome_stops=tuple((stop["rule"], "、".join(stop["names"])) for stop in outcome.answer["stops"])
        if outcome
        else (),
        result_before=before.announced_on if before else None,
        announced_on=outcome.announced_on if outcome and _is_complete(outcome) else None,
        women_only=tuple(election.women_only),
    )


def _is_complete(outcome: Outcome) -> bool:
    """Whether the new committee has come about with this result: from then on the handover's clock runs."""
    return bool(outcome.answer["valid"]) and not outcome.answer["rerun"]


def may_enter(election: Election, stage: str, *, today: date) -> tuple[Finding, ...]:
    """What the law says of entering a stage now."""
    return stages.may_enter(Stage(stage), road(election), today=today)


def stops(election: Election, about: str, *, today: date) -> tuple[Finding, ...]:
    """The findings that stop what `about` names ("stage:roll_posted")."""
    kind, _colon, stage = about.partition(":")
    following = stages.next_stage(Stage(election.stage))
    if kind != "stage" or following is None or stage != following:
        return ()
    return tuple(each for each in may_enter(election, stage, today=today) if each.stops)


def undecided(election: Election, about: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop and that nobody has decided on: a decision lifts what it was told of, and nothing else."""
    decided = [each for each in election.decisions.all() if each.about == about]
    return tuple(
        each
        for each in findings
        if each.stops and not (overridable(each) and any(_covers(decision, each) for decision in decided))
    )


MOVING = frozenset({"posted", "days"})  # facts that change from one day to the next while nothing else does


def _covers(decision: Decision, finding: Finding) -> bool:
    """Whether a decision was about this finding: same rule, same facts, and not posted later than it was told."""
    told, now = decision.finding["facts"], dict(finding.facts)
    return (
        decision.rule == finding.rule
        and decision.finding["holds"] == finding.holds
        and {k: v for k, v in told.items() if k not in MOVING}
        == {k: v for k, v in now.items() if k not in MOVING}
        and now.get("posted", "") <= told.get("posted", "")
    )


def overridable(finding: Finding) -> bool:
    """Whether a person may decide to go on although this finding stops."""
    return stages.overridable(finding)
