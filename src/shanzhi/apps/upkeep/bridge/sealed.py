"""A file sealed with a passphrase, written and read as a stream: scrypt makes the key, AES-256-GCM seals a piece at a time.

Header (one line of JSON), then pieces: four bytes of length, and the sealed bytes. A piece's nonce is its number and
whether it is the last, so that no piece can be moved, left out, repeated or cut off without being noticed.
"""

from __future__ import annotations

import json
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shanzhi.apps.upkeep.errors import Unusable

FORMAT = "shanzhi-sealed-1"
PIECE = 1 << 20
COST = {"n": 1 << 17, "r": 8, "p": 1}  # 128 MiB and about half a second for each guess
LONGEST_HEADER = 512


class Sealing:
    """A file that is written through; `close` writes the last piece."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(16)
        self._header = json.dumps({"format": FORMAT, "salt": salt.hex(), **COST}).encode() + b"\n"
        self._cipher = AESGCM(_key(passphrase, salt, COST))
        self._target, self._held, self._number = target, bytearray(), 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces go out at once."""
        self._held += data
        while len(self._held) > PIECE:  # the last piece is never empty-handed: it is sealed as the last
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing waits outside the piece that is being filled."""

    def close(self) -> None:
        """Seal what is left as the last piece."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header)
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class Opening:
    """Reads what `Sealing` wrote. Raises Unusable for another passphrase and for every altered, moved or missing byte."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._header = source.readline(LONGEST_HEADER)
        try:
            said = json.loads(self._header)
            cost = {name: int(said[name]) for name in COST}
            if said["format"] != FORMAT or cost != COST:
                raise ValueError
            self._cipher = AESGCM(_key(passphrase, bytes.fromhex(said["salt"]), cost))
        except (ValueError, KeyError, TypeError):
            raise Unusable("This is not a file that this program has sealed.") from None
        self._source, self._held, self._number, self._ended = source, bytearray(), 0, False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while not self._ended and (size < 0 or len(self._held) < size):
            self._next()
        part = bytes(self._held if size < 0 else self._held[:size])
        del self._held[: len(part)]
        return part

    def _next(self) -> None:
        length = int.from_bytes(self._source.read(4), "big")
        sealed = self._source.read(length) if 0 < length <= PIECE + 16 else b""
        for last in (False, True):
            try:
                self._held += self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._header)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last
            if last and self._source.read(1):
                break
            return
        raise Unusable(
            "The seal does not open: the passphrase is another one, or the file was cut off or altered."
        )


def is_sealed(beginning: bytes) -> bool:
    """Whether a file begins as a sealed one does."""
    return beginning.startswith(b'{"format": "shanzhi-sealed')


def _key(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
