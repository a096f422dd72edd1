"""Near relatives in law, and the wider kin that only local notices speak of (KIN-01)."""

from __future__ import annotations

NEAR = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})

REVERSE = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "uncle": "uncle",
    "cousin": "cousin",
    "in_law": "in_law",
}


def is_near(relation: str) -> bool:
    """Whether the relation makes two people near relatives in law. Cousins, uncles and in-laws are not (KIN-01)."""
    return relation in NEAR
