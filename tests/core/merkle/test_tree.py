"""The tree against its slow twin: every size up to 65, every leaf, every pair of sizes; then random ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.merkle import subtree, tree
from shanzhi.core.merkle.errors import ProofFalse
from tests.core.merkle import rfc6962 as twin

LEAVES = [twin.leaf(bytes([n])) for n in range(65)]


def reading(leaves):
    """Reads whole subtrees straight from the leaves."""
    return lambda level, position: twin.root(leaves[position << level : (position + 1) << level])


@pytest.mark.parametrize("size", range(66))
def test_roots_are_those_of_the_recursion(size):
    leaves = LEAVES[:size]
    assert tree.root(leaves) == twin.root(leaves)
    assert tree.root_of_size(size, reading(leaves)) == twin.root(leaves)


@pytest.mark.parametrize("size", range(1, 42))
def test_every_leaf_of_every_small_tree_is_proved_and_nothing_else(size):
    leaves = LEAVES[:size]
    root = twin.root(leaves)
    for index in range(size):
        proof = tree.inclusion_proof(index, size, reading(leaves))
        assert proof == twin.path(index, leaves)
        tree.verify_inclusion(index, size, leaves[index], proof, root)
        for wrong in {0, index - 1, index + 1, size - 1} - {index}:
            with pytest.raises(ProofFalse):
                tree.verify_inclusion(wrong, size, leaves[index], proof, root)
        with pytest.raises(ProofFalse):
            tree.verify_inclusion(index, size, twin.leaf(b"another"), proof, root)
        with pytest.raises(ProofFalse):
            tree.verify_inclusion(index, size, leaves[index], [*proof, root], root)


@pytest.mark.parametrize("new", range(1, 42))
def test_every_pair_of_small_sizes_is_proved_consistent(new):
    leaves = LEAVES[:new]
    for old in range(1, new + 1):
        proof = tree.consistency_proof(old, new, reading(leaves))
        assert proof == twin.proof(old, leaves)
        tree.verify_consistency(old, new, proof, twin.root(leaves[:old]), twin.root(leaves))


@pytest.mark.parametrize("new", [2, 3, 7, 8, 13, 32, 41])
def test_a_tree_with_a_rewritten_leaf_is_not_consistent(new):
    for old in range(1, new):
        rewritten = [twin.leaf(b"rewritten"), *LEAVES[1:new]]
        proof = tree.consistency_proof(old, new, reading(rewritten))
        with pytest.raises(ProofFalse):
            tree.verify_consistency(old, new, proof, twin.root(LEAVES[:old]), twin.root(rewritten))


@pytest.mark.parametrize("size", range(1, 34))
def test_every_subtree_of_every_small_tree_is_proved_to_be_part_of_it(size):
    leaves = LEAVES[:size]
    for start in range(size):
        for end in range(start + 1, size + 1):
            if subtree.is_subtree(start, end):
                proof = subtree_proof(start, end, leaves)
                subtree.verify_part(start, end, size, proof, twin.root(leaves[start:end]), twin.root(leaves))


def subtree_proof(start, end, leaves, whole=True):
    """SUBTREE_SUBPROOF of draft-ietf-plants-merkle-tree-certs, section 4.4.1: slow and obvious."""
    if (start, end) == (0, len(leaves)):
        return [] if whole else [twin.root(leaves)]
    k = twin.split(len(leaves))
    if end <= k:
        return [*subtree_proof(start, end, leaves[:k], whole), twin.root(leaves[k:])]
    if start >= k:
        return [*subtree_proof(start - k, end - k, leaves[k:], whole), twin.root(leaves[:k])]
    return [*subtree_proof(0, end - k, leaves[k:], False), twin.root(leaves[:k])]


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=300), st.data())
def test_a_proof_with_any_bit_turned_is_refused(contents, data):
    leaves = [twin.leaf(each) for each in contents]
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = tree.inclusion_proof(index, len(leaves), reading(leaves)), twin.root(leaves)
    tree.verify_inclusion(index, len(leaves), leaves[index], proof, root)
    parts = [leaves[index], *proof, root]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    spoiled = bytearray(parts[which])
    spoiled[bit // 8] ^= 1 << bit % 8
    parts[which] = bytes(spoiled)
    with pytest.raises(ProofFalse):
        tree.verify_inclusion(index, len(leaves), parts[0], parts[1:-1], parts[-1])


@given(st.integers(1, 300), st.data())
def test_a_consistency_proof_with_any_bit_turned_is_refused(new, data):
    leaves = [twin.leaf(n.to_bytes(2, "big")) for n in range(new)]
    old = data.draw(st.integers(1, new))
    proof = tree.consistency_proof(old, new, reading(leaves))
    parts = [twin.root(leaves[:old]), *proof, twin.root(leaves)]
    tree.verify_consistency(old, new, parts[1:-1], parts[0], parts[-1])
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    spoiled = bytearray(parts[which])
    spoiled[bit // 8] ^= 1 << bit % 8
    parts[which] = bytes(spoiled)
    with pytest.raises(ProofFalse):
        tree.verify_consistency(old, new, parts[1:-1], parts[0], parts[-1])


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_a_consistency_proof_needs_two_sizes_in_order_and_never_starts_from_nothing(old, new):
    with pytest.raises(ProofFalse):
        tree.verify_consistency(old, new, [], tree.EMPTY_ROOT, tree.EMPTY_ROOT)
    with pytest.raises(ValueError, match="0 < old <= new"):
        tree.consistency_proof(old, new, reading(LEAVES))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="0 <= index < size"):
        tree.inclusion_proof(index, size, reading(LEAVES))
    with pytest.raises(ProofFalse):
        tree.verify_inclusion(index, size, LEAVES[0], [], tree.EMPTY_ROOT)


def test_many_leaves_are_hashed_as_each_alone():
    leaves = [bytes([n]) * n for n in range(50)]

    assert tree.leaf_hashes(leaves) == [tree.leaf_hash(leaf) for leaf in leaves]
