"""Questions to the record; nothing here writes."""

from shanzhi.apps.record.selectors.documents import (
    bundle_of,
    checkpoint_over,
    consistency,
    document,
    documents_of,
    latest_checkpoint,
    log_key,
    paper_lines,
    shown,
)
from shanzhi.apps.record.selectors.events import events, sentence

__all__ = [
    "bundle_of",
    "checkpoint_over",
    "consistency",
    "document",
    "documents_of",
    "events",
    "latest_checkpoint",
    "log_key",
    "paper_lines",
    "sentence",
    "shown",
]
