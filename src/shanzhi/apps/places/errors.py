"""What the places room refuses, beside what every room does (web.refusals).

* Refused        says what to do next; shown to the person
  - Unreadable   a file cannot be read as what it should be
"""

from __future__ import annotations

from shanzhi.web.refusals import Refused, Stale, Wrong

__all__ = ["Refused", "Stale", "Unreadable", "Wrong"]


class Unreadable(Refused):
    """A file cannot be read as what it should be."""
