"""Six figures that change every half minute (RFC 6238): which of them hold now, and that none is taken twice.

The clock and the secret come in as arguments. Every app that shows such codes uses SHA-1, six figures and 30 seconds;
other choices of the standard are not understood by many of them, so none is offered.
"""

from __future__ import annotations

import hmac
from base64 import b32encode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP = 30  # seconds
DIGITS = 6
DRIFT = 1  # steps that a phone's clock may be wrong, either way
SECRET_BYTES = 20  # RFC 4226: as long as the hash


def step_at(seconds: float) -> int:
    """The number of the half minute in which this moment lies."""
    return int(seconds) // STEP


def code_of(secret: bytes, step: int) -> str:
    """The figures of one half minute."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - what the standard and the apps use


def accept(secret: bytes, code: str, *, at: float, after: int) -> int | None:
    """The step whose code was typed, if it is near `at` and later than the last one accepted; else None.

    All codes that could hold are compared, so that the time taken says nothing.
    """
    now = step_at(at)
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step >= 0 and hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def spelled(secret: bytes) -> str:
    """The secret as it is typed by hand: groups of four letters."""
    whole = letters(secret)
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def letters(secret: bytes) -> str:
    """The secret in the letters and figures that apps understand."""
    return b32encode(secret).decode().rstrip("=")
