"""The register of rules: every rule that the house knows, as data, with its dated texts and their sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shanzhi.core.values import Period


class Level(StrEnum):
    """What stands behind a rule."""

    STATUTE = "statute"
    PARTY = "party_rule"
    GUIDE = "guide"
    SETTING = "local_setting"
    STANDARD = "standard"
    READING = "reading"


class Basis(StrEnum):
    """How the rule is known: read in a public copy, or written from memory and to be signed off by the county."""

    FOUND = "found"
    MEMORY = "from_memory"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a rule: the law it stands in, the article, and the days on which it holds."""

    law: str  # "2018" and "2025" for the Organic Law; a short tag for other instruments, such as "guide-2013"
    article: str  # "18(2)"
    in_force: Period
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `domain/law.md` with all its text versions, oldest first."""

    id: str
    subject_zh: str
    subject_en: str
    level: Level
    basis: Basis
    source: str
    texts: tuple[Text, ...]
    used_in: tuple[str, ...] = ()

    def text_on(self, day: date) -> Text | None:
        """The text in force on `day`, or None when the rule did not exist then."""
        for text in self.texts:
            if text.in_force.holds(day):
                return text
        return None
