"""The tree cut into tiles of 256 hashes, so that appending and proving touch only a few (C2SP tlog-tiles).

Tile (level, number) holds up to 256 hashes: those of the subtrees of 256**level leaves, from number * 256 on.
A tile that is not full yet is the right edge; it is written again when the tree grows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shanzhi.core.merkle import tree

WIDTH = 256
BITS = 8

ReadTile = Callable[[int, int], bytes]  # (level, number) -> the hashes of a tile, one after the other
WriteTile = Callable[
    [int, int, bytes], None
]  # (level, number, the 256 hashes of a tile that has become full)


def split(hashes: bytes) -> list[bytes]:
    """The hashes of a tile, one by one. Raises ValueError when they are no whole number of hashes."""
    if len(hashes) % tree.HASH_BYTES:
        raise ValueError(
            f"a tile is a whole number of hashes of {tree.HASH_BYTES} bytes, got {len(hashes)} bytes"
        )
    return [hashes[at : at + tree.HASH_BYTES] for at in range(0, len(hashes), tree.HASH_BYTES)]


class Edge:
    """The right edge of a growing tree: fewer than 256 hashes a level, whatever the size of the tree.

    Leaf hashes go in by `add` and `extend`; every tile that becomes full goes to `write`. Started at a size above
    zero, it reads those tiles of the edge that it comes to touch with `read`.
    """

    def __init__(self, write: WriteTile, *, size: int = 0, read: ReadTile | None = None) -> None:
        self.size = size
        self._write, self._read, self._begun = write, read, size
        self._rows: dict[int, list[bytes]] = {}

    def add(self, leaf: bytes) -> None:
        """One more leaf hash."""
        row = self._rows.get(0)
        if row is None:
            row = self.row(0)
        row.append(leaf)
        self.size += 1
        if len(row) == WIDTH:
            self._close(0)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """More leaf hashes, in order."""
        at = 0
        while at < len(leaves):
            row = self.row(0)
            part = leaves[at : at + WIDTH - len(row)]
            row.extend(part)
            at += len(part)
            self.size += len(part)
            if len(row) == WIDTH:
                self._close(0)

    def touched(self) -> dict[tuple[int, int], bytes]:
        """The tiles of the edge that have changed and are not full: (level, number) -> hashes."""
        return {
            (level, self.size >> BITS * (level + 1)): b"".join(row)
            for level, row in self._rows.items()
            if row and self.size >> BITS * level != self._begun >> BITS * level
        }

    def root(self) -> bytes:
        """The root over all leaves so far."""
        rest: list[bytes] = []
        level = 0
        while self.size >> BITS * level:
            rest = [tree.root([*self.row(level), *rest])] if rest or self.row(level) else []
            level += 1
        return rest[0] if rest else tree.EMPTY_ROOT

    def row(self, level: int) -> list[bytes]:
        """The hashes of the tile at the edge of a level. Raises ValueError when what is read does not fit the size."""
        if level not in self._rows:
            number, held = divmod(self._begun >> BITS * level, WIDTH)
            found = split(self._read(level, number)) if held and self._read is not None else []
            if len(found) != held:
                raise ValueError(f"tile {level}/{number} should hold {held} hashes, holds {len(found)}")
            self._rows[level] = found
        return self._rows[level]

    def _close(self, level: int) -> None:
        row, self._rows[level] = self._rows[level], []
        self._write(level, (self.size >> BITS * (level + 1)) - 1, b"".join(row))
        above = self.row(level + 1)
        above.append(tree.root(row))
        if len(above) == WIDTH:
            self._close(level + 1)


def append(
    size: int, leaves: Sequence[bytes], read_tile: ReadTile
) -> tuple[dict[tuple[int, int], bytes], bytes]:
    """Append leaf hashes to a tree of `size`: the tiles to write, (level, number) -> hashes, and the new root."""
    written: dict[tuple[int, int], bytes] = {}

    def write(level: int, number: int, hashes: bytes) -> None:
        written[level, number] = hashes

    edge = Edge(write, size=size, read=read_tile)
    edge.extend(leaves)
    return written | edge.touched(), edge.root()


class Reader:
    """Reads the first `size` leaves of a tree from tiles; each tile is read and hashed once.

    Called with (level, position) it gives the hash of a whole subtree, as proofs of `tree` want it. Raises ValueError
    for a subtree that is not there, and for a tile that holds less than the size needs.
    """

    def __init__(self, size: int, read_tile: ReadTile) -> None:
        self.size = size
        self._read = read_tile
        self._held: dict[tuple[int, int], list[list[bytes]]] = {}
        self._edges: dict[int, bytes] = {}

    def __call__(self, level: int, position: int) -> bytes:
        if (position + 1) << level > self.size:
            raise ValueError(
                f"the tree of {self.size} leaves has no whole subtree {position} of level {level}"
            )
        row, rest = divmod(level, BITS)
        return self._at(self._levels(row, position >> BITS - rest), level, position)

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The path from a leaf to the root, the same as `tree.inclusion_proof`, with each tile taken up once."""
        if not 0 <= index < self.size:
            raise ValueError(f"a proof needs 0 <= index < size, got {index} and {self.size}")
        found, position, levels = [], index, [[b""]]
        for level in range((self.size - 1).bit_length()):
            if level % BITS == 0:
                levels = self._levels(level // BITS, position >> BITS)
            sibling = position ^ 1
            if sibling < self.size >> level:
                found.append(self._at(levels, level, sibling))
            elif sibling << level < self.size:
                found.append(self._edge(level, sibling << level))
            position >>= 1
        return found

    def _levels(self, row: int, number: int) -> list[list[bytes]]:
        """A tile with the levels inside it: its hashes, those over two of them, and so on."""
        levels = self._held.get((row, number))
        if levels is None:
            levels = [split(self._read(row, number))]
            for _ in range(BITS - 1):
                levels.append(tree.pairs(levels[-1]))
            self._held[row, number] = levels
        return levels

    def _at(self, levels: list[list[bytes]], level: int, position: int) -> bytes:
        rest = level % BITS
        try:
            return levels[rest][position & (WIDTH >> rest) - 1]
        except IndexError:
            raise ValueError(
                f"a tile of row {level // BITS} is shorter than a tree of {self.size} leaves needs"
            ) from None

    def _edge(self, level: int, begin: int) -> bytes:
        """The node at the right edge of a level, which spans fewer leaves than its level's width."""
        if level not in self._edges:
            self._edges[level] = tree.range_hash(begin, self.size, self)
        return self._edges[level]


def root(size: int, read_tile: ReadTile) -> bytes:
    """The root of a tree of `size` leaves, from the tiles of its right edge."""
    return tree.root_of_size(size, Reader(size, read_tile))
