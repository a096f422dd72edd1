"""What was touched behind the database's back: both logs recomputed from their rows, entry by entry.

Nothing is held but the right edge of a tree and one tile, so that ten million entries pass through little memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from typing import Any

from django.conf import settings

from shanzhi.apps.record import bridge
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree
from shanzhi.apps.record.selectors.documents import AUDIT_ROOT
from shanzhi.apps.record.selectors.tiles import tiles_of
from shanzhi.core.merkle import bundle, checkpoint, tile, tree
from shanzhi.core.merkle.errors import Unproven

TREES = ("audit", "public")
A_PART = 1000
Row = Event | Document
Mark = tuple[int, str, bytes]  # a size, who vouches for the root at that size, and that root


def faults() -> Iterator[str]:
    """Every row, tile, root and signature that does not fit the others, named. Nothing when all is as it was."""
    for name in Tree.objects.exclude(name__in=TREES).values_list("name", flat=True):
        yield f"tree {name!r}: there is no such tree"
    for each in Checkpoint.objects.exclude(tree_id__in=TREES):
        yield f"{each.tree_id}: checkpoint {each.size}: there is no such tree"
    for each in Tile.objects.exclude(tree_id__in=TREES).defer("hashes"):
        yield f"{each.tree_id}: tile {each.level}/{each.number}: there is no such tree"
    yield from _Walk("audit", Event, "event", _event_fields).faults()
    yield from _Walk("public", Document, "document", bridge.document_leaf).faults()
    yield from _unannounced()


class _Walk:
    """One tree, from its first entry to its last."""

    def __init__(
        self, name: str, model: type[Row], word: str, fields: Callable[[Any], dict[str, Any]]
    ) -> None:
        self.name, self.model, self.word, self.fields = name, model, word, fields
        self.trunk = Tree.objects.filter(name=name).first()
        self.found: list[str] = []  # said since the last time they were handed on
        self.doubted: list[int] = []  # entries of the open tile that differ from its hash
        self.edge = tile.Edge(self._close)
        self._number, self._hashes = -1, b""

    def faults(self) -> Iterator[str]:
        if self.trunk is None and self.model.objects.exists():
            yield f"{self.name}: there are entries but no tree"
        marks = merge(_checkpoints(self.name, self.found), _sealed(self.name))
        mark = next(marks, None)
        for entry in self._hashes_in_order():
            self.edge.add(entry)
            while mark is not None and mark[0] <= self.edge.size:
                self._compare(mark)
                mark = next(marks, None)
            yield from self._say()
        while mark is not None:
            self.found.append(f"{self.name}: {mark[1]} covers {mark[0]} entries, there are {self.edge.size}")
            mark = next(marks, None)
        self._end()
        yield from self._say()

    def _say(self) -> Iterator[str]:
        yield from self.found
        self.found.clear()

    def _hashes_in_order(self) -> Iterator[bytes]:
        """The hash of every entry. For a missing one its tile answers, so that the walk can go on."""
        for row in self._rows():
            if not isinstance(row.index, int) or row.index < self.edge.size:
                self.found.append(f"{self.name}: an entry has the number {row.index!r}, which is not its own")
                continue
            while self.edge.size < row.index:
                if (stored := self._stored(self.edge.size)) is None:
                    self.found.append(f"{self.name}: entry {row.index} stands after a gap that no tile knows")
                    return
                self.found.append(f"{self.word} {self._called(self.edge.size)}: it is missing")
                yield stored
            yield self._hash_of(row)
        while (stored := self._stored(self.edge.size)) is not None:
            self.found.append(f"{self.word} {self._called(self.edge.size)}: it is missing")
            yield stored

    def _rows(self) -> Iterator[Any]:
        """The rows by their index; one that the database can no longer read is named and passed over."""
        after = -1
        while True:
            part = self.model.objects.filter(index__gt=after).order_by("index")
            indexes = list(part.values_list("index", flat=True)[:A_PART])
            if not indexes:
                return
            try:
                yield from list(part[:A_PART])
            except (ValueError, TypeError, ArithmeticError):
                yield from self._one_by_one(indexes)
            if not isinstance(indexes[-1], int):
                return
            after = indexes[-1]

    def _one_by_one(self, indexes: list[int]) -> Iterator[Any]:
        for index in indexes:
            try:
                row = self.model.objects.get(index=index)
            except (ValueError, TypeError, ArithmeticError):
                self.found.append(f"{self.word} {self._called(index)}: a column can no longer be read")
            else:
                yield row

    def _hash_of(self, row: Any) -> bytes:
        """The row's leaf hash; what of it was altered is named by column, with the tile as the witness."""
        leaf, stored = bytes(row.leaf), self._stored(row.index)
        held = tree.leaf_hash(leaf)
        if self.word == "document" and row.number != row.index + 1:
            self.found.append(f"document {row.number}: its number was altered, it was {row.index + 1}")
        rebuilt = _canonical(self.fields, row)
        if rebuilt == leaf:
            if stored is not None and stored != held:
                self.doubted.append(row.index)
            return held
        if rebuilt is not None and tree.leaf_hash(rebuilt) == stored:
            self.found.append(f"{self.word} {self._called(row.index)}: its leaf was altered")
            return stored
        columns = ", ".join(_differing(self.fields, row, leaf))
        self.found.append(f"{self.word} {self._called(row.index)}: altered: {columns}")
        if stored != held:
            self.doubted.append(row.index)
        return held

    def _called(self, index: int) -> int:
        return index + 1 if self.word == "document" else index

    def _stored(self, index: int) -> bytes | None:
        """The hash of an entry as its tile holds it."""
        number, at = divmod(index, tile.WIDTH)
        if number != self._number:
            self._number, self._hashes = number, tiles_of(self.name)(0, number)
        part = self._hashes[at * tree.HASH_BYTES : (at + 1) * tree.HASH_BYTES]
        return part if len(part) == tree.HASH_BYTES else None

    def _close(self, level: int, number: int, hashes: bytes) -> None:
        """A tile has become full: does the database hold the same?"""
        stored = tiles_of(self.name)(level, number)
        if level == 0 and self.doubted:
            above = tiles_of(self.name)(1, number >> tile.BITS)
            at = number % tile.WIDTH * tree.HASH_BYTES
            self._blame(tile_is_wrong=tree.root(tile.split(hashes)) == above[at : at + tree.HASH_BYTES])
        elif stored != hashes:
            self.found.append(_tile_fault(self.name, level, number, stored, hashes))

    def _blame(self, *, tile_is_wrong: bool) -> None:
        for index in self.doubted:
            self.found.append(
                f"{self.name}: tile 0/{index // tile.WIDTH}: the hash of entry {index} was altered"
                if tile_is_wrong
                else f"{self.word} {self._called(index)}: it is not what the tree was grown with"
            )
        self.doubted.clear()

    def _compare(self, mark: Mark) -> None:
        size, who, root = mark
        if size == self.edge.size and self.edge.root() != root:
            self.found.append(f"{self.name}: the first {size} entries are no longer those of {who}")

    def _end(self) -> None:
        if self.trunk is None:
            return
        root = self.edge.root().hex()
        doubted = bool(self.doubted)
        self._blame(tile_is_wrong=root == self.trunk.root)
        for (level, number), hashes in self.edge.touched().items():
            stored = tiles_of(self.name)(level, number)
            if stored != hashes and not (level == 0 and doubted):
                self.found.append(_tile_fault(self.name, level, number, stored, hashes))
        if self.trunk.size != self.edge.size:
            self.found.append(
                f"{self.name}: the tree says {self.trunk.size} entries, there are {self.edge.size}"
            )
        if self.trunk.root != root:
            self.found.append(f"{self.name}: the root does not match the entries")
        self.found.extend(_strays(self.name, self.edge.size))


def _event_fields(event: Event) -> dict[str, Any]:
    return bridge.event_fields(
        at=event.at, by=event.by, act=event.act, subject=event.subject, scope=event.scope, facts=event.facts
    )


def _canonical(fields: Callable[[Any], dict[str, Any]], row: Any) -> bytes | None:
    try:
        return bundle.canonical(fields(row))
    except (ValueError, TypeError, AttributeError):  # a column holds what no action could have written
        return None


def _differing(fields: Callable[[Any], dict[str, Any]], row: Any, leaf: bytes) -> list[str]:
    """The names of what differs between a row's columns and its leaf."""
    try:
        told = json.loads(leaf)
        said = fields(row)
    except (ValueError, TypeError, AttributeError):
        return ["its leaf or a column can no longer be read"]
    if not isinstance(told, Mapping):
        return ["leaf"]
    differing = sorted(name for name in told.keys() | said.keys() if told.get(name) != said.get(name))
    return ["its published bytes" if name == "digest" else name for name in differing] or ["leaf"]


def _tile_fault(name: str, level: int, number: int, stored: bytes, wanted: bytes) -> str:
    if not stored:
        return f"{name}: tile {level}/{number} is missing"
    if len(stored) != len(wanted):
        return f"{name}: tile {level}/{number} has {len(stored)} bytes, not {len(wanted)}"
    at = next(at for at, (a, b) in enumerate(zip(stored, wanted, strict=True)) if a != b)
    return f"{name}: tile {level}/{number}: hash {at // tree.HASH_BYTES} does not match what lies below it"


def _strays(name: str, size: int) -> Iterator[str]:
    """Tiles where a tree of this size has none."""
    held = Tile.objects.filter(tree_id=name).order_by("level", "number").values_list("level", "number")
    for level, rows in groupby(held.iterator(chunk_size=A_PART), key=lambda row: row[0]):
        width = (size >> tile.BITS * level) if isinstance(level, int) and 0 <= level < 8 else 0
        tiles = -(-width // tile.WIDTH)
        for _level, number in rows:
            if not isinstance(number, int) or not 0 <= number < tiles:
                yield f"{name}: tile {level}/{number} belongs to no entries"


def _checkpoints(name: str, found: list[str]) -> Iterator[Mark]:
    """The roots that were signed, by size; a note that is not the log's own is named."""
    key = checkpoint.LogKey.of(f"{settings.LOG_ORIGIN}/{name}", settings.LOG_KEYS[name])
    held = Checkpoint.objects.filter(tree_id=name).order_by("size").values_list("size", "note")
    for size, note in held.iterator(chunk_size=A_PART):
        try:
            point = checkpoint.verify(note, key)
        except Unproven as wrong:
            found.append(f"{name}: checkpoint {size}: {wrong}")
            continue
        if point.size != size:
            found.append(f"{name}: checkpoint {size}: it was signed over {point.size} entries")
        else:
            yield size, f"checkpoint {size}", point.root


def _sealed(name: str) -> Iterator[Mark]:
    """The roots of the audit tree that the public log holds, by size."""
    if name != "audit":
        return
    rows = Document.objects.filter(kind=AUDIT_ROOT).order_by("number").values_list("number", "body")
    for number, body in rows.iterator(chunk_size=A_PART):
        try:
            said = json.loads(bytes(body))
            yield int(said["size"]), f"document {number}", bytes.fromhex(said["root"])
        except (ValueError, TypeError, KeyError):  # the public log's own walk names it
            continue


def _unannounced() -> Iterator[str]:
    """Documents whose scope is not the one under which their publication was recorded."""
    for number, scope in Document.objects.order_by("number").values_list("number", "scope").iterator():
        events = Event.objects.filter(act="record.published", subject=f"document:{number}")
        recorded = events.values_list("scope", flat=True).first()
        if recorded != scope:
            yield f"document {number}: its scope was altered, or no event tells of its publication"
