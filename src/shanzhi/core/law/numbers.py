"""The numbers that the law names, each with its source and the days from which it holds.

Used by the count, the calendar, the roll and the proxies, so that a new number is a new line here and nowhere else.
The days before the text of 2018-12-29 are not kept.
"""

from __future__ import annotations

from datetime import date

from shanzhi.core.values import Dated

TEXT_2018, TEXT_2025 = (
    date(2018, 12, 29),
    date(2026, 1, 1),
)  # TRANS-01: when each text of the Organic Law began


def _since_2018(source: str, number: int) -> Dated[int]:
    return Dated(source, {TEXT_2018: number})


SMALLEST_COMMITTEE = _since_2018("VCOL-8-1", 3)
LARGEST_COMMITTEE = _since_2018("VCOL-8-1", 7)
TERM_YEARS = _since_2018("VCOL-14-2", 5)
VOTING_AGE = _since_2018("VCOL-16-1", 18)
YEARS_HERE = _since_2018("VCOL-16-4", 1)
POSTED_BEFORE = _since_2018("VCOL-17-1", 20)
OBJECTION_DAYS = _since_2018("VCOL-17-2", 5)
DECISION_DAYS = _since_2018("VCOL-17-3", 3)
MANDATES = _since_2018("VER-01 until 2025, VCOL-18-13 since", 3)
SECOND_ROUND_DAYS = _since_2018("VER-10", 10)
HANDOVER_DAYS = _since_2018("VCOL-24-1", 10)
ASSEMBLY_NOTICE_DAYS = _since_2018("VCOL-25-3", 10)
DISCLOSURE_DAYS = Dated("VCOL-35-5", {TEXT_2025: 15})
