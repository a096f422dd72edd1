"""A finding: what one rule says of the facts. The rules answer in these; words come last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from shanzhi.core.law import register, rules, words


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer.

    holds: True when the rule is kept, False when it is broken, None when a fact it needs is unknown
        (unknown is never a pass).
    case: which of the rule's sentences fits, for a rule that can be kept or broken in several ways.
    stops: whether this finding forbids the next step until a person decides.
    """

    rule: str
    law: str
    article: str
    holds: bool | None
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    case: str = ""
    stops: bool = False

    @property
    def says(self) -> dict[str, str]:
        """The finding in words that a villager understands: {"zh": ..., "en": ...}."""
        return words.say(self.rule, holds=self.holds, case=self.case, facts=self.facts)

    @property
    def graded(self) -> rules.Rule:
        """The rule itself, with its level, basis and source."""
        return register.rule(self.rule)

    def as_json(self) -> dict[str, Any]:
        """The finding as the command line prints it (contracts/README.md)."""
        return {
            "rule": self.rule,
            "law": self.law,
            "article": self.article,
            "holds": self.holds,
            "facts": dict(self.facts),
            "says": self.says,
        }


def find(
    rule_id: str, holds: bool | None, *, on: date, case: str = "", stops: bool = False, **facts: Any
) -> Finding:
    """A finding under the text of `rule_id` in force on the day `on`.

    Raises UnknownRule for an id that is not in the register, LookupError when the rule has no text on that day.
    """
    text = _text(rule_id, on)
    return Finding(rule_id, text.law, text.article, holds, MappingProxyType(facts), case, stops)


@lru_cache(maxsize=4096)
def _text(rule_id: str, on: date) -> rules.Text:
    text = register.rule(rule_id).text_on(on)
    if text is None:
        raise LookupError(f"{rule_id} has no text in force on {on.isoformat()}")
    return text
