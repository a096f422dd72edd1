"""Writing down what happened, and publishing. Both grow their tree in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shanzhi.apps.record import bridge
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree
from shanzhi.apps.record.selectors.documents import AUDIT_ROOT
from shanzhi.apps.record.selectors.events import SYSTEM
from shanzhi.core.merkle import bundle, checkpoint, tile, tree

Fact = Any


@transaction.atomic
def write(*, by: str, act: str, subject: str, scope: int | None = None, **facts: Fact) -> Event:
    """Record that someone did something. Facts hold keys, counts and rule ids, never personal data."""
    return write_many([{"by": by, "act": act, "subject": subject, "scope": scope, "facts": facts}])[0]


@transaction.atomic
def write_many(events: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Record many events at once: mappings with by, act, subject, and, if any, scope and facts."""
    trunk = _hold("audit")
    at = timezone.now()
    made = [
        _event(
            trunk.size + place,
            at,
            each["by"],
            each["act"],
            each["subject"],
            each.get("scope"),
            each.get("facts", {}),
        )
        for place, each in enumerate(events)
    ]
    Event.objects.bulk_create(made, batch_size=1000)
    _grow(trunk, [tree.leaf_hash(event.leaf) for event in made])
    return made


@transaction.atomic
def publish(
    *, by: str, kind: str, title: Mapping[str, str], place_code: str, place_name: str, scope: int,
    issuing_body: str, posted_on: date, data: Mapping[str, Any], at: datetime | None = None,
) -> Document:  # fmt: skip
    """Publish a document: its canonical bytes are sealed as they are, and the checkpoint is signed after the commit."""
    trunk = _hold("public")
    sealed_at = at or timezone.now()
    body = bundle.canonical(dict(data))
    leaf = bundle.canonical(
        {
            "kind": kind,
            "digest": bundle.digest(body),
            "media_type": "application/json",
            "issuing_body": issuing_body,
            "claimed_time": sealed_at.isoformat(),
            "place_code": place_code,
            "title": title["zh"],
            "posted_on": posted_on.isoformat(),
        }
    )
    last = Document.objects.order_by("-number").values_list("number", flat=True).first() or 0
    document = Document.objects.create(
        number=last + 1, index=trunk.size, kind=kind, title_zh=title["zh"], title_en=title["en"],
        place_code=place_code, place_name=place_name, scope=scope, issuing_body=issuing_body,
        posted_on=posted_on, sealed_at=sealed_at, body=body, leaf=leaf,
    )  # fmt: skip
    _grow(trunk, [tree.leaf_hash(leaf)])
    write(by=by, act="record.published", subject=f"document:{document.number}", scope=scope, kind=kind)
    transaction.on_commit(lambda: sign("public"))
    return document


def sign(name: str) -> Checkpoint | None:
    """Sign what is committed, if that has not been done. Called after a commit and by readers; safe to repeat."""
    trunk = Tree.objects.filter(name=name).first()
    if trunk is None or trunk.size == 0:
        return None
    held = Checkpoint.objects.filter(tree=trunk, size=trunk.size).first()
    if held is not None:
        return held
    point = checkpoint.Checkpoint(f"{settings.LOG_ORIGIN}/{name}", trunk.size, bytes.fromhex(trunk.root))
    note = checkpoint.sign(point, seed=settings.LOG_KEYS[name])
    made, _new = Checkpoint.objects.get_or_create(tree=trunk, size=trunk.size, defaults={"note": note})
    return made


@transaction.atomic
def seal_audit_root(*, county_code: str, county_name: str, scope: int, today: date) -> Document | None:
    """Put the root of the audit tree into the public log, once a day: from then on the trail cannot be rewritten."""
    if Document.objects.filter(kind=AUDIT_ROOT, posted_on=today).exists():
        return None
    trunk = _hold("audit")
    return publish(
        by=SYSTEM, kind=AUDIT_ROOT, title={"zh": f"{county_name}操作记录日结", "en": "Daily root of the audit trail"},
        place_code=county_code, place_name=county_name, scope=scope, issuing_body=county_name, posted_on=today,
        data={"tree": "audit", "size": trunk.size, "root": trunk.root},
    )  # fmt: skip


def note_audit_export(*, by: str, scope: int | None, rows: int) -> None:
    """Record that a part of the audit trail left the house as a file."""
    write(by=by, act="record.audit_exported", subject="audit", scope=scope, rows=rows)


def _event(
    index: int, at: datetime, by: str, act: str, subject: str, scope: int | None, facts: Mapping[str, Any]
) -> Event:
    leaf = bridge.event_leaf(at=at, by=by, act=act, subject=subject, scope=scope, facts=facts)
    return Event(
        index=index, at=at, by=by, act=act, subject=subject, scope=scope, facts=dict(facts), leaf=leaf
    )


def _hold(name: str) -> Tree:
    """The tree, locked until the transaction ends: one writer at a time, so that no index is given twice."""
    Tree.objects.get_or_create(name=name, defaults={"root": tree.EMPTY_ROOT.hex()})
    return Tree.objects.select_for_update().get(name=name)


def _grow(trunk: Tree, leaves: list[bytes]) -> None:
    if not leaves:
        return
    stored = bridge.tiles_of(trunk.name)
    fresh = tile.append(trunk.size, leaves, stored)
    Tile.objects.bulk_create(
        [Tile(tree=trunk, level=level, number=number, hashes=hashes) for (level, number), hashes in fresh.items()],
        update_conflicts=True, unique_fields=["tree", "level", "number"], update_fields=["hashes"], batch_size=200,
    )  # fmt: skip
    trunk.size += len(leaves)
    trunk.root = tile.root(
        trunk.size, lambda level, number: fresh.get((level, number)) or stored(level, number)
    ).hex()
    trunk.save()
