"""Recompute everything that the record holds, and name what was touched behind the database's back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shanzhi.apps.record import bridge
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree
from shanzhi.core.merkle import bundle, checkpoint, tile, tree
from shanzhi.core.merkle.errors import Unproven


class Command(BaseCommand):
    help = (
        "Recompute both logs from their rows and name every row, tile, root or signature that does not fit."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = [
            *touched_events(),
            *touched_documents(),
            *touched_tree("audit", Event),
            *touched_tree("public", Document),
        ]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("audit_record: every event, document, tile, root and signature fits.")


def touched_events() -> Iterator[str]:
    """Events whose columns no longer say what their leaf says."""
    for event in Event.objects.order_by("index").iterator(chunk_size=2000):
        leaf = bridge.event_leaf(
            at=event.at,
            by=event.by,
            act=event.act,
            subject=event.subject,
            scope=event.scope,
            facts=event.facts,
        )
        if leaf != bytes(event.leaf):
            yield f"event {event.index}: its columns do not match its leaf"


def touched_documents() -> Iterator[str]:
    """Documents whose bytes or columns no longer match their leaf."""
    for document in Document.objects.order_by("index").iterator(chunk_size=200):
        leaf = json.loads(bytes(document.leaf))
        wanted = {
            "kind": document.kind, "digest": bundle.digest(bytes(document.body)), "media_type": document.media_type,
            "issuing_body": document.issuing_body, "claimed_time": document.sealed_at.isoformat(),
            "place_code": document.place_code, "title": document.title_zh, "posted_on": document.posted_on.isoformat(),
        }  # fmt: skip
        for name in sorted(wanted):
            if leaf.get(name) != wanted[name]:
                what = "its published bytes were altered" if name == "digest" else f"its {name} was altered"
                yield f"document {document.number}: {what}"


def touched_tree(name: str, model: type[Event] | type[Document]) -> Iterator[str]:
    """Leaves, tiles, root and checkpoints of one tree against each other."""
    trunk = Tree.objects.filter(name=name).first()
    rows = list(model.objects.order_by("index").values_list("index", "leaf"))
    if trunk is None:
        if rows:
            yield f"{name}: there are {len(rows)} leaves but no tree"
        return
    for place, (index, _leaf) in enumerate(rows):
        if index != place:
            yield f"{name}: leaf {place} is missing (found {index} in its place)"
            return
    if len(rows) != trunk.size:
        yield f"{name}: {len(rows)} leaves, but the tree says {trunk.size}"
        return
    yield from _touched_tiles(name, trunk, [tree.leaf_hash(bytes(leaf)) for _index, leaf in rows])


def _touched_tiles(name: str, trunk: Tree, leaves: list[bytes]) -> Iterator[str]:
    wanted = tile.append(0, leaves, lambda _level, _number: b"")
    held = {(each.level, each.number): bytes(each.hashes) for each in Tile.objects.filter(tree=trunk)}
    for level, number in sorted(wanted.keys() | held.keys()):
        right, found = wanted.get((level, number)), held.get((level, number))
        if right == found:
            continue
        if level == 0 and right and found and len(right) == len(found):
            for at in range(0, len(right), tree.HASH_BYTES):
                if right[at : at + tree.HASH_BYTES] != found[at : at + tree.HASH_BYTES]:
                    yield f"{name}: leaf {number * tile.WIDTH + at // tree.HASH_BYTES} does not match its tile"
        else:
            yield f"{name}: tile {level}/{number} does not match its leaves"
    if tree.root(leaves).hex() != trunk.root:
        yield f"{name}: the root does not match the leaves"
    yield from _touched_checkpoints(name, len(leaves), lambda level, number: wanted[level, number])


def _touched_checkpoints(name: str, size: int, read: tile.ReadTile) -> Iterator[str]:
    key = checkpoint.LogKey.of(f"{settings.LOG_ORIGIN}/{name}", settings.LOG_KEYS[name])
    for held in Checkpoint.objects.filter(tree_id=name).order_by("size"):
        try:
            point = checkpoint.verify(held.note, key)
        except Unproven as wrong:
            yield f"{name}: checkpoint {held.size}: {wrong}"
            continue
        if point.size > size or tile.root(point.size, read) != point.root:
            yield f"{name}: the log no longer begins with what checkpoint {held.size} signed"
