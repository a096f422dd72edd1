"""Sealing every sealed value anew, under the newest field key: afterwards an older key opens nothing in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.apps.record import selectors as recorded
from shanzhi.core import cipher

A_PART = 500
NAMES = ("sealed", "secret")  # and whatever ends with "_sealed"


@dataclass(slots=True)
class Resealed:
    """How many values of each column were sealed anew, and which ones do not open."""

    counts: dict[str, int] = field(default_factory=dict)
    spoiled: list[str] = field(default_factory=list)


def reseal(*, by: str = recorded.SYSTEM) -> Resealed:
    """Seal anew what an older key has sealed, a part at a time, while people work. Done again, it goes on where it was.

    What somebody changes meanwhile is sealed under the newest key by that change, and is left alone.
    """
    found = Resealed()
    for model, column in sealed_columns():
        name = f"{model._meta.db_table}.{column}"
        found.counts[name] = sum(_part(model, column, keys, found) for keys in _parts(model))
    done = sum(found.counts.values())
    if done:
        newest = next(iter(settings.FIELD_KEYS))
        record.write(
            by=by,
            act="record.resealed",
            subject="keys",
            number=newest,
            entries=done,
            faults=len(found.spoiled),
        )
    return found


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the house that holds sealed values."""
    for model in apps.get_models():
        for each in model._meta.concrete_fields:
            ours = model.__module__.startswith("shanzhi.") and isinstance(each, models.BinaryField)
            if ours and (each.name in NAMES or each.name.endswith("_sealed")):
                yield model, each.name


def _parts(model: type[models.Model]) -> Iterator[list[int]]:
    rows, last = model._base_manager.order_by("pk"), None
    while True:
        keys = list(
            (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:A_PART]
        )
        if not keys:
            return
        yield keys
        last = keys[-1]


@transaction.atomic
def _part(model: type[models.Model], column: str, keys: list[int], found: Resealed) -> int:
    newest, done = next(iter(settings.FIELD_KEYS)), 0
    for row in model._base_manager.filter(pk__in=keys).exclude(**{column: None}):
        held = bytes(getattr(row, column))
        if cipher.key_of(held) == newest:
            continue
        try:
            fresh = sealing.seal_bytes(row, column, sealing.unseal_bytes(row, column))
        except cipher.Spoiled as wrong:
            found.spoiled.append(f"{model._meta.db_table}.{column} of row {row.pk}: {wrong}")
            continue
        done += model._base_manager.filter(pk=row.pk, **{column: held}).update(**{column: fresh})
    return done
