"""The outcome as a page shows it, and what still stops its announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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

    @property
    def answer(self) -> dict[str, Any]:
        return self.outcome.answer if self.outcome else {}

    @property
    def case(self) -> dict[str, Any]:
        return self.outcome.case if self.outcome else {}


def shown(election: Election, *, today: date) -> Shown:
    """The outcome of an election, or what is missing for one."""
    outcome = Outcome.objects.filter(election=election).first()
    totals = sheets.totals(election) if election.stage in {"counting", "announced"} else None
    stops = road.stops(election, "stage:announced", today=today) if election.stage == "counting" else ()
    decided = list(Decision.objects.filter(election=election, about="stage:announced"))
    return Shown(
        outcome, totals, _posts(outcome) if outcome else [], stops, decided,
        is_current=outcome is not None and totals is not None and _fits(outcome, totals),
    )  # fmt: skip


def _fits(outcome: Outcome, totals: sheets.Totals) -> bool:
    numbers = (outcome.case["issued"], outcome.case["collected"], outcome.case["void"])
    return numbers == (totals.issued, totals.collected, totals.void)


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
