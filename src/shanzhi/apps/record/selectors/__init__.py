"""Questions to the record; nothing here writes."""

from shanzhi.apps.record.selectors.documents import (
    AUDIT_ROOT,
    KINDS,
    audit_signature_lost,
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
    looks,
    sentence,
    told,
    told_in_parts,
)
from shanzhi.apps.record.selectors.faults import faults
from shanzhi.apps.record.selectors.state import BACKED_UP, backed_up_at, state
from shanzhi.apps.record.selectors.tiles import stamp, tiles_of

__all__ = [
    "AUDIT_ROOT",
    "BACKED_UP",
    "KINDS",
    "SENTENCES",
    "SYSTEM",
    "acts",
    "audit_signature_lost",
    "backed_up_at",
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
    "looks",
    "paper_lines",
    "sealed_audit_size",
    "sentence",
    "shown",
<<<<<<< HEAD
    "stamp",
=======
    "state",
>>>>>>> bd34c33 (Take a county out as one checked file and put it back, tell whether it is alive and ready, and write no log line that tells about a person)
    "template_of",
    "tile_of",
    "tiles_of",
    "told",
    "told_in_parts",
]
