"""What the accounts room refuses. A refused action has changed nothing.

* Refused   says what to do next; shown to the person
  - Wrong   one field cannot be used: carries its name
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - reads as the thing that happened
    """A right or the state of things says no; nothing was changed."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Wrong(Refused):
    """One field cannot be used; `messages` says why, in as many sentences as there are reasons."""

    def __init__(self, field: str, *messages: str | Promise) -> None:
        super().__init__(" ".join(str(message) for message in messages))
        self.field = field
        self.messages: Sequence[str | Promise] = messages
