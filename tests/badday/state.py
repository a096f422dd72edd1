"""What stands in a database, so that two states can be compared: exactly, or but for what dice and clocks gave."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Document, Tree
from shanzhi.core.merkle import bundle, checkpoint

ROOMS = ("record", "accounts", "places", "elections", "portal", "tables")
DICE = re.compile(r"\b[0-9a-f]{64}\b|(?<![\w-])[\w-]{16}(?![\w-])")  # digests and random keys
GIVEN_BY_CHANCE = (models.DateTimeField, models.BinaryField, models.AutoField, models.ForeignKey)


def tables() -> list[type[models.Model]]:
    """Every table of the house."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ROOMS]
    return sorted(found, key=lambda model: model._meta.label)


def look() -> dict[str, Any]:
    """The database as it stands: `exact` tells any difference, `shape` only what no dice or clock decides."""
    exact, shape = {}, {}
    for model in tables():
        rows = list(model._base_manager.order_by("pk").values_list())
        exact[model._meta.label] = _digest(repr(_plain(row)) for row in rows)
        kept = [at for at, field in enumerate(model._meta.concrete_fields) if not _by_chance(field)]
        told = sorted(DICE.sub("*", json.dumps([row[at] for at in kept], default=str)) for row in rows)
        shape[model._meta.label] = f"{len(rows)} rows {_digest(told)[:8]}"
    return {"exact": exact, "shape": shape}


def _by_chance(field: models.Field) -> bool:
    # A signature; and the end of a number, hashed under the random key of its row.
    return isinstance(field, GIVEN_BY_CHANCE) or field.name in {"note", "id_tail"}


def faults() -> list[str]:
    """Whatever in the log, the tables, the proofs or the file itself does not fit."""
    found = list(record.faults())
    found += _unproven()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            found += [f"a reference that leads nowhere: {row}" for row in cursor.fetchall()]
    return found


def _unproven() -> Iterable[str]:
    """Every document that is signed proves itself; at most the newest wait for their signature."""
    key = checkpoint.LogKey.of(f"{settings.LOG_ORIGIN}/public", settings.LOG_KEYS["public"])
    size = Tree.objects.filter(name="public").values_list("size", flat=True).first() or 0
    if size != Document.objects.count():
        yield f"the public log has {size} entries, the table {Document.objects.count()}"
    for document in Document.objects.all():
        made = record.bundle_of(document)
        if made is not None:
            bundle.check(made, key)


def _plain(row: tuple[Any, ...]) -> list[Any]:
    return [bytes(value) if isinstance(value, memoryview | bytes) else value for value in row]


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
