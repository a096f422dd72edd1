"""Tiles against the whole tree, over irregular batches."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.merkle import tile, tree
from tests.core.merkle import rfc6962 as twin

BATCHES = (1, 1, 2, 3, 17, 254, 255, 256, 257, 511, 513, 1024)
STEP = 97  # odd, so that every place in a tile comes up


class Store:
    """Tiles as a database would hold them."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.size = 0

    def read(self, level, number):
        return self.tiles.get((level, number), b"")

    def append(self, leaves):
        written, root = tile.append(self.size, leaves, self.read)
        self.tiles |= written
        self.size += len(leaves)
        return root


def leaves_of(count):
    return [tree.leaf_hash(n.to_bytes(4, "big")) for n in range(count)]


@pytest.mark.parametrize("seed", range(6))
def test_tiles_give_the_roots_and_proofs_of_the_whole_tree_whatever_the_batches(seed):
    dice, leaves, store = random.Random(seed), leaves_of(4000), Store()
    while store.size < len(leaves):
        part = leaves[store.size : store.size + dice.choice(BATCHES)]
        root = store.append(part)
        assert root == tree.root(leaves[: store.size])
        assert tile.root(store.size, store.read) == root
    read = tile.Reader(store.size, store.read)
    for index in range(0, store.size, STEP):
        proof = tree.inclusion_proof(index, store.size, read)
        assert proof == read.inclusion_proof(index)
        tree.verify_inclusion(index, store.size, leaves[index], proof, root)
    for old in range(1, store.size, STEP):
        proof = tree.consistency_proof(old, store.size, read)
        tree.verify_consistency(old, store.size, proof, tree.root(leaves[:old]), root)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 65535, 65536, 65537])
def test_batches_leave_the_same_tiles_as_one_append(count):
    leaves, one, many = leaves_of(count), Store(), Store()
    one.append(leaves)
    for begin in range(0, count, 4099):
        many.append(leaves[begin : begin + 4099])
    assert one.tiles == many.tiles
    assert all(len(hashes) <= tile.WIDTH * tree.HASH_BYTES for hashes in one.tiles.values())


def test_proofs_for_older_sizes_are_read_from_newer_tiles():
    leaves, store = leaves_of(700), Store()
    store.append(leaves)
    for size in (1, 255, 256, 300, 512, 699):
        read = tile.Reader(size, store.read)
        for index in {0, size // 2, size - 1}:
            proof = tree.inclusion_proof(index, size, read)
            assert proof == read.inclusion_proof(index)
            tree.verify_inclusion(index, size, leaves[index], proof, tree.root(leaves[:size]))


@given(st.lists(st.integers(0, 600), max_size=8))
def test_the_edge_of_a_growing_tree_always_knows_the_root(batches):
    written: dict[tuple[int, int], bytes] = {}
    edge = tile.Edge(lambda level, number, hashes: written.__setitem__((level, number), hashes))
    leaves = leaves_of(sum(batches))
    for batch in batches:
        edge.extend(leaves[edge.size : edge.size + batch])
        assert edge.root() == twin.root(leaves[: edge.size])
    one_by_one = tile.Edge(lambda _level, _number, _hashes: None)
    for leaf in leaves:
        one_by_one.add(leaf)
    assert one_by_one.root() == edge.root()


def test_appending_reads_only_the_tiles_of_the_right_edge():
    store, read = Store(), []
    store.append(leaves_of(70_000))

    def watched(level, number):
        read.append((level, number))
        return store.read(level, number)

    written, _root = tile.append(store.size, leaves_of(1), watched)
    assert sorted(read) == [(0, 273), (1, 1), (2, 0)]
    assert list(written) == [(0, 273)]


def test_a_tile_of_the_wrong_length_stops_appending_and_proving():
    store = Store()
    store.append(leaves_of(300))
    store.tiles[0, 1] = store.tiles[0, 1][:-32]
    with pytest.raises(ValueError, match="tile 0/1 should hold 44 hashes, holds 43"):
        tile.append(300, leaves_of(1), store.read)
    with pytest.raises(ValueError, match="shorter than a tree of 300"):
        tree.inclusion_proof(0, 300, tile.Reader(300, store.read))
    store.tiles[0, 1] += b"x"
    with pytest.raises(ValueError, match="whole number of hashes"):
        tile.append(300, leaves_of(1), store.read)


def test_a_reader_refuses_what_lies_beyond_its_size():
    store = Store()
    store.append(leaves_of(300))
    with pytest.raises(ValueError, match="no whole subtree"):
        tile.Reader(300, store.read)(0, 300)
    with pytest.raises(ValueError, match="0 <= index < size"):
        tile.Reader(300, store.read).inclusion_proof(300)
