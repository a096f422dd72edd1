"""Live proxies of an election, and whether the list on the board holds them."""

from __future__ import annotations

from django.db.models import QuerySet

from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.models import Election, Mandate


def live(election: Election) -> QuerySet[Mandate]:
    """Mandates that hold, in the order of the roll."""
    return people.live_mandates(election).select_related("principal", "holder").order_by("principal__number")


def not_on_board(election: Election) -> int:
    """How many mandates the board does not show as they are: not posted yet, or posted and ended since (VCOL-18-15)."""
    fresh = people.live_mandates(election).filter(posted_on=None).count()
    gone = election.mandates.filter(posted_on__isnull=False, ended_on__isnull=False).count()
    return fresh + gone
