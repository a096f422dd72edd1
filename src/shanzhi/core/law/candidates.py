"""Who may stand: statutory bars always stop, the rest warns, and what is not known is never a pass (VCOL-18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shanzhi.core.law import kinship, register
from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.numbers import LARGEST_COMMITTEE, SMALLEST_COMMITTEE, TEXT_2025

BARS = ("expelled", "convicted", "clan_or_gang", "cult")  # the four of VCOL-18-3


@dataclass(frozen=True, slots=True)
class Nominee:
    """What the rules must be told of someone who is to stand. None is "not known"."""

    on_roll: bool | None
    expelled: bool | None = None
    convicted: bool | None = None
    clan_or_gang: bool | None = None
    cult: bool | None = None
    posted_staff: bool | None = None


def may_stand(nominee: Nominee, *, election_day: date) -> tuple[Finding, ...]:
    """What the statute says of one nominee. A finding that stops cannot be decided away."""
    findings = [
        find("VCOL-16-1", nominee.on_roll, on=election_day, case="on_roll", stops=nominee.on_roll is not True)
    ]
    if register.rule("VCOL-18-3").text_on(election_day) is not None:
        findings += [_bar(name, getattr(nominee, name), election_day) for name in BARS]
    clear = None if nominee.posted_staff is None else not nominee.posted_staff
    findings.append(find("VCOL-47-1", clear, on=election_day, stops=clear is False))
    return tuple(findings)


def _bar(name: str, fact: bool | None, day: date) -> Finding:
    clear = None if fact is None else not fact
    return find("VCOL-18-3", clear, on=day, case=name, stops=clear is not True)


def contest(
    seats: Mapping[str, int], standing: Mapping[str, int], *, election_day: date
) -> tuple[Finding, ...]:
    """Whether more people stand than there are seats, post by post (VCOL-18-5). Both map a post to a number."""
    return tuple(
        find("VCOL-18-5", standing.get(post, 0) > number, on=election_day, stops=standing.get(post, 0) <= number,
             post=post, candidates=standing.get(post, 0), seats=number)
        for post, number in seats.items()
        if number
    )  # fmt: skip


def kin_among(pairs: Iterable[tuple[str, str, str]], *, election_day: date) -> tuple[Finding, ...]:
    """What kinship means for those who stand: (name, name, relation). Both may stand; only one may sit (VCOL-8-3)."""
    findings = []
    for one, other, relation in pairs:
        near = kinship.is_near(relation)
        if near and register.rule("VCOL-8-3").text_on(election_day) is not None:
            findings.append(find("VCOL-8-3", None, on=election_day, case="standing", one=one, other=other))
        elif not near:
            findings.append(find("KIN-01", True, on=election_day, case="wider", one=one, other=other))
    return tuple(findings)


def women_among(women: int, *, election_day: date) -> Finding:
    """Whether a woman stands at all: without one the committee cannot have its woman (VCOL-8-2)."""
    return find("VCOL-8-2", True if women else None, on=election_day, case="standing", women=women)


def committee_leaves(*, election_day: date) -> Finding:
    """A member of the election committee who is nominated leaves it; from 2026 also one whose near relative is (VCOL-15-3).

    Who sits on that committee is recorded as minutes, not as people: the finding stays "not known" and reminds.
    """
    case = "nominated" if election_day >= TEXT_2025 else "nominated_2018"
    return find("VCOL-15-3", None, on=election_day, case=case)


def size(seats: Mapping[str, int], *, election_day: date) -> tuple[Finding, ...]:
    """Three to seven people (VCOL-8-1); an odd number where the province asks for it (SX-02)."""
    number = sum(seats.values())
    fits = SMALLEST_COMMITTEE.on(election_day) <= number <= LARGEST_COMMITTEE.on(election_day)
    return (
        find("VCOL-8-1", fits, on=election_day, size=number, stops=not fits),
        find("SX-02", number % 2 == 1, on=election_day, size=number),
    )
