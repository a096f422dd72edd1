"""The register: every rule by its id."""

from __future__ import annotations

from collections.abc import Iterator

from shanzhi.core.law import articles
from shanzhi.core.law.rules import Rule


class UnknownRule(LookupError):  # noqa: N818 - reads as the thing that happened
    """No rule has this id."""


def all_rules() -> Iterator[Rule]:
    """Every rule, in the order of the register."""
    yield from articles.RULES.values()


def rule(rule_id: str) -> Rule:
    """The rule with this id. Raises UnknownRule."""
    try:
        return articles.RULES[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None
