"""Rows of the record <-> what core.merkle hashes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shanzhi.apps.record.models import Tile
from shanzhi.core.merkle import bundle
from shanzhi.core.merkle.tile import ReadTile


def event_leaf(
    *, at: datetime, by: str, act: str, subject: str, scope: int | None, facts: Mapping[str, Any]
) -> bytes:
    """The bytes of an audit event that the tree holds."""
    return bundle.canonical(
        {"at": at.isoformat(), "by": by, "act": act, "subject": subject, "scope": scope, "facts": dict(facts)}
    )


def tiles_of(tree: str) -> ReadTile:
    """Reads a tile of a tree from the database; a missing one is empty."""

    def read(level: int, number: int) -> bytes:
        row = (
            Tile.objects.filter(tree_id=tree, level=level, number=number)
            .values_list("hashes", flat=True)
            .first()
        )
        return bytes(row) if row is not None else b""

    return read
