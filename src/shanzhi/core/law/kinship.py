"""Near relatives in law, and the wider kin that only local notices speak of (KIN-01); and what follows from links.

A link (a, b, relation) says: a is the relation of b. Only what is sure follows: two children of one parent are brothers
or sisters (of half blood too), a parent's parent is a grandparent, a parent's brother or sister an uncle or aunt. A
parent's spouse may be a step-parent, and the brother of a half-brother may be nobody's: nothing follows from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NEAR = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})

REVERSE = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "uncle": "nephew",
    "nephew": "uncle",
    "cousin": "cousin",
    "in_law": "in_law",
}

Link = tuple[int, int, str]  # the first is the relation of the second

# Steps from a person (to his parent, to that one's child, ...), and what whoever stands at the end is to him.
FOLLOWS: Mapping[tuple[str, ...], str] = {
    ("parent", "child"): "sibling",
    ("parent", "parent"): "grandparent",
    ("child", "child"): "grandchild",
    ("parent", "sibling"): "uncle",
    ("sibling", "child"): "nephew",
    ("uncle", "child"): "cousin",
    ("parent", "nephew"): "cousin",
    ("spouse", "parent"): "in_law",
    ("child", "spouse"): "in_law",
    ("spouse", "sibling"): "in_law",
    ("sibling", "spouse"): "in_law",
    ("spouse", "grandparent"): "in_law",
    ("grandchild", "spouse"): "in_law",
    ("parent", "parent", "child"): "uncle",
    ("parent", "child", "child"): "nephew",
    ("parent", "sibling", "child"): "cousin",
    ("spouse", "parent", "child"): "in_law",
    ("parent", "child", "spouse"): "in_law",
}
# Of several ways to one person the nearest kin counts: a sibling is not told to be a cousin as well.
RANK = (
    "spouse",
    "parent",
    "child",
    "sibling",
    "grandparent",
    "grandchild",
    "uncle",
    "nephew",
    "cousin",
    "in_law",
)
LONGEST = max(len(steps) for steps in FOLLOWS)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`other` is the `relation` of `person`: it follows from the chain, each step (who, what he is to the one before)."""

    person: int
    other: int
    relation: str
    chain: tuple[tuple[int, str], ...]


def is_near(relation: str) -> bool:
    """Whether the relation makes two people near relatives in law. Cousins, uncles and in-laws are not (KIN-01)."""
    return relation in NEAR


def both_ways(links: Iterable[Link]) -> dict[int, list[tuple[int, str]]]:
    """Of each person: whom he is linked with, and what that one is to him. Each link is read from both ends."""
    around: dict[int, dict[int, str]] = {}
    for one, other, relation in links:
        around.setdefault(other, {})[one] = relation
        around.setdefault(one, {}).setdefault(other, REVERSE[relation])
    return {person: sorted(told.items()) for person, told in around.items()}


def follows(person: int, links: Iterable[Link]) -> tuple[Suggestion, ...]:
    """What the links say of a person beyond what stands in them: each other once, the nearest relation, its chain."""
    around = both_ways(links)
    known = {other for other, _relation in around.get(person, [])}
    found: dict[int, Suggestion] = {}
    ways: list[tuple[tuple[int, str], ...]] = [()]
    for _step in range(LONGEST):
        ways = [(*way, step) for way in ways for step in around.get(way[-1][0] if way else person, [])]
        ways = [way for way in ways if _goes_on(person, way)]
        for way in ways:
            relation = FOLLOWS.get(tuple(step for _who, step in way))
            other = way[-1][0]
            if relation is None or other in known:
                continue
            told = found.get(other)
            if told is None or RANK.index(relation) < RANK.index(told.relation):
                found[other] = Suggestion(person, other, relation, way)
    return tuple(found[other] for other in sorted(found))


def _goes_on(person: int, way: tuple[tuple[int, str], ...]) -> bool:
    """A way never comes back to where it was, and is the beginning of one that something follows from."""
    people = [person, *(who for who, _step in way)]
    steps = tuple(step for _who, step in way)
    return len(set(people)) == len(people) and any(each[: len(steps)] == steps for each in FOLLOWS)
