"""A published document with everything that proves it, in one file that is checked offline.

The file is canonical JSON (RFC 8785) with these fields; anything else, or anything missing, is refused:

| field            | what it is                                                                               |
|------------------|------------------------------------------------------------------------------------------|
| version          | "shanzhi-bundle/1"                                                                       |
| document         | the published bytes, in base64                                                           |
| leaf             | what the log holds: an object with kind, digest, media_type, issuing_body, claimed_time… |
| index            | position in the log, from 0                                                              |
| inclusion_proof  | hashes from the leaf to the root, in base64                                              |
| checkpoint       | the signed note over size and root                                                       |
| consistency      | null, or {"from_size": n, "proof": [...]}: the log of size n is the beginning of this one |

The time in the leaf is what the server claimed, not what a third party saw.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from shanzhi.core.merkle import checkpoint as notes
from shanzhi.core.merkle import tree
from shanzhi.core.merkle.errors import BundleFalse, ProofFalse

VERSION = "shanzhi-bundle/1"
FIELDS = frozenset({"version", "document", "leaf", "index", "inclusion_proof", "checkpoint", "consistency"})
LEAF_FIELDS = frozenset(
    {
        "number", "kind", "digest", "media_type", "issuing_body", "claimed_time", "place_code", "place",
        "title", "title_en", "posted_on",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """What a bundle proved."""

    document: bytes
    leaf: Mapping[str, Any]
    index: int
    checkpoint: notes.Checkpoint
    from_size: int | None  # the log of this size is the beginning of this one, if its root was the one given


def canonical(value: Any) -> bytes:
    """JSON in the one form of RFC 8785."""
    return rfc8785.dumps(value)


def digest(document: bytes) -> str:
    """How a leaf names a document: "sha256:" and hexadecimal."""
    return f"sha256:{sha256(document).hexdigest()}"


def make(
    *, document: bytes, leaf: Mapping[str, Any], index: int, proof: Sequence[bytes], note: str,
    consistency: tuple[int, Sequence[bytes]] | None = None,
) -> bytes:  # fmt: skip
    """The bundle's bytes."""
    older = None
    if consistency is not None:
        older = {"from_size": consistency[0], "proof": [_encode(part) for part in consistency[1]]}
    return canonical(
        {
            "version": VERSION,
            "document": _encode(document),
            "leaf": dict(leaf),
            "index": index,
            "inclusion_proof": [_encode(part) for part in proof],
            "checkpoint": note,
            "consistency": older,
        }
    )


def check(data: bytes, key: notes.LogKey) -> Verified:
    """Everything a bundle claims, checked against the log's key. Raises Unproven, naming the part that fails."""
    fields = _read(data)
    document, leaf = _decode("document", fields["document"]), _leaf(fields["leaf"])
    if leaf["digest"] != digest(document):
        raise BundleFalse(
            "document", "its digest is not the one that the log holds: the document was altered"
        )
    checkpoint = notes.verify(_text("checkpoint", fields["checkpoint"]), key)
    index = _number("index", fields["index"])
    proof = [_decode("inclusion_proof", part) for part in _list("inclusion_proof", fields["inclusion_proof"])]
    try:
        tree.verify_inclusion(index, checkpoint.size, tree.leaf_hash(canonical(leaf)), proof, checkpoint.root)
    except ProofFalse as wrong:
        raise BundleFalse("inclusion_proof", str(wrong)) from wrong
    older = _older(fields["consistency"])
    if older and not 0 < older[0] < checkpoint.size:
        raise BundleFalse("consistency", f"no log of {older[0]} entries grows to one of {checkpoint.size}")
    return Verified(document, leaf, index, checkpoint, older[0] if older else None)


def check_grown(older: Verified, data: bytes, key: notes.LogKey) -> Verified:
    """That a newer bundle's log begins with the older one's: history was only added to. Raises Unproven."""
    newer = check(data, key)
    proof = _older(_read(data)["consistency"])
    if older.checkpoint.size == newer.checkpoint.size:
        tree.verify_consistency(
            older.checkpoint.size, newer.checkpoint.size, [], older.checkpoint.root, newer.checkpoint.root
        )
        return newer
    if newer.checkpoint.size < older.checkpoint.size:
        raise BundleFalse("consistency", "the second bundle is older than the first: swap them")
    if proof is None or proof[0] != older.checkpoint.size:
        raise BundleFalse(
            "consistency",
            f"the newer bundle has no proof from size {older.checkpoint.size}: "
            f"download it again with ?from={older.checkpoint.size}",
        )
    try:
        tree.verify_consistency(
            proof[0], newer.checkpoint.size, proof[1], older.checkpoint.root, newer.checkpoint.root
        )
    except ProofFalse as wrong:
        raise BundleFalse("consistency", str(wrong)) from wrong
    return newer


def _read(data: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        raise BundleFalse("file", "this is not a JSON file") from None
    if not isinstance(fields, dict) or fields.get("version") != VERSION:
        raise BundleFalse("version", f"this is not a {VERSION} file")
    if fields.keys() != FIELDS:
        odd = [
            ascii(name) for name in sorted(fields.keys() ^ FIELDS)
        ]  # a stranger's words: never raw on a terminal
        raise BundleFalse("file", f"fields missing or unknown: {', '.join(odd)}")
    try:
        exact = canonical(fields) == data
    except (rfc8785.CanonicalizationError, ValueError, RecursionError):
        exact = False
    if not exact:
        raise BundleFalse(
            "file", "the file is not in canonical form: it was edited or re-saved by another program"
        )
    return fields


def _leaf(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != LEAF_FIELDS:
        raise BundleFalse("leaf", f"a leaf has the fields {', '.join(sorted(LEAF_FIELDS))}")
    return value


def _older(value: Any) -> tuple[int, list[bytes]] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"from_size", "proof"}:
        raise BundleFalse("consistency", "it has a size and a proof")
    proof = [_decode("consistency", part) for part in _list("consistency", value["proof"])]
    return _number("consistency", value["from_size"]), proof


def _text(part: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BundleFalse(part, "it is not text")
    return value


def _number(part: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BundleFalse(part, "it is not a whole number from 0")
    return value


def _list(part: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BundleFalse(part, "it is not a list")
    return value


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(part: str, value: Any) -> bytes:
    try:
        data = base64.b64decode(_text(part, value), validate=True)
    except (binascii.Error, ValueError):
        raise BundleFalse(part, "it is not base64") from None
    if _encode(data) != value:
        raise BundleFalse(part, "it is not written in the one way base64 allows")
    return data
