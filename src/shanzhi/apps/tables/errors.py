"""What the tables room refuses, beside what every room does (web.refusals).

* Refused        says what to do next; shown to the person
  - Unreadable   a file cannot be read as a table
"""

from __future__ import annotations

from shanzhi.web.refusals import Refused

__all__ = ["Refused", "Unreadable"]


class Unreadable(Refused):
    """A file cannot be read as a table."""
