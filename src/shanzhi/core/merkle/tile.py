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


def append(size: int, leaves: Sequence[bytes], read_tile: ReadTile) -> dict[tuple[int, int], bytes]:
    """Tiles to write when leaf hashes are appended to a tree of `size`: (level, number) -> hashes.

    Level by level: the right edge is read once, whole tiles become one hash of the level above.
    """
    written: dict[tuple[int, int], bytes] = {}
    level, begin, fresh = 0, size, list(leaves)
    while fresh:
        number, held = divmod(begin, WIDTH)
        edge = read_tile(level, number) if held else b""
        hashes = [
            edge[at : at + tree.HASH_BYTES] for at in range(0, held * tree.HASH_BYTES, tree.HASH_BYTES)
        ] + fresh
        above = []
        for at in range(0, len(hashes), WIDTH):
            part = hashes[at : at + WIDTH]
            written[level, number + at // WIDTH] = b"".join(part)
            if len(part) == WIDTH:
                above.append(tree.root(part))
        level, begin, fresh = level + 1, number, above
    return written


def reader(size: int, read_tile: ReadTile) -> tree.ReadRange:
    """Reads the hash of any whole subtree inside the first `size` leaves; each tile is read once."""
    held: dict[tuple[int, int], bytes] = {}

    def tile(level: int, number: int) -> bytes:
        if (level, number) not in held:
            held[level, number] = read_tile(level, number)
        return held[level, number]

    def read(level: int, position: int) -> bytes:
        if (position + 1) << level > size:
            raise ValueError(f"the tree of {size} leaves has no whole subtree {position} of level {level}")
        row, rest = divmod(level, BITS)
        first = position << rest
        number, at = divmod(first, WIDTH)
        hashes = tile(row, number)
        begin = at * tree.HASH_BYTES
        part = hashes[begin : begin + (tree.HASH_BYTES << rest)]
        if len(part) != tree.HASH_BYTES << rest:
            raise ValueError(f"tile {row}/{number} is shorter than a tree of {size} leaves needs")
        return tree.root([part[i : i + tree.HASH_BYTES] for i in range(0, len(part), tree.HASH_BYTES)])

    return read


def root(size: int, read_tile: ReadTile) -> bytes:
    """The root of a tree of `size` leaves, from the tiles of its right edge."""
    return tree.root_of_size(size, reader(size, read_tile))
