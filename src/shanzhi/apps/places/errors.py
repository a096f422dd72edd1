"""What the places room refuses. A refused action has changed nothing.

* Refused        says what to do next; shown to the person
  - Stale        someone else was first
  - Wrong        one field cannot be used: carries its name
  - Unreadable   a file cannot be read as a roster
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818 - reads as the thing that happened
    """A right or the state of things says no; nothing was changed."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Stale(Refused):
    """Someone else was first."""

    def __init__(self) -> None:
        super().__init__(
            _("Someone else has changed this meanwhile. Look at what stands there now, then save again.")
        )


class Wrong(Refused):
    """One field cannot be used."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(message)
        self.field = field


class Unreadable(Refused):
    """A file cannot be read as a roster."""
