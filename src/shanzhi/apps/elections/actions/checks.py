"""A villager asks whether a name is on the posted roll: yes or no, nothing more, and only so often.

The caps are the same whether or not the name is on the roll, and count the name asked about, not the asker's
luck: whoever asks about one person five times a day learns nothing more that day, wherever he asks from.
Who asked stands in no table: his own cap is counted in memory, under a keyed hash, for a day at most.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Sum

from shanzhi.apps.elections.models import CheckAttempt, Roll
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.elections.selectors.rolls import Question
from shanzhi.apps.record import sealing

NAME_A_DAY, NAME_A_POSTING = 5, 10  # questions about one name (rulings: a hard cap per target)
CLIENT_A_DAY, PLACE_A_DAY = 30, 500
A_DAY = 24 * 60 * 60  # seconds


class Reply(StrEnum):
    """All that the public look-up ever says."""

    YES = "yes"
    NO = "no"
    TOO_OFTEN = "too_often"


def ask(*, roll: Roll, question: Question, client: str, today: date) -> Reply:
    """Answer one question about the posted roll, within the caps. The same work is done whatever the answer is."""
    within = _within_caps(roll, question, client, today)
    listed = rolls.is_listed(roll, question)
    if not within:
        return Reply.TOO_OFTEN
    return Reply.YES if listed else Reply.NO


def _within_caps(roll: Roll, question: Question, client: str, today: date) -> bool:
    """The caps on place and name all count, whichever is reached first: a refusal tells nothing about the others.

    Who is over his own cap uses up nobody else's: one busy asker cannot close the look-up for a village.
    """
    if _count_client(roll, client, today) > CLIENT_A_DAY:
        return False
    with transaction.atomic():
        in_place = _count(f"place:{roll.election.village_id}", today) <= PLACE_A_DAY
        if question.code:
            return in_place
        name = f"{roll.key}:{sealing.look_up(rolls.plain(question.name), purpose='roll-asked')}"
        for_name = _count(name, today) <= NAME_A_DAY
        in_all = CheckAttempt.objects.filter(bucket=name).aggregate(all=Sum("count"))["all"] <= NAME_A_POSTING
        return in_place and for_name and in_all


def _count_client(roll: Roll, client: str, today: date) -> int:
    key = f"roll-asker:{roll.key}:{sealing.look_up(f'{today}|{client}', purpose='roll-asker')}"
    cache.add(key, 0, A_DAY)
    try:
        return cache.incr(key)
    except ValueError:  # the cache was full and has let it go between the two lines
        return 1


def _count(bucket: str, today: date) -> int:
    made, _new = CheckAttempt.objects.select_for_update(no_key=True).get_or_create(bucket=bucket, day=today)
    CheckAttempt.objects.filter(pk=made.pk).update(count=F("count") + 1)
    return made.count + 1
