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


def reader(size: int, read_tile: ReadTile) -> tree.ReadRange:
    """Reads the hash of any whole subtree inside the first `size` leaves; each tile is read and hashed once."""
    held: dict[tuple[int, int], list[list[bytes]]] = {}

    def read(level: int, position: int) -> bytes:
        if (position + 1) << level > size:
            raise ValueError(f"the tree of {size} leaves has no whole subtree {position} of level {level}")
        row, rest = divmod(level, BITS)
        number = position >> BITS - rest
        levels = held.get((row, number))
        if levels is None:
            levels = held[row, number] = [split(read_tile(row, number))]
        while len(levels) <= rest:
            levels.append(tree.pairs(levels[-1]))
        at = position & ((WIDTH >> rest) - 1)
        if at >= len(levels[rest]):
            raise ValueError(f"tile {row}/{number} is shorter than a tree of {size} leaves needs")
        return levels[rest][at]

    return read


def root(size: int, read_tile: ReadTile) -> bytes:
    """The root of a tree of `size` leaves, from the tiles of its right edge."""
    return tree.root_of_size(size, reader(size, read_tile))
