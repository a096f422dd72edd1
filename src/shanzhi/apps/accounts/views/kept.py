"""A form that came without a session: what was typed is kept in the sign-in page itself and can be sent again.

It goes out to the browser that sent it and comes back signed; nothing is stored. Passwords are left out, and files
cannot be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

SALT, GOOD_FOR = "a form kept over a sign-in", 12 * 60 * 60  # seconds
LEFT_OUT = ("csrfmiddlewaretoken", "password", "kept")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a form was going, and its fields in their order."""

    to: str
    fields: tuple[tuple[str, str], ...]


def keep(request: HttpRequest) -> str:
    """The form of this request as a signed text."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(part in name for part in LEFT_OUT)
        for value in values
    ]
    return signing.dumps({"to": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def kept(text: str) -> Kept | None:
    """The form in a signed text, or None for one that is not ours or too old."""
    try:
        held = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Kept(held["to"], tuple((name, value) for name, value in held["fields"]))
