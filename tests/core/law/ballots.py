"""Short ways to write a case and read its outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from shanzhi.core.law.count import Case, Outcome, Settings, Voted, count

DAY = date(2026, 12, 20)


def people(text: str, post: str = "member") -> tuple[Voted, ...]:
    """ "A 301, W:f 290" -> people with their votes; a man unless marked."""
    made = []
    for part in text.split(","):
        who, votes = part.split()
        name, _colon, sex = who.partition(":")
        made.append(Voted(name, sex or "m", post, int(votes)))
    return tuple(made)


def sits(text: str, post: str = "member") -> tuple[Voted, ...]:
    """ "X:f, Y" -> people who are seated already."""
    return tuple(
        Voted(who.partition(":")[0].strip(), who.partition(":")[2] or "m", post) for who in text.split(",")
    )


def committee(votes: tuple[Voted, ...], *, collected: int, seats: int = 0, **more: Any) -> Case:
    """A committee's case; enough registered, nothing void, one post unless `seats_by_post` says otherwise."""
    by_post = more.pop("seats_by_post", None) or {votes[0].post: seats}
    numbers = {
        "registered": collected,
        "issued": collected,
        "void": 0,
        "round": "first",
        "election_day": DAY,
    } | more
    return Case(body="committee", collected=collected, votes=votes, seats=by_post, **numbers)


def branch(votes: tuple[Voted, ...], *, present: int, seats: int, **more: Any) -> Case:
    """A branch's case; everybody due is present and returns a ballot."""
    numbers = {
        "registered": present, "issued": present, "collected": present, "void": 0, "round": "first", "election_day": DAY,
    } | more  # fmt: skip
    return Case(body="branch", present=present, votes=votes, seats={"member": seats}, **numbers)


def elected(outcome: Outcome) -> str:
    """The names of the elected, in the order of the answer."""
    return " ".join(each.name for each in outcome.elected)


def reruns(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    """(post, seats, kind with "/women" when only women stand, names) of everything voted on again."""
    return [
        (again.post, again.seats, again.kind + ("/women" if again.women_only else ""),
         " ".join(each.name for each in again.candidates))
        for again in outcome.rerun
    ]  # fmt: skip


def said(outcome: Outcome) -> set[tuple[str, bool | None, str]]:
    """(rule, holds, case) of every finding."""
    return {(each.rule, each.holds, each.case) for each in outcome.findings}


def rules(outcome: Outcome) -> set[str]:
    """Every rule that was asked."""
    return {each.rule for each in outcome.findings}


__all__ = [
    "DAY",
    "Settings",
    "branch",
    "committee",
    "count",
    "elected",
    "people",
    "reruns",
    "rules",
    "said",
    "sits",
]
