"""Rows of the record <-> what core.merkle hashes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shanzhi.apps.record.models import Document, Tile
from shanzhi.core.merkle import bundle
from shanzhi.core.merkle.tile import ReadTile


def event_fields(
    *, at: datetime, by: str, act: str, subject: str, scope: int | None, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """What the audit tree holds of an event: all of it."""
    return {
        "at": _utc(at),
        "by": by,
        "act": act,
        "subject": subject,
        "scope": scope,
        "facts": dict(facts),
    }


def document_leaf(of: Document) -> dict[str, Any]:
    """What the public tree holds of a document: everything but its bytes, and their digest."""
    return {
        "number": of.number,
        "kind": of.kind,
        "digest": bundle.digest(bytes(of.body)),
        "media_type": of.media_type,
        "issuing_body": of.issuing_body,
        "claimed_time": _utc(of.sealed_at),
        "place_code": of.place_code,
        "place": of.place_name,
        "title": of.title_zh,
        "title_en": of.title_en,
        "posted_on": of.posted_on.isoformat(),
    }


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


def _utc(moment: datetime) -> str:
    """One text for one moment, whatever zone it was told in."""
    return moment.astimezone(UTC).isoformat()
