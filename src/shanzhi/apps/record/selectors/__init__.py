"""Questions to the record; nothing here writes."""

from shanzhi.apps.record.selectors.documents import (
    AUDIT_ROOT,
    KINDS,
    bundle_of,
    checkpoint_over,
    consistency,
    document,
    documents_of,
    entries_of,
    latest_checkpoint,
    log_key,
    paper_lines,
    shown,
    template_of,
    tile_of,
)
from shanzhi.apps.record.selectors.events import acts, events, home, sentence, told, told_in_parts

__all__ = [
    "AUDIT_ROOT",
    "KINDS",
    "acts",
    "bundle_of",
    "checkpoint_over",
    "consistency",
    "document",
    "documents_of",
    "entries_of",
    "events",
    "home",
    "latest_checkpoint",
    "log_key",
    "paper_lines",
    "sentence",
    "shown",
    "template_of",
    "tile_of",
    "told",
    "told_in_parts",
]
