"""A villager asks whether a name is on the posted roll: yes or no, nothing more, and only so often.

The caps are the same whether or not the name is on the roll, and count the name asked about, not the asker's
luck: whoever asks about one person five times a day learns nothing more that day, wherever he asks from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum

from shanzhi.apps.elections.models import CheckAttempt, Roll
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.record import sealing

NAME_A_DAY, NAME_A_POSTING = 5, 10  # questions about one name (rulings: a hard cap per target)
CLIENT_A_DAY, PLACE_A_DAY = 30, 500


class Reply(StrEnum):
    """All that the public look-up ever says."""

    YES = "yes"
    NO = "no"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Question:
    """A name with the last four of the ID number, or the code of a paper slip."""

    name: str = ""
    tail: str = ""
    code: str = ""


def ask(*, roll: Roll, question: Question, client: str, today: date) -> Reply:
    """Answer one question about the posted roll, within the caps. Records counts, never who asked."""
    if not _within_caps(roll, question, client, today):
        return Reply.TOO_OFTEN
    return Reply.YES if rolls.is_listed(roll, question) else Reply.NO


@transaction.atomic
def _within_caps(roll: Roll, question: Question, client: str, today: date) -> bool:
    asked = [
        (sealing.look_up(f"{today}|{client}", purpose="roll-asker"), CLIENT_A_DAY),
        (f"place:{roll.election.village_id}", PLACE_A_DAY),
    ]
    if question.name:
        name = sealing.look_up(f"{roll.key}|{question.name}", purpose="roll-asked")
        asked.append((name, NAME_A_DAY))
        if _in_all(name) >= NAME_A_POSTING:
            return False
    within = True
    for bucket, most in asked:  # every bucket counts, even after a refusal
        within = _count(bucket, today) <= most and within
    return within


def _in_all(bucket: str) -> int:
    return CheckAttempt.objects.filter(bucket=bucket).aggregate(all=Sum("count"))["all"] or 0


def _count(bucket: str, today: date) -> int:
    made, _new = CheckAttempt.objects.select_for_update().get_or_create(bucket=bucket, day=today)
    CheckAttempt.objects.filter(pk=made.pk).update(count=F("count") + 1)
    return made.count + 1
