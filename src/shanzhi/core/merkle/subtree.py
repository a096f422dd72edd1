"""Proofs about a subtree [start, end) of a tree: one leaf in it, and that it belongs to a larger tree.

After draft-ietf-plants-merkle-tree-certs, sections 4.1 to 4.4. A range is a subtree when it begins at a multiple of
the power of two that holds its width, so that the tree's shape has it as one node.
"""

from __future__ import annotations

from collections.abc import Sequence

from shanzhi.core.merkle.errors import ProofFalse
from shanzhi.core.merkle.tree import EMPTY_ROOT, HASH_BYTES, node_hash, verify_inclusion


def is_subtree(start: int, end: int) -> bool:
    """Whether [start, end) is one node of every tree that holds it."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def verify_leaf(
    index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], subtree_hash: bytes
) -> None:
    """Raises ProofFalse unless the leaf hash stands at `index` of the tree, inside the subtree with this hash."""
    if not is_subtree(start, end) or not start <= index < end:
        raise ProofFalse(f"no leaf {index} in a subtree [{start}, {end})")
    verify_inclusion(index - start, end - start, leaf, proof, subtree_hash)


def verify_part(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree_hash: bytes, root: bytes
) -> None:
    """Raises ProofFalse unless the subtree with this hash is the range [start, end) of the tree with this root.

    An empty range is part of every tree; that says nothing, and needs no proof.
    """
    if 0 <= start == end <= size and not proof and subtree_hash == EMPTY_ROOT:
        return
    if not is_subtree(start, end) or end > size:
        raise ProofFalse(f"[{start}, {end}) is no subtree of a tree of {size}")
    if any(len(part) != HASH_BYTES for part in (*proof, subtree_hash, root)):
        raise ProofFalse(f"a hash has {HASH_BYTES} bytes")
    first, last, end_of_tree = start, end - 1, size - 1
    while first != last and (last == end_of_tree or last % 2):
        first, last, end_of_tree = first >> 1, last >> 1, end_of_tree >> 1
    path = [*proof]
    if first == last:
        path.insert(0, subtree_hash)
    if not path:
        raise ProofFalse("the proof is too short")
    _walk(first, last, end_of_tree, path, subtree_hash, root)


def _walk(first: int, last: int, end: int, path: list[bytes], subtree_hash: bytes, root: bytes) -> None:
    inner = whole = path[0]
    for part in path[1:]:
        if end == 0:
            raise ProofFalse("the proof is too long")
        if last % 2 or last == end:
            if first < last:
                inner = node_hash(part, inner)
            whole = node_hash(part, whole)
            while last % 2 == 0 and last:
                first, last, end = first >> 1, last >> 1, end >> 1
        else:
            whole = node_hash(whole, part)
        first, last, end = first >> 1, last >> 1, end >> 1
    if end:
        raise ProofFalse("the proof is too short")
    if inner != subtree_hash or whole != root:
        raise ProofFalse("the subtree is not that part of the tree")
