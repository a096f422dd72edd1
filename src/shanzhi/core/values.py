"""Values that every engine shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days from `since` to `until`, both included; an open end is None."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"a period ends on or after its first day, got {self.since} to {self.until}")

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A number or text of the law that changes on known days, with its source.

    `values` maps the first day on which a value holds to the value.
    """

    source: str
    values: Mapping[date, T]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError(f"a dated value needs at least one value: {self.source}")

    def on(self, day: date) -> T:
        """The value that holds on `day`. Raises LookupError before the first one."""
        begun = [since for since in self.values if since <= day]
        if not begun:
            raise LookupError(f"{self.source}: nothing in force on {day.isoformat()}")
        return self.values[max(begun)]
