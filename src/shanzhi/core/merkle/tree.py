"""Hashing and proofs of an append-only tree (RFC 6962 section 2.1, RFC 9162 sections 2.1.3 and 2.1.4).

Ranges are half-open. A hash is 32 bytes. `size` counts leaves, `index` counts from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from shanzhi.core.merkle.errors import ProofFalse

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

ReadRange = Callable[[int, int], bytes]  # (level, position) -> hash of a whole subtree of 2**level leaves


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes: SHA-256 of 0x00 and the bytes."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(each: Iterable[bytes]) -> list[bytes]:
    """The hashes of many leaves, in order: `leaf_hash` of each, without the price of a call."""
    return [sha256(b"\x00" + data).digest() for data in each]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256 of 0x01 and both hashes."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, built level by level."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        level = next_level(level)
    return level[0]


def next_level(level: Sequence[bytes]) -> list[bytes]:
    """The level above; a last node without a partner goes up as it is."""
    above = pairs(level)
    if len(level) % 2:
        above.append(level[-1])
    return above


def pairs(level: Sequence[bytes]) -> list[bytes]:
    """The hashes over two neighbours each; a last node without a partner is left out."""
    each = iter(level)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(each, each, strict=False)]


# Which whole subtrees make up a range: the shape behind every proof.


def subtrees(begin: int, end: int) -> list[tuple[int, int]]:
    """The fewest whole, aligned subtrees that cover [begin, end), as (level, position), from left to right."""
    found = []
    while begin < end:
        level = (begin & -begin).bit_length() - 1 if begin else (end - begin).bit_length() - 1
        while begin + (1 << level) > end:
            level -= 1
        found.append((level, begin >> level))
        begin += 1 << level
    return found


def range_hash(begin: int, end: int, read: ReadRange) -> bytes:
    """The hash over leaves [begin, end), which the tree's shape must hold as one node."""
    width = end - begin
    if width & (width - 1) == 0 and begin % width == 0:  # one whole subtree: the usual case
        level = width.bit_length() - 1
        return read(level, begin >> level)
    hashes = [read(level, position) for level, position in subtrees(begin, end)]
    node = hashes.pop()
    while hashes:
        node = node_hash(hashes.pop(), node)
    return node


def root_of_size(size: int, read: ReadRange) -> bytes:
    """The root of the first `size` leaves, from whole subtrees."""
    return range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: ReadRange) -> list[bytes]:
    """The path from a leaf to the root of the first `size` leaves. Raises ValueError unless 0 <= index < size."""
    if not 0 <= index < size:
        raise ValueError(f"a proof needs 0 <= index < size, got {index} and {size}")
    found = []
    for level in range((size - 1).bit_length()):
        sibling = (index >> level) ^ 1
        begin = sibling << level
        if begin + (1 << level) <= size:
            found.append(read(level, sibling))
        elif begin < size:  # the right edge: its node spans fewer leaves
            found.append(range_hash(begin, size, read))
    return found


def consistency_proof(old: int, new: int, read: ReadRange) -> list[bytes]:
    """That the first `old` of `new` leaves are unchanged. Raises ValueError unless 0 < old <= new."""
    if not 0 < old <= new:
        raise ValueError(f"a consistency proof needs 0 < old <= new, got {old} and {new}")
    begin, end, known, found = 0, new, True, []
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin, known = middle, False
    if not known:
        found.append((begin, end))
    return [range_hash(first, last, read) for first, last in reversed(found)]


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


# Checking, with nothing but the numbers given.


def root_from_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that a proof leads to (RFC 9162, 2.1.3.2). Raises ProofFalse for a proof of another shape."""
    if not 0 <= index < size:
        raise ProofFalse(f"no leaf {index} in a tree of {size}")
    wanted = sum(1 for level in range((size - 1).bit_length()) if ((index >> level) ^ 1) << level < size)
    if len(proof) != wanted or any(len(part) != HASH_BYTES for part in (leaf, *proof)):
        raise ProofFalse(f"a proof for leaf {index} of {size} has {wanted} hashes, got {len(proof)}")
    position, last, node = index, size - 1, leaf
    for part in proof:
        if position % 2 or position == last:
            node = node_hash(part, node)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, part)
        position, last = position >> 1, last >> 1
    return node


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], wanted_root: bytes) -> None:
    """Raises ProofFalse unless the leaf hash stands at `index` of the tree with this size and root."""
    if root_from_inclusion(index, size, leaf, proof) != wanted_root:
        raise ProofFalse(f"the proof for leaf {index} of {size} does not lead to the root")


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raises ProofFalse unless the tree of size `new` begins with the tree of size `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        raise ProofFalse(f"a consistency proof needs 0 < old <= new, got {old} and {new}")
    if old == new:
        if proof or old_root != new_root:
            raise ProofFalse("trees of one size have one root and need no proof")
        return
    path = [*proof]
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path or any(len(part) != HASH_BYTES for part in path):
        raise ProofFalse("the consistency proof has the wrong shape")
    _walk_consistency(old, new, path, old_root, new_root)


def _walk_consistency(old: int, new: int, path: list[bytes], old_root: bytes, new_root: bytes) -> None:
    position, last = old - 1, new - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for part in path[1:]:
        if last == 0:
            raise ProofFalse("the consistency proof is too long")
        if position % 2 or position == last:
            first, second = node_hash(part, first), node_hash(part, second)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, part)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofFalse("the consistency proof is too short")
    if first != old_root or second != new_root:
        raise ProofFalse(f"the tree of {new} leaves does not begin with the tree of {old}")
