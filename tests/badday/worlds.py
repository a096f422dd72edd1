"""Counties that a real server is put on: built by the nursery, with accounts that can sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests import cast
from tests.apps.elections import the_count as count
from tests.badday import acts


def at_the_count() -> dict[str, Any]:
    """A village whose ballots account agrees; a teller and a clerk who sign in."""
    made = count.make_count(acts.SEATS, acts.PEOPLE)
    count.enter_twice(made, 0, {"issued": 4000, "collected": 4000})
    village = made.village
    cast.make_account("jipiao", "计票员", "teller", village)
    cast.make_account("dongchuan", "东川干事", "township_clerk", village.parent)
    return {"election": made.key, "village": village.code, "sheet": acts.numbers(made)}


def counted() -> dict[str, Any]:
    """All sheets agree and the result is reckoned; a clerk may announce it."""
    today = timezone.localdate()
    made = count.make_count(acts.SEATS, acts.PEOPLE, day=today)
    count.type_all(made, acts.VOTES, collected=40)
    cast.make_account("dongchuan", "东川干事", "township_clerk", made.village.parent)
    return {"election": made.key, "version": count.fresh(made).version, "village": made.village.code,
            "day": today.isoformat()}  # fmt: skip


WORLDS: dict[str, Callable[[], dict[str, Any]]] = {"at the count": at_the_count, "counted": counted}
