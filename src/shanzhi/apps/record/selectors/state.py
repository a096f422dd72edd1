"""How far the record has come: what a backup says about itself, and what is compared after it was restored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shanzhi.apps.record.models import Document, Event, Tree

BACKED_UP = "record.backed_up"


def state(using: str = "default") -> dict[str, Any]:
    """Size and root of both logs, and the newest published document."""
    newest = Document.objects.using(using).defer("body", "leaf").first()
    return {
        "logs": {
            each.name: {"size": each.size, "root": each.root}
            for each in Tree.objects.using(using).order_by("name")
        },
        "newest": (
            {"number": newest.number, "kind": newest.kind, "posted_on": newest.posted_on.isoformat()}
            if newest
            else None
        ),
    }


def backed_up_at() -> datetime | None:
    """When the newest backup was made."""
    return Event.objects.filter(act=BACKED_UP).values_list("at", flat=True).first()
