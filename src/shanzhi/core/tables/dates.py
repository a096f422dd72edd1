"""Dates as clerks write them. A month without a day stays a month: a day is never made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_SERIAL_FROM = date(1899, 12, 30)  # day 0 of Excel's count, after its leap year 1900 that never was
_SERIALS = range(1, 80_000)
_PARTS = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?", re.ASCII)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell says: a whole day, or a year and month with `day` None."""

    year: int
    month: int
    day: date | None
    # "1990.10" loses its last digit when Excel takes it for a number: January may have been October.
    may_be_october: bool = False

    def agrees_with(self, other: date) -> bool:
        """Whether this may be another way to write `other`."""
        if self.day is not None:
            return self.day == other
        months = {self.month, 10} if self.may_be_october else {self.month}
        return self.year == other.year and other.month in months


def read(text: str) -> Written | None:
    """The date in a text: 1965-03-21, 1965/3/21, 1965.3.21, 19650321, 1965年3月21日, 1965.3, Excel's 23822. None: no date."""
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():  # as most files have it
        try:
            return _whole(date.fromisoformat(text))
        except ValueError:
            return None
    plain = _CLOCK.sub("", text)
    if plain.isascii() and plain.isdigit() and len(plain) <= 5:
        return _whole(_SERIAL_FROM + timedelta(days=int(plain))) if int(plain) in _SERIALS else None
    if plain.isascii() and plain.isdigit() and len(plain) in {6, 8}:
        plain = "-".join(part for part in (plain[:4], plain[4:6], plain[6:]) if part)
    parts = _PARTS.fullmatch(plain)
    if parts is None:
        return None
    year, month, day = int(parts[1]), int(parts[2]), parts[3]
    try:
        first = date(year, month, int(day) if day else 1)
    except ValueError:
        return None
    return _whole(first) if day else Written(year, month, None, may_be_october=plain.endswith(".1"))


def _whole(day: date) -> Written:
    return Written(day.year, day.month, day)
