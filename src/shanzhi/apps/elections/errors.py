"""What the elections room refuses, beside what every room does (web.refusals).

* Refused        says what to do next; shown to the person
  - NotNow       the election is not at the stage for it
  - Stopped      the law stops here: carries findings; some a person may lift by a recorded decision
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shanzhi.web.refusals import Refused, Stale, Wrong

if TYPE_CHECKING:
    from django.forms import BaseForm

    from shanzhi.core.law.findings import Finding

__all__ = ["NotNow", "Refused", "Stale", "Stopped", "Wrong"]


class NotNow(Refused):
    """The election is not at the stage for it."""


class Stopped(Refused):
    """The law stops here."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(_("The law stops here. Read the findings; where it is allowed, record a decision."))

    def show_on(self, form: BaseForm) -> None:
        super().show_on(form)
        form.stops = self.findings  # shown as a list of findings above the form
