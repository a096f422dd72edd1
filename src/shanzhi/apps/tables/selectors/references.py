"""What rests on a row: asked before a row is taken out again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

BATCH = 500


def referred_to(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    """Those among the rows that a row of any room refers to. What goes with a row (on_delete CASCADE) does not count."""
    wanted = list(ids)
    found: set[int] = set()
    for each in model._meta.related_objects:
        if each.on_delete is models.CASCADE:
            continue
        name, rows = each.field.name, each.related_model._default_manager.order_by()
        for at in range(0, len(wanted), BATCH):
            held = rows.filter(**{f"{name}__in": wanted[at : at + BATCH]})
            found |= set(held.values_list(f"{name}_id", flat=True))
    return found
