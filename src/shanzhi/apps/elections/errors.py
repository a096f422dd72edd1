"""What the elections room refuses. A refused action has changed nothing.

* Refused        says what to do next; shown to the person
  - NotNow       the election is not at the stage for it
  - Stale        someone else was first: look again, what was typed is still there
  - Wrong        one field cannot be used: carries its name
  - Stopped      the law stops here: carries findings; some a person may lift by a recorded decision
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from shanzhi.core.law.findings import Finding


class Refused(Exception):  # noqa: N818 - reads as the thing that happened
    """The law, a right or the state of things says no; nothing was changed."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class NotNow(Refused):
    """The election is not at the stage for it."""


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


class Stopped(Refused):
    """The law stops here."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(_("The law stops here. Read the findings; where it is allowed, record a decision."))
