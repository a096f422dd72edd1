"""What is under way in villages that are about to be merged, split or dissolved: asked by the room below."""

from __future__ import annotations

from collections.abc import Iterable

from shanzhi.apps.elections.models import Attestation, Election
from shanzhi.core.law.stages import Stage
from shanzhi.web.wording import STAGES


def under_way(places: Iterable[int], *, lock: bool = False) -> list[tuple[int, str, bool]]:
    """Elections that are not announced: place, renewal and stage in words, and whether the village must wait.

    One that was only opened, and for which nothing has been decided, lapses with its village; a body that stands, a
    roll, a vote or a second round does not. `lock` holds them, so that none can go on meanwhile.
    """
    found = Election.objects.filter(village__in=list(places)).exclude(stage=Stage.ANNOUNCED).order_by("pk")
    if lock:
        found = found.select_for_update(of=("self",), no_key=True)
    elections = list(found.select_related("renewal"))
    begun = set(Attestation.objects.filter(election__in=elections).values_list("election_id", flat=True))
    return [
        (
            each.village_id,
            f"{each.renewal.name} · {STAGES[each.stage]}",
            each.stage != Stage.PLANNED or each.parent_id is not None or each.pk in begun,
        )
        for each in elections
    ]
