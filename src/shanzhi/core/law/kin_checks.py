"""Links between relatives that cannot all be true, or that the law forbids (KIN-02): findings, never corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanzhi.core.law.findings import Finding, find
from shanzhi.core.law.kinship import Link, both_ways

YOUNGEST_PARENT = 12  # years between parent and child, below which a slip of the pen is likelier
YOUNGEST_GRANDPARENT = 2 * YOUNGEST_PARENT


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks need of a person. None: not known, and nothing is concluded from it."""

    name: str
    sex: str
    born: date | None


def contradictions(
    person: int, people: Mapping[int, Known], links: Iterable[Link], *, today: date
) -> tuple[Finding, ...]:
    """What cannot be right about a person's own links, in a fixed order."""
    around = both_ways(links)
    own = around.get(person, [])
    who = people[person]
    told = [
        *_ages(who, own, people, today),
        *_parents(who, own, people, today),
        *_spouses(who, own, people, today),
        *_married_kin(person, own, around, people, today),
        *_ring(person, around, people, today),
    ]
    return tuple(told)


def _ages(who: Known, own: list[tuple[int, str]], people: Mapping[int, Known], today: date) -> list[Finding]:
    """Parents and grandparents are older, by enough years."""
    found = []
    least = {"parent": YOUNGEST_PARENT, "grandparent": YOUNGEST_GRANDPARENT}
    for other, relation in own:
        older, younger = (people[other], who) if relation in least else (who, people[other])
        years = least.get({"child": "parent", "grandchild": "grandparent"}.get(relation, relation))
        apart = _years_between(older.born, younger.born)
        if years is not None and apart is not None and apart < years:
            case = "grandparent_age" if years == YOUNGEST_GRANDPARENT else "parent_age"
            found.append(_found(case, today, one=older.name, other=younger.name, years=max(apart, 0)))
    return found


def _parents(
    who: Known, own: list[tuple[int, str]], people: Mapping[int, Known], today: date
) -> list[Finding]:
    """One father and one mother; adoption may explain more, and a person says so."""
    parents = [people[other] for other, relation in own if relation == "parent"]
    found = []
    for sex, case in (("m", "fathers"), ("f", "mothers")):
        names = [each.name for each in parents if each.sex == sex]
        if len(names) > 1:
            found.append(_found(case, today, one=who.name, other="、".join(names)))
    return found


def _spouses(
    who: Known, own: list[tuple[int, str]], people: Mapping[int, Known], today: date
) -> list[Finding]:
    """One spouse, of the other sex (Civil Code 1041, 1046)."""
    spouses = [people[other] for other, relation in own if relation == "spouse"]
    found = []
    if len(spouses) > 1:
        found.append(_found("spouses", today, one=who.name, other="、".join(each.name for each in spouses)))
    same = [each.name for each in spouses if each.sex == who.sex]
    return found + [_found("spouse_sex", today, one=who.name, other=name) for name in same]


def _married_kin(
    person: int, own: list[tuple[int, str]], around: Mapping[int, list[tuple[int, str]]], people: Mapping[int, Known], today: date
) -> list[Finding]:  # fmt: skip
    """Direct blood relatives and collateral ones to the third generation do not marry (Civil Code 1048)."""
    mine = _blood(person, around)
    found = []
    for other, relation in own:
        if relation == "spouse" and (other in mine or mine & _blood(other, around)):
            found.append(_found("married_kin", today, one=people[person].name, other=people[other].name))
    return found


def _blood(person: int, around: Mapping[int, list[tuple[int, str]]]) -> frozenset[int]:
    """Parents and grandparents, as far as they are linked."""
    parents = {other for other, relation in around.get(person, []) if relation == "parent"}
    above = {other for each in parents for other, relation in around.get(each, []) if relation == "parent"}
    named = {other for other, relation in around.get(person, []) if relation == "grandparent"}
    return frozenset(parents | above | named)


def _ring(
    person: int, around: Mapping[int, list[tuple[int, str]]], people: Mapping[int, Known], today: date
) -> list[Finding]:
    """Nobody is his own ancestor."""
    seen: set[int] = set()
    above = {other for other, relation in around.get(person, []) if relation == "parent"}
    while above - seen:
        seen |= above
        above = {
            other for each in above for other, relation in around.get(each, []) if relation == "parent"
        } - seen
    return [_found("ring", today, one=people[person].name)] if person in seen else []


def _years_between(older: date | None, younger: date | None) -> int | None:
    """Full years from one birth to the other; negative when it is the other way round."""
    if older is None or younger is None:
        return None
    return younger.year - older.year - ((younger.month, younger.day) < (older.month, older.day))


def _found(case: str, today: date, **facts: Any) -> Finding:
    return find("KIN-02", False, on=today, case=case, **facts)
