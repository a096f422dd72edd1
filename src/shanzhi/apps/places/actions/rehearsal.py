"""What a change of places will do, found out by doing it and taking it back: the same code, the same refusals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places.models import Place, PlaceChange
from shanzhi.apps.places.selectors import impact
from shanzhi.web.wording import aside


@dataclass(frozen=True, slots=True)
class Step:
    """One change that will be made, in words that stand without the database rows: those are gone again."""

    kind: str
    places: tuple[str, ...]
    facts: dict[str, Any]
    grants: tuple[Any, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that will be done. `digest` differs as soon as any number in it does."""

    steps: tuple[Step, ...]

    @property
    def digest(self) -> str:
        said = [[step.kind, step.places, step.facts] for step in self.steps]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]


def rehearse(act: Callable[[], PlaceChange | Iterable[PlaceChange]]) -> Preview:
    """Do it, look at it, take all of it back. Raises whatever the act refuses."""
    with transaction.atomic():
        done = act()
        changes = [done] if isinstance(done, PlaceChange) else list(done)
        steps = tuple(_step(change) for change in changes)
        transaction.set_rollback(True)
    return Preview(steps)


def fate_of(place: Place, change: PlaceChange) -> str:
    """Whether a place ends or begins with a change, in brackets; nothing for one that goes on."""
    if place.valid_until:
        return aside(_("is dissolved"))
    return aside(_("is new")) if place.valid_from == change.on else ""


def _step(change: PlaceChange) -> Step:
    places = change.places.select_related("parent").order_by("code")
    return Step(
        change.kind, tuple(f"{place.full_name} {place.code}{fate_of(place, change)}" for place in places), dict(change.facts),
        tuple(impact.grants(change.facts.get("ended_grants", []))),
    )  # fmt: skip
