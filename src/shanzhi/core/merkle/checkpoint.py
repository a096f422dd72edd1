"""Checkpoints: the size and root of a log, signed, in the text form of C2SP signed notes.

    shanzhi.local/141130/public
    42
    <root in base64>

    — shanzhi.local/141130/public <key hash and signature in base64>

A verification key is one line: `<name>+<key hash in hexadecimal>+<base64 of 0x01 and the Ed25519 public key>`.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shanzhi.core.merkle.errors import NoteFalse
from shanzhi.core.merkle.tree import HASH_BYTES

ED25519 = b"\x01"
DASH = "\u2014"
MOST = 2**53 - 1  # leaves: what a browser still counts exactly, so that every verifier reads one number


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log commits to: its name, how many leaves it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.origin):
            raise ValueError(f"an origin is a name without spaces or plus signs, got {self.origin!r}")
        if not 0 <= self.size <= MOST or len(self.root) != HASH_BYTES:
            raise ValueError(f"a checkpoint has a size from 0 to {MOST} and a root of {HASH_BYTES} bytes")

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"


@dataclass(frozen=True, slots=True)
class LogKey:
    """A log's public key under its name."""

    name: str
    public: bytes

    @property
    def hash(self) -> bytes:
        """Four bytes that tell keys apart (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{_encode(ED25519 + self.public)}"

    @classmethod
    def parse(cls, line: str) -> LogKey:
        """The key in a line. Raises NoteFalse when it is not one, or its hash is another key's."""
        parts = line.strip(" \t\r\n").split("+", 2)
        if len(parts) != 3 or not _is_name(parts[0]):
            raise NoteFalse("a log key reads name+hash+key")
        body = _decode(parts[2], "log key")
        if body[:1] != ED25519 or len(body) != 33:
            raise NoteFalse("the log key is not an Ed25519 key")
        key = cls(parts[0], body[1:])
        if key.hash.hex() != parts[1]:
            raise NoteFalse("the log key does not fit its own hash: it was mistyped or altered")
        return key

    @classmethod
    def of(cls, name: str, seed: bytes) -> LogKey:
        """The public key that belongs to a private seed of 32 bytes."""
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
        return cls(name, public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def sign(checkpoint: Checkpoint, *, seed: bytes) -> str:
    """The signed note. `seed` is the Ed25519 private key, 32 bytes."""
    key = LogKey.of(checkpoint.origin, seed)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n{DASH} {key.name} {_encode(key.hash + signature)}\n"


def verify(note: str, key: LogKey) -> Checkpoint:
    """The checkpoint in a note that this key signed. Raises NoteFalse."""
    checkpoint, signatures = parse(note)
    if checkpoint.origin != key.name:
        raise NoteFalse(f"the note is of the log {checkpoint.origin}, the key of {key.name}")
    mine = [signed for name, signed in signatures if name == key.name and signed[:4] == key.hash]
    if len(mine) != 1:
        raise NoteFalse("the note is not signed by this key")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(mine[0][4:], checkpoint.text.encode())
    except InvalidSignature:
        raise NoteFalse("the signature is not by this key, or the note was altered") from None
    return checkpoint


def parse(note: str) -> tuple[Checkpoint, list[tuple[str, bytes]]]:
    """A note taken apart, without checking any signature. Raises NoteFalse when it is malformed."""
    text, gap, tail = note.partition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) != 3 or not tail.endswith("\n"):
        raise NoteFalse("a note has three lines, an empty one, and signature lines")
    if re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) is None:
        raise NoteFalse("the second line of a note is the size of the log")
    try:
        checkpoint = Checkpoint(lines[0], int(lines[1]), _decode(lines[2], "root"))
    except NoteFalse:
        raise
    except ValueError as wrong:
        raise NoteFalse(str(wrong)) from wrong
    return checkpoint, [_signature(line) for line in tail[:-1].split("\n")]


def _signature(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH:
        raise NoteFalse("a signature line reads: dash, name, base64")
    signed = _decode(parts[2], "signature")
    if len(signed) < 5:
        raise NoteFalse("a signature is longer than its key hash")
    return parts[1], signed


def _is_name(text: str) -> bool:
    """Whether a log may be called so: no spaces, no plus sign, nothing that moves a terminal's cursor or is not seen."""
    return text != "" and text.isprintable() and not any(c.isspace() or c == "+" for c in text)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str, what: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteFalse(f"the {what} is not base64") from None
    if _encode(data) != text:  # one text for one value: spare bits are not free
        raise NoteFalse(f"the {what} is not written in the one way base64 allows")
    return data
