"""Commitments to the lines of a voter roll: provable one by one, and nobody can list or guess the roll from them.

Each line is committed to under a random salt of its own (16 bytes). The salt and the path stand only on that
villager's slip. Hashes carry their purpose, so that no commitment can be taken for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from shanzhi.core.merkle import tree
from shanzhi.core.merkle.errors import ProofFalse

SALT_BYTES = 16
LINE, PAPER = b"shanzhi/roll-line/v1", b"shanzhi/paper-roll/v1"


@dataclass(frozen=True, slots=True)
class Line:
    """What is committed to: the number on the roll, the name, and the sex."""

    number: int
    name: str
    sex: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What a villager carries home: with it and the published roll the line can be proved."""

    line: Line
    salt: bytes
    position: int  # among the lines committed to, from 0
    count: int
    path: tuple[bytes, ...]


def commitment(line: Line, salt: bytes) -> bytes:
    """The salted commitment to one line. Raises ValueError for a salt that is not 16 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, got {len(salt)}")
    return sha256(
        _joined(LINE, salt, str(line.number).encode(), line.name.encode(), line.sex.encode())
    ).digest()


def lines_root(commitments: Sequence[bytes]) -> bytes:
    """The root that the published roll carries."""
    return tree.root(tree.leaf_hashes(commitments))


def slip(line: Line, salt: bytes, commitments: Sequence[bytes], position: int) -> Slip:
    """The slip of the line at `position`. Raises ValueError when the commitment there is another line's."""
    if commitments[position] != commitment(line, salt):
        raise ValueError(f"the commitment at {position} is not this line's")
    leaves = tree.leaf_hashes(commitments)
    path = tree.inclusion_proof(
        position, len(leaves), lambda level, at: tree.root(leaves[at << level : (at + 1) << level])
    )
    return Slip(line, salt, position, len(leaves), tuple(path))


def verify(held: Slip, root: bytes) -> None:
    """Raises ProofFalse unless the slip's line stands on the roll with this root."""
    leaf = tree.leaf_hash(commitment(held.line, held.salt))
    try:
        tree.verify_inclusion(held.position, held.count, leaf, held.path, root)
    except ProofFalse:
        raise ProofFalse("this line does not stand on the published roll, or the slip was altered") from None


def paper_digest(nonce: bytes, names: Sequence[str]) -> str:
    """The digest of the named roll on the board, under a nonce: without the nonce nobody can test a guess."""
    if len(nonce) != SALT_BYTES:
        raise ValueError(f"a nonce has {SALT_BYTES} bytes, got {len(nonce)}")
    return sha256(_joined(PAPER, nonce, *(name.encode() for name in names))).hexdigest()


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
