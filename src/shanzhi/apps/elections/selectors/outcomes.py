"""The outcome as a page shows it, and what still stops its announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shanzhi.apps.elections.bridge import case
from shanzhi.apps.elections.models import Candidate, Decision, Election, Outcome
from shanzhi.apps.elections.selectors import road, sheets
from shanzhi.core.law.findings import Finding


@dataclass(frozen=True, slots=True)
class Shown:
    """An outcome with its votes post by post, its reasons, and what stops it."""

    outcome: Outcome | None
    totals: sheets.Totals | None
    posts: list[dict[str, Any]]
    stops: tuple[Finding, ...]
    decided: list[Decision]
    is_current: bool
    is_unanimous: bool

    @property
    def answer(self) -> dict[str, Any]:
        return self.outcome.answer if self.outcome else {}

    @property
    def case(self) -> dict[str, Any]:
        return self.outcome.case if self.outcome else {}


def shown(election: Election, *, today: date) -> Shown:
    """The outcome of an election, or what is missing for one."""
    outcome = Outcome.objects.filter(election=election).first()
    counting = election.stage == "counting"
    totals = sheets.totals(election) if counting or election.stage == "announced" else None
    about = "stage:announced"
    stops = road.undecided(election, about, road.stops(election, about, today=today)) if counting else ()
    decided = list(Decision.objects.filter(election=election, about="stage:announced"))
    return Shown(
        outcome, totals, _posts(outcome) if outcome else [], stops, decided,
        is_current=not counting or _is_current(election, outcome, totals),
        is_unanimous=outcome is not None and _is_unanimous(outcome.case),
    )  # fmt: skip


def _is_current(election: Election, outcome: Outcome | None, totals: sheets.Totals | None) -> bool:
    """Whether the outcome answers to the sheets, the roll and the kin links as they stand now."""
    if outcome is None or totals is None or totals.papers != totals.collected:
        return False
    return bool(outcome.case == case.case_of(election, totals))


def _is_unanimous(asked: dict[str, Any]) -> bool:
    """Whether every valid paper says the same, so that the totals tell how each voter voted."""
    valid = asked["collected"] - asked["void"]
    return valid > 0 and all(each["votes"] in (0, valid) for each in asked["votes"])


def _posts(outcome: Outcome) -> list[dict[str, Any]]:
    """Votes by post, the most first, with who is elected."""
    won = {(each.get("id", each["name"]), each["post"]) for each in outcome.answer["elected"]}
    posts = []
    for post in Candidate.Post:
        rows = [
            each | {"elected": (each.get("id", each["name"]), post.value) in won}
            for each in outcome.case["votes"]
            if each["post"] == post.value
        ]
        if rows:
            rows.sort(key=lambda each: (-each["votes"], each["name"]))
            posts.append({"key": post.value, "name": str(post.label), "rows": rows})
    return posts
