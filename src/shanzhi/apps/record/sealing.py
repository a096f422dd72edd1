"""Random keys, sealed columns and keyed look-ups, for every room above."""

from __future__ import annotations

import secrets
from typing import Protocol

from django.conf import settings

from shanzhi.core import cipher


class Sealable(Protocol):
    """A row with a random key of its own, which its sealed columns are bound to."""

    key: str
    _meta: object


def new_key() -> str:
    """A random key for addresses and records: tells nothing about the person, cannot be guessed or counted."""
    return secrets.token_urlsafe(12)


def seal(row: Sealable, column: str, text: str) -> bytes:
    """`text` sealed for this column of this row: moved anywhere else it does not open."""
    return seal_bytes(row, column, text.encode())


def seal_bytes(row: Sealable, column: str, content: bytes) -> bytes:
    """Bytes sealed for this column of this row, as `seal` does text."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    return cipher.seal(
        content, key=key, key_id=key_id, nonce=secrets.token_bytes(12),
        table=row._meta.db_table, column=column, row=row.key,
    )  # fmt: skip


def unseal(row: Sealable, column: str) -> str:
    """The text sealed in this column of this row, or "" when there is none. Raises cipher.Spoiled."""
    return "" if getattr(row, column) is None else unseal_bytes(row, column).decode()


def unseal_bytes(row: Sealable, column: str) -> bytes:
    """The bytes sealed in this column of this row. Raises cipher.Spoiled."""
    return cipher.unseal(
        bytes(getattr(row, column)), keys=settings.FIELD_KEYS,
        table=row._meta.db_table, column=column, row=row.key,
    )  # fmt: skip


def look_up(text: str, *, purpose: str) -> str:
    """The keyed hash under which `text` is written."""
    key_id, key = next(iter(settings.LOOK_UP_KEYS.items()))
    return cipher.look_up(text, key=key, key_id=key_id, purpose=purpose)


def look_ups(text: str, *, purpose: str) -> list[str]:
    """Every keyed hash under which `text` may be found while keys are being rotated."""
    return [
        cipher.look_up(text, key=key, key_id=key_id, purpose=purpose)
        for key_id, key in settings.LOOK_UP_KEYS.items()
    ]
