"""What a part of an import holds <-> its sealed bytes."""

from __future__ import annotations

import json
import zlib
from typing import Any

from shanzhi.apps.record import sealing
from shanzhi.apps.tables.models import Import, Part

QUICK = 1  # of zlib's levels: rows of a list shrink to a fifth even so


def packed(made: Import, kind: str, number: int, told: Any) -> Part:
    """A part that holds `told`, which is anything that JSON knows."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return raw(made, kind, number, zlib.compress(body, QUICK))


def raw(made: Import, kind: str, number: int, body: bytes) -> Part:
    """A part that holds these bytes."""
    part = Part(of=made, attempt=made.attempt, kind=kind, number=number)
    part.sealed = sealing.seal_bytes(part, "sealed", body)
    return part


def body(part: Part) -> bytes:
    """The bytes that a part holds. Raises cipher.Spoiled."""
    return sealing.unseal_bytes(part, "sealed")


def told(part: Part) -> Any:
    """What was packed into a part. Raises cipher.Spoiled."""
    return json.loads(zlib.decompress(body(part)))
