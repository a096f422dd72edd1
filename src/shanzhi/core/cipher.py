"""Sealed columns and keyed look-ups. Nonces come in as arguments: the core has no dice.

A sealed value is bound to its table, column, row and key, so that it cannot be moved:

    version (1 byte, 0x01) | length of key id (1) | key id (ASCII) | nonce (12) | AES-256-GCM ciphertext and tag

and the associated data are the version, table, column, row and key id, each with its length before it.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_BYTES, NONCE_BYTES = 32, 12


class Spoiled(ValueError):  # noqa: N818 - reads as the thing that happened
    """A sealed value cannot be opened: it was changed, moved, or sealed with a key that is not here."""


def seal(plain: bytes, *, key: bytes, key_id: str, nonce: bytes, table: str, column: str, row: str) -> bytes:
    """`plain` sealed for one column of one row. Raises ValueError for a key or nonce of the wrong length."""
    _check_key(key)
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes, got {len(nonce)}")
    head = VERSION + bytes([len(key_id)]) + key_id.encode("ascii")
    return head + nonce + _box(key).encrypt(nonce, plain, _bound_to(table, column, row, key_id))


def unseal(token: bytes, *, keys: Mapping[str, bytes], table: str, column: str, row: str) -> bytes:
    """What was sealed for this column of this row. Raises Spoiled."""
    if len(token) < 2 or token[:1] != VERSION:
        raise Spoiled("not a sealed value of a version that is known here")
    body = 2 + token[1]
    key_id = token[2:body].decode("ascii", errors="replace")
    if key_id not in keys:
        raise Spoiled(f"sealed with key {key_id!r}, which is not here")
    nonce, sealed = token[body : body + NONCE_BYTES], token[body + NONCE_BYTES :]
    _check_key(keys[key_id])
    try:
        return _box(keys[key_id]).decrypt(nonce, sealed, _bound_to(table, column, row, key_id))
    except (InvalidTag, ValueError) as broken:
        raise Spoiled("changed, or moved here from another row") from broken


def key_of(token: bytes) -> str:
    """The id of the key that a value was sealed with; "" when it is no sealed value of a version known here."""
    if len(token) < 2 or token[:1] != VERSION:
        return ""
    return token[2 : 2 + token[1]].decode("ascii", errors="replace")


def look_up(text: str, *, key: bytes, key_id: str, purpose: str) -> str:
    """A keyed hash under which `text` can be found again: "<key id>:<hexadecimal>". One purpose never meets another."""
    _check_key(key)
    plain = text.encode()
    message = _purpose(purpose) + len(plain).to_bytes(4, "big") + plain
    return f"{key_id}:{hmac.digest(key, message, 'sha256').hex()}"


@lru_cache(maxsize=64)
def _purpose(purpose: str) -> bytes:
    return _joined(purpose.encode())


@lru_cache(maxsize=8)
def _box(key: bytes) -> AESGCM:
    """Setting a key up takes longer than sealing a number: a handful of keys is in use at a time."""
    return AESGCM(key)


def _bound_to(table: str, column: str, row: str, key_id: str) -> bytes:
    return VERSION + _joined(table.encode(), column.encode(), row.encode(), key_id.encode())


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _check_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, got {len(key)}")
