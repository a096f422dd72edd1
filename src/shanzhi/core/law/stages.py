"""The road of a village election as the law orders it, and the clocks that run along it.

| stage       | 阶段       | what happens                                                        |
|-------------|------------|---------------------------------------------------------------------|
| planned     | 未开始     | election committee formed, day and seats decided                    |
| roll        | 登记选民   | the roll is made and read                                           |
| roll_posted | 名单公示   | objections for five days, each decided in three                     |
| candidates  | 候选人     | nominated, checked, decided, posted                                 |
| voting      | 投票       | proxies, preparations, election day                                 |
| counting    | 计票       | ballots account and count sheets, each twice                        |
| announced   | 已公布     | result published; what is missing opens as an election of its own  |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from shanzhi.core.law import candidates, numbers
from shanzhi.core.law.findings import Finding, find

# The numbers of the text in force for every election that is opened now.
POSTED_BEFORE = numbers.POSTED_BEFORE.on(numbers.TEXT_2025)
OBJECTION_DAYS = numbers.OBJECTION_DAYS.on(numbers.TEXT_2025)
DECISION_DAYS = numbers.DECISION_DAYS.on(numbers.TEXT_2025)
SECOND_ROUND_DAYS = numbers.SECOND_ROUND_DAYS.on(numbers.TEXT_2025)
HANDOVER_DAYS = numbers.HANDOVER_DAYS.on(numbers.TEXT_2025)

# Broken rules that a person may go on past, with a recorded decision; the others have to be mended.
OVERRIDABLE = frozenset(
    {"VCOL-15-2", "VCOL-17-1", "VCOL-17-2", "VCOL-18-1", "VCOL-18-5", "VCOL-8-3", "VER-07", "VER-10"}
)


class Stage(StrEnum):
    """The stages in the order of the law."""

    PLANNED = "planned"
    ROLL = "roll"
    ROLL_POSTED = "roll_posted"
    CANDIDATES = "candidates"
    VOTING = "voting"
    COUNTING = "counting"
    ANNOUNCED = "announced"


ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Road:
    """Where one election stands; dates are civil days, None when it has not happened or is not known."""

    stage: Stage
    is_rerun: bool = False  # a second round or tie vote: uses the earlier roll
    is_tie: bool = False  # a vote again among the tied
    election_day: date | None = None
    seats: Mapping[str, int] = field(default_factory=dict)
    standing: Mapping[str, int] = field(default_factory=dict)  # candidates that stand, by post
    attested: frozenset[str] = frozenset()  # kinds of recorded facts
    undetermined: int = 0  # people on the drafted roll of whom a fact is not known
    roll_posted_on: date | None = None
    objections_open: tuple[date, ...] = ()  # decide-by days of undecided objections
    sheets_agreed: bool = False
    outcome_stops: tuple[tuple[str, str], ...] = ()  # stops of the outcome: rule, and the names it is about
    has_outcome: bool = False
    result_before: date | None = None  # a re-run: when the earlier result was announced
    announced_on: date | None = None
    women_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due: `late` when its day has passed; `days_left` counts from today, negative when late."""

    step: str
    rule: str
    due: date
    days_left: int

    @property
    def late(self) -> bool:
        return self.days_left < 0


def overridable(finding: Finding) -> bool:
    """Whether a person may decide to go on although this finding stops."""
    return finding.rule in OVERRIDABLE


def may_enter(stage: Stage, road: Road, *, today: date) -> tuple[Finding, ...]:
    """What the law says of entering `stage` now. Raises ValueError for a stage that is not the next one."""
    if ORDER.index(stage) != ORDER.index(road.stage) + 1:
        raise ValueError(f"{stage} does not follow {road.stage}: no stage is skipped")
    if road.election_day is None:
        return (find("VCOL-14-2", None, on=today, case="no_day", stops=True),)
    return _CHECKS[stage](road, road.election_day, today)


def _to_roll(road: Road, day: date, _today: date) -> tuple[Finding, ...]:
    formed = "election_committee" in road.attested
    committee = find("VCOL-15-2", True if formed else None, on=day, case="recorded", stops=not formed)
    return (committee, *candidates.size(road.seats, election_day=day))


def _to_roll_posted(road: Road, day: date, today: date) -> tuple[Finding, ...]:
    posted = road.roll_posted_on or today
    latest = day - timedelta(days=POSTED_BEFORE)
    in_time = posted <= latest
    found = find("VCOL-17-1", in_time, on=day, stops=not in_time, posted=posted.isoformat(), latest=latest.isoformat(),
                 days=(day - posted).days)  # fmt: skip
    if not road.undetermined:
        return (found,)
    unknown = find("VCOL-16-1", None, on=day, case="undetermined", stops=True, people=road.undetermined)
    return (found, unknown)


def _to_candidates(road: Road, day: date, today: date) -> tuple[Finding, ...]:
    if road.roll_posted_on is None:
        return (find("VCOL-17-1", None, on=day, case="not_posted", stops=True),)
    until = road.roll_posted_on + timedelta(days=OBJECTION_DAYS)
    over = today > until
    undecided = len(road.objections_open)
    return (
        find("VCOL-17-2", over, on=day, stops=not over, until=until.isoformat()),
        find("VCOL-17-3", undecided == 0, on=day, stops=undecided > 0, open=undecided),
    )


def _to_voting(road: Road, day: date, _today: date) -> tuple[Finding, ...]:
    findings = candidates.contest(road.seats, road.standing, election_day=day)
    undecided = len(road.objections_open)
    decided = find("VCOL-17-3", undecided == 0, on=day, stops=undecided > 0, open=undecided)
    if not road.is_rerun:
        held = "nomination" in road.attested
        nominated = find("VCOL-18-1", True if held else None, on=day, case="recorded", stops=not held)
        return (*findings, decided, nominated)
    if road.result_before is None:
        return (*findings, decided)
    latest = road.result_before + timedelta(days=SECOND_ROUND_DAYS)
    in_time = find("VER-10", day <= latest, on=day, stops=day > latest, latest=latest.isoformat())
    return (*findings, decided, in_time)


def _to_counting(_road: Road, day: date, today: date) -> tuple[Finding, ...]:
    come = today >= day
    return (find("VCOL-18-16", come, on=day, case="day", stops=not come, day=day.isoformat()),)


def _to_announced(road: Road, day: date, _today: date) -> tuple[Finding, ...]:
    counted = road.sheets_agreed and road.has_outcome
    findings = [find("VCOL-18-16", counted, on=day, case="counted", stops=not counted)]
    for rule, names in road.outcome_stops:
        holds, case = (None, "waits") if rule == "VER-07" else (False, "")
        findings.append(find(rule, holds, on=day, case=case, stops=True, names=names))
    return tuple(findings)


_CHECKS = {
    Stage.ROLL: _to_roll,
    Stage.ROLL_POSTED: _to_roll_posted,
    Stage.CANDIDATES: _to_candidates,
    Stage.VOTING: _to_voting,
    Stage.COUNTING: _to_counting,
    Stage.ANNOUNCED: _to_announced,
}


def next_stage(stage: Stage) -> Stage | None:
    """The stage after this one, or None at the end of the road."""
    place = ORDER.index(stage)
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


def duties(road: Road, *, today: date) -> tuple[Duty, ...]:
    """Every clock that runs at this stage, the most urgent first."""
    due: list[tuple[str, str, date]] = []
    if road.election_day is not None:
        due += _before_the_day(road, road.election_day)
    due += [("objection_decided", "VCOL-17-3", by) for by in road.objections_open]
    if road.stage == Stage.ROLL_POSTED and road.roll_posted_on is not None:
        until = road.roll_posted_on + timedelta(days=OBJECTION_DAYS)
        if today <= until:  # a time for others to speak: once over, nobody is late
            due.append(("objections_end", "VCOL-17-2", until))
    if road.is_rerun and road.result_before and road.election_day is None:
        step = "tie_vote" if road.is_tie else "second_round"
        due.append((step, "VER-10", road.result_before + timedelta(days=SECOND_ROUND_DAYS)))
    if road.stage == Stage.ANNOUNCED and road.announced_on is not None and "handover" not in road.attested:
        due.append(("handover_done", "VCOL-24-1", road.announced_on + timedelta(days=HANDOVER_DAYS)))
    made = [Duty(step, rule, by, (by - today).days) for step, rule, by in due]
    return tuple(sorted(made, key=lambda duty: (duty.due, duty.step)))


def _before_the_day(road: Road, day: date) -> list[tuple[str, str, date]]:
    if road.stage in {Stage.PLANNED, Stage.ROLL} and not road.is_rerun:
        return [("roll_posted", "VCOL-17-1", day - timedelta(days=POSTED_BEFORE))]
    if road.stage in {Stage.ROLL_POSTED, Stage.CANDIDATES}:
        return [("candidates_posted", "VCOL-18-5", day - timedelta(days=1))]
    if road.stage == Stage.VOTING:
        return [("election_day", "VCOL-14-1", day)]
    if road.stage == Stage.COUNTING:
        return [("announced", "VCOL-18-16", day)]
    return []
