"""The board: every village's stage, next duty, days left; equal queries for two villages and for ninety."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from shanzhi.apps.elections.models import Candidate, Election, Renewal
from shanzhi.apps.elections.selectors import road
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import stages
from shanzhi.core.law.stages import Duty, Stage
from shanzhi.web.wording import STAGES as STAGE_NAMES

__all__ = [
    "STAGE_NAMES",
    "Line",
    "communities",
    "counting",
    "renewals",
    "rows",
    "summary",
    "townships",
    "villages_outside",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One village on the board: the election that has to be looked at, and its next duty."""

    village: Any
    election: Election | None
    duty: Duty | None

    @property
    def stage(self) -> str:
        return self.election.stage if self.election else ""

    @property
    def late(self) -> bool:
        return self.duty is not None and self.duty.late


def rows(scopes: Iterable[int], *, today: date, township: str = "", stage: str = "") -> list[Line]:
    """The villages under the scopes with the election to look at, in the order of their codes."""
    villages = [
        each for each in places.villages_under(scopes) if not township or each.parent.code == township
    ]
    held: dict[int, list[Election]] = {}
    for election in _elections([village.pk for village in villages]):
        held.setdefault(election.village_id, []).append(election)
    lines = [_line(village, held.get(village.pk, []), today) for village in villages]
    return [line for line in lines if not stage or line.stage == stage]


def communities(scopes: Iterable[int], *, township: str = "") -> list[Any]:
    """The communities under the scopes: shown, but the law on villagers' committees does not reach them."""
    return [each for each in places.communities_under(scopes) if not township or each.parent.code == township]


def _elections(villages: list[int]) -> list[Election]:
    """Every election of these villages, each tied to its parent, however many rounds there were: no further query."""
    found = list(
        Election.objects.filter(village_id__in=villages)
        .select_related("village", "renewal", "own_roll", "outcome")
        .prefetch_related(
            Prefetch("candidates", Candidate.objects.only("election_id", "post", "status")),
            "attestations",
            "own_roll__objections",
        )
    )
    by_key = {election.pk: election for election in found}
    for election in found:
        if election.parent_id:
            election.parent = by_key[election.parent_id]
    return found


def _line(village: Any, elections: list[Election], today: date) -> Line:
    """Of the newest renewal the open election whose duty is due first; when none is open, the last one."""
    if not elections:
        return Line(village, None, None)
    newest = max(each.renewal.begins for each in elections)
    current = [each for each in elections if each.renewal.begins == newest]
    open_ones = [each for each in current if each.stage != Stage.ANNOUNCED]
    lines = [
        Line(village, each, _next_duty(each, today)) for each in open_ones or [max(current, key=lambda e: e.pk)]
    ]  # fmt: skip
    return min(lines, key=lambda line: (line.duty.due if line.duty else date.max, -line.election.pk))


def _next_duty(election: Election, today: date) -> Duty | None:
    due = stages.duties(road.road(election, in_full=False), today=today)
    return due[0] if due else None


def summary(lines: list[Line]) -> dict[str, int]:
    """How many villages stand where, for the head of the board."""
    return {
        "villages": len(lines),
        "late": sum(line.late for line in lines),
        "announced": sum(line.stage == Stage.ANNOUNCED for line in lines),
        "open": sum(bool(line.election) and line.stage != Stage.ANNOUNCED for line in lines),
        "without": sum(line.election is None for line in lines),
    }


def townships(scopes: Iterable[int]) -> list[Any]:
    """The townships that lie under (or hold) the scopes: the filter of the board."""
    return list(places.townships_under(scopes))


def counting(scopes: Iterable[int]) -> list[Election]:
    """The counts that wait for tellers."""
    found = Election.objects.filter(stage=Stage.COUNTING).select_related("village__parent", "renewal")
    return [election for election in found if election.village.scopes & set(scopes)]


def renewals(county: Any) -> QuerySet[Renewal]:
    """The county's renewals, newest first."""
    return Renewal.objects.filter(county=county).prefetch_related("elections")


def villages_outside(renewal: Renewal) -> list[Any]:
    """Villages of the county that have not joined a renewal."""
    joined = set(renewal.elections.filter(parent=None).values_list("village_id", flat=True))
    return [village for village in places.villages_below(renewal.county) if village.pk not in joined]
