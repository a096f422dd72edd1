"""Bodies beside the committee: who leaves the election committee, and who cannot sit on the supervision committee."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.numbers import TEXT_2025


@dataclass(frozen=True, slots=True)
class Change:
    """Who leaves the election committee, who steps up in the original order, and how many places stay open."""

    leave: tuple[str, ...]
    step_up: tuple[str, ...]
    open: int
    findings: tuple[Finding, ...]


def after_nomination(
    members: Sequence[str],
    reserves: Sequence[str],
    nominated: Collection[str],
    near_kin: Iterable[tuple[str, str]],
    *,
    election_day: date,
) -> Change:
    """Who leaves because he, or from 2026 on a near relative, is nominated (VCOL-15-3), and who steps up (VCOL-15-4).

    members and reserves are in the order of the original result; near_kin are pairs of near relatives (KIN-01).
    """
    touched = set(nominated)
    if election_day >= TEXT_2025:
        for one, other in near_kin:
            touched |= {two for two, first in ((one, other), (other, one)) if first in nominated}
    leave = tuple(each for each in members if each in touched)
    step_up = tuple(each for each in reserves if each not in touched)[: len(leave)]
    open_places = len(leave) - len(step_up)
    findings = [
        find("VCOL-15-3", False, on=election_day, case="self" if each in nominated else "kin", name=each)
        for each in leave
    ]
    if leave:
        filled = find(
            "VCOL-15-4", open_places == 0, on=election_day, names="、".join(step_up) or "—", open=open_places
        )
        findings.append(filled)
    return Change(leave, step_up, open_places, tuple(findings))


@dataclass(frozen=True, slots=True)
class Supervisor:
    """What the rules must be told of someone for the supervision committee. None is "not known", and never a pass."""

    on_committee: bool | None
    near_kin_on_committee: bool | None
    keeps_books: bool | None  # accountant, bookkeeper, clerk, or head of the collective


def may_supervise(person: Supervisor, *, on: date) -> tuple[Finding, ...]:
    """Committee members and their near relatives are barred by the Law (VSC-02), bookkeepers by the opinion (VSC-05)."""
    answers = (
        ("VSC-02", person.on_committee, "member"),
        ("VSC-02", person.near_kin_on_committee, "kin"),
        ("VSC-05", person.keeps_books, ""),
    )
    return tuple(
        find(rule, None if barred is None else not barred, on=on, case=case, stops=barred is not False)
        for rule, barred, case in answers
    )
