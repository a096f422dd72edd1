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
    sealed_audit_size,
    shown,
    template_of,
    tile_of,
)
from shanzhi.apps.record.selectors.events import (
    SENTENCES,
    SYSTEM,
    acts,
    events,
    home,
    sentence,
    told,
    told_in_parts,
)
from shanzhi.apps.record.selectors.faults import faults
from shanzhi.apps.record.selectors.tiles import tiles_of

__all__ = [
    "AUDIT_ROOT",
    "KINDS",
    "SENTENCES",
    "SYSTEM",
    "acts",
    "bundle_of",
    "checkpoint_over",
    "consistency",
    "document",
    "documents_of",
    "entries_of",
    "events",
    "faults",
    "home",
    "latest_checkpoint",
    "log_key",
    "paper_lines",
    "sealed_audit_size",
    "sentence",
    "shown",
    "template_of",
    "tile_of",
    "tiles_of",
    "told",
    "told_in_parts",
]
