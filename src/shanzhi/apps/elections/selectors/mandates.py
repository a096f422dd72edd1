"""Live proxies of an election."""

from __future__ import annotations

from django.db.models import QuerySet

from shanzhi.apps.elections.models import Election, Mandate


def live(election: Election) -> QuerySet[Mandate]:
    """Mandates that hold, in the order of the roll."""
    held = Mandate.objects.filter(election=election, ended_on=None)
    return held.select_related("principal", "holder").order_by("principal__number")
