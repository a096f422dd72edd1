"""The answer to a count: who is elected, what is voted on again, what stays empty, what a person must decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shanzhi.core.law.ballot_case import Voted
from shanzhi.core.law.findings import Finding, find


@dataclass(frozen=True, slots=True)
class Rerun:
    """Something that has to be voted on again.

    kind: "second_round" (missing seats of a committee), "tie" (among the tied), "whole" (the election is invalid and
    is held again), "again" (missing seats of a branch).
    """

    post: str
    seats: int
    kind: str
    candidates: tuple[Voted, ...]
    women_only: bool = False


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Seats that are empty after a second round; those that may not stay empty are in a rerun as well."""

    post: str
    seats: int
    may_stay: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that forbids the announcement until a person decides."""

    rule: str
    people: tuple[Voted, ...]


# What a count noted of one rule: rule, whether it holds, case, whether it stops, facts. It is made a finding, with text
# version and words, only when somebody reads it.
Note = tuple[str, bool | None, str, bool, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a case. `held` are those whom the woman's seat holds back (VER-09)."""

    day: date

    valid: bool
    elected: tuple[Voted, ...]
    rerun: tuple[Rerun, ...]
    vacant: tuple[Vacancy, ...]
    held: tuple[Voted, ...]
    stops: tuple[Stop, ...]
    notes: tuple[Note, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every rule that was asked, under the text in force on the election day, in the order of asking."""
        return tuple(
            find(rule, holds, on=self.day, case=case, stops=stops, **facts)
            for rule, holds, case, stops, facts in self.notes
        )

    def as_json(self) -> dict[str, Any]:
        """The answer as the contract prints it."""
        return {
            "valid": self.valid,
            "elected": [_shown(each) for each in self.elected],
            "rerun": [_rerun_shown(each) for each in self.rerun],
            "vacant": [{"post": v.post, "seats": v.seats, "may_stay": v.may_stay} for v in self.vacant],
            "held": [_shown(each) for each in self.held],
            "stops": [_stop_shown(stop) for stop in self.stops],
            "findings": [finding.as_json() for finding in self.findings],
        }


def names(people: list[Voted] | tuple[Voted, ...]) -> str:
    """The names in a sentence."""
    return "、".join(each.name for each in people)


def _shown(each: Voted) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": each.name, "post": each.post, "votes": each.votes}
    return shown | ({"id": each.id} if each.id else {})


def _rerun_shown(rerun: Rerun) -> dict[str, Any]:
    shown = {
        "post": rerun.post, "seats": rerun.seats, "kind": rerun.kind,
        "candidates": [each.name for each in rerun.candidates], "women_only": rerun.women_only,
    }  # fmt: skip
    return shown | _ids(rerun.candidates)


def _stop_shown(stop: Stop) -> dict[str, Any]:
    return {"rule": stop.rule, "names": [each.name for each in stop.people]} | _ids(stop.people)


def _ids(people: tuple[Voted, ...]) -> dict[str, Any]:
    ids = [each.id for each in people]
    return {"ids": ids} if any(ids) else {}
