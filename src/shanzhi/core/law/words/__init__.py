"""The words of findings: templates in Chinese and English, one module a subject.

Each module has `WORDS: dict[tuple[rule id, holds, case], tuple[zh template, en template]]`; templates are
`str.format` over the finding's facts. English says one or many by the number: "{seats} {seats:seat|seats}".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

WordKey = tuple[str, bool | None, str]

CHINESE, ENGLISH = 0, 1
CIVIL_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def say(rule: str, *, holds: bool | None, case: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a finding, in both languages. Raises KeyError when it was never written."""
    zh, en = _templates()[(rule, holds, case)]
    return {"zh": zh.format(**_named(facts, CHINESE)), "en": en.format(**_named(facts, ENGLISH))}


# Posts are facts under their identifiers; in a sentence they are words.
POSTS = {
    "chair": ("主任", "chair"),
    "vice_chair": ("副主任", "vice-chair"),
    "member": ("委员", "member"),
}


class Counted(int):
    """A number that knows which of two words goes with it: `{seats:seat|seats}` is "seat" for 1, else "seats"."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return super().__format__(spec)
        return one if self == 1 else many


def _named(facts: Mapping[str, Any], language: int) -> dict[str, Any]:
    named = {name: _told(value, language) for name, value in facts.items()}
    if named.get("post") in POSTS:
        named["post"] = POSTS[named["post"]][language]
    return named


def _told(value: Any, language: int) -> Any:
    """A fact as a sentence says it: a civil day, held as "2026-12-20", and a list of names in the reader's own form."""
    if not isinstance(value, str):
        return Counted(value) if type(value) is int else value
    if not CIVIL_DAY.fullmatch(value):
        return value if language == CHINESE else value.replace("、", ", ")
    day = date.fromisoformat(value)
    if language == CHINESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=1)
def _templates() -> dict[WordKey, tuple[str, str]]:
    from shanzhi.core.law.words import calendar, count, meetings, people, stages

    return {**calendar.WORDS, **count.WORDS, **meetings.WORDS, **people.WORDS, **stages.WORDS}
