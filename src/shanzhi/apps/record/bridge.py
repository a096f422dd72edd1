"""Rows of the record <-> what core.merkle hashes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shanzhi.apps.record.models import Document
from shanzhi.core.merkle import bundle


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


def _utc(moment: datetime) -> str:
    """One text for one moment, whatever zone it was told in."""
    return moment.astimezone(UTC).isoformat()
