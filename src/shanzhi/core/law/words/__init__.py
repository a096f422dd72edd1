"""The words of findings: templates in Chinese and English, one module a subject.

Each module has `WORDS: dict[tuple[rule id, holds, case], tuple[zh template, en template]]`; templates are
`str.format` over the finding's facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

WordKey = tuple[str, bool | None, str]


def say(rule: str, *, holds: bool | None, case: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a finding, in both languages. Raises KeyError when it was never written."""
    zh, en = _templates()[(rule, holds, case)]
    return {"zh": zh.format(**_named(facts, 0)), "en": en.format(**_named(facts, 1))}


# Posts are facts under their identifiers; in a sentence they are words.
POSTS = {
    "chair": ("主任", "chair"),
    "vice_chair": ("副主任", "vice-chair"),
    "member": ("委员", "member"),
}


def _named(facts: Mapping[str, Any], language: int) -> dict[str, Any]:
    named = dict(facts)
    if named.get("post") in POSTS:
        named["post"] = POSTS[named["post"]][language]
    return named


@lru_cache(maxsize=1)
def _templates() -> dict[WordKey, tuple[str, str]]:
    from shanzhi.core.law.words import calendar, count, meetings, people, stages

    return {**calendar.WORDS, **count.WORDS, **meetings.WORDS, **people.WORDS, **stages.WORDS}
