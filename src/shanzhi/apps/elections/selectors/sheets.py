"""The two entries of every sheet side by side, and the totals once nothing differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from shanzhi.apps.elections.models import Candidate, Election, Sheet


class State(StrEnum):
    """Where the two entries of a sheet stand."""

    EMPTY = "empty"
    WAITING = "waiting"  # entered once, waits for the other teller
    DIFFERS = "differs"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a sheet as typed once, typed again, and settled."""

    field: str  # "issued", "collected", "void", or the key of a candidate
    candidate: Candidate | None
    first: int | None
    second: int | None
    settled: int | None

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def value(self) -> int | None:
        return self.settled if self.settled is not None else self.first

    def typed(self, entry: int) -> int | None:
        """What one entry says."""
        return (self.first, self.second, self.settled)[entry - 1]


@dataclass(frozen=True, slots=True)
class Pair:
    """One sheet with both entries. `batch` 0 is the ballots account.

    `lacks` are those written in on ballots after an entry was typed: the sheet was never asked about them.
    """

    election: Election
    kind: str
    batch: int
    first: Sheet | None
    second: Sheet | None
    settled: Sheet | None
    rows: tuple[Row, ...]
    lacks: tuple[Candidate, ...] = ()

    @property
    def state(self) -> State:
        if self.first is None:
            return State.EMPTY
        if self.settled is not None:
            return State.AGREED
        if self.second is None:
            return State.WAITING
        return State.DIFFERS if any(row.differs for row in self.rows) else State.AGREED

    def value(self, field: str) -> int:
        """The agreed number of a field."""
        return next(row.value for row in self.rows if row.field == field) or 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The settled numbers of the whole vote."""

    issued: int
    collected: int
    papers: int  # sum over the count sheets: must equal `collected`
    void: int
    votes: dict[int, int]  # candidate id -> votes
    batches: dict[int, int]  # number of the count sheet -> papers on it


def ballot(election: Election) -> list[Candidate]:
    """Those whose votes the sheets ask for: who stands, and who was written in; in ballot order."""
    counted = (Candidate.Status.STANDING, Candidate.Status.WRITTEN_IN)
    order = {post.value: place for place, post in enumerate(Candidate.Post)}
    people = election.candidates.filter(status__in=counted).select_related("person")
    return sorted(people, key=lambda each: (order[each.post], each.status != "standing", each.order, each.pk))


def pairs(election: Election) -> list[Pair]:
    """Every sheet of the election, the account first, then the batches in order."""
    sheets: dict[tuple[str, int], dict[int, Sheet]] = {}
    for sheet in _live(election):
        sheets.setdefault((sheet.kind, sheet.batch), {})[sheet.entry] = sheet
    sheets.setdefault((Sheet.Kind.ACCOUNT.value, 0), {})
    people = ballot(election)
    ordered = sorted(sheets.items(), key=lambda item: (item[0][0] != Sheet.Kind.ACCOUNT, item[0][1]))
    return [_pair(election, kind, batch, entries, people) for (kind, batch), entries in ordered]


def pair(election: Election, kind: str, batch: int) -> Pair:
    """One sheet with both entries, empty when nobody has begun."""
    entries = {sheet.entry: sheet for sheet in _live(election).filter(kind=kind, batch=batch)}
    return _pair(election, kind, batch, entries, ballot(election))


def totals(election: Election) -> Totals | None:
    """The numbers of the whole vote, or None while a sheet is missing, waiting or differs."""
    account, *batches = pairs(election)
    if any(each.state != State.AGREED for each in (account, *batches)):
        return None
    if not batches and account.value("collected"):
        return None
    return Totals(
        issued=account.value("issued"),
        collected=account.value("collected"),
        papers=sum(batch.value("collected") for batch in batches),
        void=sum(batch.value("void") for batch in batches),
        votes=_sum_votes(batches),
        batches={batch.batch: batch.value("collected") for batch in batches},
    )


def _sum_votes(batches: Iterable[Pair]) -> dict[int, int]:
    votes: dict[int, int] = {}
    for batch in batches:
        for row in batch.rows:
            if row.candidate is not None:
                votes[row.candidate.pk] = votes.get(row.candidate.pk, 0) + (row.value or 0)
    return votes


def _live(election: Election) -> QuerySet[Sheet]:
    return election.sheets.filter(replaced=False).prefetch_related("lines")


def _pair(
    election: Election, kind: str, batch: int, entries: dict[int, Sheet], people: list[Candidate]
) -> Pair:
    numbers = {entry: _numbers(sheet) for entry, sheet in entries.items()}
    fields: list[tuple[str, Candidate | None]] = (
        [("issued", None), ("collected", None)]
        if kind == Sheet.Kind.ACCOUNT
        else [("collected", None), ("void", None), *((each.key, each) for each in people)]
    )
    rows = tuple(
        Row(field, candidate, *(_number(numbers.get(entry), field, candidate) for entry in (1, 2, 3)))
        for field, candidate in fields
    )
    newest = numbers.get(3) or numbers.get(2) or numbers.get(1)
    lacks = () if newest is None else tuple(
        row.candidate for row in rows if row.candidate is not None and row.candidate.pk not in newest
    )  # fmt: skip
    return Pair(election, kind, batch, entries.get(1), entries.get(2), entries.get(3), rows, lacks)


def _numbers(sheet: Sheet) -> dict[str | int, int | None]:
    own: dict[str | int, int | None] = {
        "issued": sheet.issued,
        "collected": sheet.collected,
        "void": sheet.void,
    }
    return own | {line.candidate_id: line.votes for line in sheet.lines.all()}


def _number(
    numbers: dict[str | int, int | None] | None, field: str, candidate: Candidate | None
) -> int | None:
    if numbers is None:
        return None
    if candidate is None:
        return numbers.get(field)
    return numbers.get(candidate.pk, 0)  # someone written in after this entry had no votes in it


def progress(all_pairs: list[Pair]) -> dict[str, int]:
    """How far the count has come: papers taken from the boxes, papers on agreed sheets, sheets that differ."""
    account, *batches = all_pairs
    return {
        "collected": account.value("collected") if account.state == State.AGREED else 0,
        "papers": sum(batch.value("collected") for batch in batches if batch.state == State.AGREED),
        "differs": sum(each.state == State.DIFFERS for each in all_pairs),
        "waiting": sum(each.state == State.WAITING for each in all_pairs),
    }
