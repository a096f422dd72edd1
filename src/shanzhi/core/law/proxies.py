"""Written proxies: who may hold one, for whom, and how many (VCOL-18-11 to 18-15, VER-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.numbers import MANDATES, TEXT_2025


@dataclass(frozen=True, slots=True)
class Mandate:
    """One written proxy as it is offered. `held` counts the holder's other live mandates."""

    principal_on_roll: bool | None
    principal_away: bool | None
    written: bool | None
    holder_may_vote: bool | None
    near_kin: bool | None
    holder_is_candidate: bool | None
    held: int


def accept(mandate: Mandate, *, election_day: date) -> tuple[Finding, ...]:
    """What the law says of one more mandate. Any finding that does not hold refuses it."""
    grounds = (mandate.principal_on_roll, mandate.principal_away, mandate.written)
    ground = False if False in grounds else (None if None in grounds else True)
    most, in_law = MANDATES.on(election_day), election_day >= TEXT_2025  # until 2025 only the guide said so
    free = None if mandate.holder_is_candidate is None else not mandate.holder_is_candidate
    rule_13, rule_14, case_14 = (
        ("VCOL-18-13", "VCOL-18-14", "") if in_law else ("VER-01", "VER-01", "candidate")
    )
    return (
        find("VCOL-18-11", ground, on=election_day, stops=ground is not True),
        _holder(mandate, election_day),
        find(
            rule_13,
            mandate.held < most,
            on=election_day,
            stops=mandate.held >= most,
            held=mandate.held,
            most=most,
        ),
        find(rule_14, free, on=election_day, case=case_14, stops=free is not True),
    )


def _holder(mandate: Mandate, day: date) -> Finding:
    if mandate.holder_may_vote is not True:
        return find("VCOL-18-12", mandate.holder_may_vote, on=day, case="vote", stops=True)
    if day < TEXT_2025:
        return find("VCOL-18-12", mandate.near_kin, on=day, case="kin", stops=mandate.near_kin is not True)
    return find("VCOL-18-12", True, on=day)
