"""Who is on the roll: the three classes of voters, judged on election day (VCOL-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.numbers import TEXT_2025, VOTING_AGE, YEARS_HERE


class Residence(StrEnum):
    """Where a person is registered and where he lives."""

    RESIDENT = "resident"  # registered here, lives here
    AWAY = "away"  # registered here, lives elsewhere
    OUTSIDER = "outsider"  # registered elsewhere, lives or works here


@dataclass(frozen=True, slots=True)
class Villager:
    """What the rule must be told of a person; None is "not known", and never a pass.

    here_since: since when someone registered elsewhere has lived here, or done village work (works_here: without
    living here, which counts from 2026 on).
    """

    born: date
    residence: Residence
    rights_removed: bool | None = False
    says_takes_part: bool | None = False
    here_since: date | None = None
    works_here: bool | None = False
    applied: bool | None = False
    consented: bool | None = False
    on_another_roll: bool | None = False


@dataclass(frozen=True, slots=True)
class VoterLine:
    """Whether a person is listed, in which class (1, 2, 3), and why. `listed` None: a fact is not known."""

    listed: bool | None
    voter_class: int | None
    findings: tuple[Finding, ...]


def age_on(born: date, day: date) -> int:
    """Full years on `day`. Someone born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def may_vote(villager: Villager, *, election_day: date) -> Finding:
    """The right to vote: of age on election day, political rights kept (VCOL-16-1)."""
    age = age_on(villager.born, election_day)
    if age < VOTING_AGE.on(election_day):
        return find("VCOL-16-1", False, on=election_day, case="age", age=age)
    if villager.rights_removed is None:
        return find("VCOL-16-1", None, on=election_day, case="rights", age=age)
    if villager.rights_removed:
        return find("VCOL-16-1", False, on=election_day, case="rights", age=age)
    return find("VCOL-16-1", True, on=election_day, age=age)


def classify(villager: Villager, *, election_day: date) -> VoterLine:
    """The line of one person: first the right to vote, then one village only, then the class (VCOL-16-1 to 16-5)."""
    right = may_vote(villager, election_day=election_day)
    if right.holds is not True:
        return VoterLine(right.holds, None, (right,))
    if villager.on_another_roll is not False:
        only_here = None if villager.on_another_roll is None else False
        return VoterLine(only_here, None, (right, find("VCOL-16-5", only_here, on=election_day)))
    by_class = {Residence.RESIDENT: _resident, Residence.AWAY: _away, Residence.OUTSIDER: _outsider}
    number, finding = by_class[villager.residence](villager, election_day)
    return VoterLine(finding.holds, number if finding.holds else None, (right, finding))


def _resident(_villager: Villager, day: date) -> tuple[int, Finding]:
    return 1, find("VCOL-16-2", True, on=day)


def _away(villager: Villager, day: date) -> tuple[int, Finding]:
    return 2, find("VCOL-16-3", villager.says_takes_part, on=day)


def _outsider(villager: Villager, day: date) -> tuple[int, Finding]:
    """Lived (from 2026 also: did village work) here for a year, applied, and a meeting agreed (VCOL-16-4)."""
    if villager.works_here is not False and day < TEXT_2025:
        lives_here = None if villager.works_here is None else False
        return 3, find("VCOL-16-4", lives_here, on=day, case="work_2018")
    if villager.here_since is None:
        return 3, find("VCOL-16-4", None, on=day, case="since")
    if age_on(villager.here_since, day) < YEARS_HERE.on(day):
        return 3, find("VCOL-16-4", False, on=day, case="since", since=villager.here_since.isoformat())
    for case, fact in (("applied", villager.applied), ("consented", villager.consented)):
        if not fact:
            return 3, find("VCOL-16-4", fact, on=day, case=case)
    return 3, find("VCOL-16-4", True, on=day, since=villager.here_since.isoformat())
