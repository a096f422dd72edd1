"""The words of findings: templates in Chinese and English, one module a subject.

Each module has `WORDS: dict[tuple[rule id, holds, case], tuple[zh template, en template]]`; templates are
`str.format` over the finding's facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WordKey = tuple[str, bool | None, str]


def say(rule: str, *, holds: bool | None, case: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a finding, in both languages. Raises KeyError when it was never written."""
    zh, en = _templates()[(rule, holds, case)]
    return {"zh": zh.format(**facts), "en": en.format(**facts)}


def _templates() -> dict[WordKey, tuple[str, str]]:
    from shanzhi.core.law.words import calendar, count, people, stages

    return {**calendar.WORDS, **count.WORDS, **people.WORDS, **stages.WORDS}
