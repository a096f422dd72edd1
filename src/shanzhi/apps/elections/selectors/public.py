"""What a villager without an account may know of an election: stage, notices, result; never a person's data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from shanzhi.apps.elections.models import Election, Notice, Roll
from shanzhi.apps.elections.selectors.rolls import open_roll

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


def elections_of(village: Place) -> QuerySet[Election]:
    """The village's elections that have begun, newest first."""
    begun = Election.objects.filter(village=village).exclude(stage="planned", parent=None)
    return begun.select_related("renewal", "parent", "outcome").prefetch_related("notices").order_by("-pk")


def roll_to_ask(village: Place) -> Roll | None:
    """The posted roll that can be asked about now."""
    return open_roll(village.pk)


def stages_of(villages: Iterable[int]) -> dict[int, str]:
    """Where each village stands in its newest renewal: an election that is under way before one that is announced."""
    found: dict[int, str] = {}
    newest: dict[int, object] = {}
    for village_id, begins, stage in (
        Election.objects.filter(village_id__in=list(villages))
        .order_by("renewal__begins", "pk")
        .values_list("village_id", "renewal__begins", "stage")
    ):
        if newest.get(village_id) != begins or stage != "announced":
            found[village_id] = stage
        newest[village_id] = begins
    return found


def latest_results(limit: int = 8) -> QuerySet[Notice]:
    """The newest announced results, by the day of the announcement."""
    newest = Notice.objects.filter(kind=Notice.Kind.RESULT).select_related("election__village__parent")
    return newest.order_by("-posted_on", "-pk")[:limit]
