"""Citizen numbers (GB 11643-1999) and phone numbers: checked, explained when wrong, masked.

Rules ID-01 to ID-05: shape, check digit (ISO 7064 MOD 11-2), a real date not in the future, sex by the 17th digit,
and a region part that is never judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from unicodedata import normalize

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_EXCEL = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")


class Fault(StrEnum):
    """Why a number cannot be used."""

    EMPTY = "empty"
    DAMAGED = "damaged_by_excel"
    LENGTH = "length"
    SHAPE = "shape"
    DATE = "date"
    FUTURE = "future"
    CHECK = "check_digit"


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """The number cannot be used. `fault` says why; words and remedies come at the edge."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A citizen number that passed every check."""

    number: str
    born: date
    sex: str  # "m" or "f"

    @property
    def region(self) -> str:
        """The first six digits: where it was issued. Not where the person lives (ID-05)."""
        return self.number[:6]


def parse(text: str, *, today: date) -> IdentityNumber:
    """The number in `text`, with spaces removed and a small x made large. Raises Unusable."""
    number = _plain(text).upper()
    _check_shape(number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Unusable(Fault.DATE) from None
    if born > today:
        raise Unusable(Fault.FUTURE)
    if check_digit(number[:17]) != number[17]:
        raise Unusable(Fault.DAMAGED if number.endswith("000") else Fault.CHECK)
    return IdentityNumber(number, born, "m" if int(number[16]) % 2 else "f")


def _plain(text: str) -> str:
    """Without spaces and the mark with which Excel keeps text; full-width characters made plain."""
    if text.isascii() and text.isalnum():
        return text
    return re.sub(r"\s", "", normalize("NFKC", text)).lstrip("'‘’`")


def _check_shape(number: str) -> None:
    if len(number) == 18 and number.isascii() and number[:17].isdigit() and number[17] in CHECKS:
        return
    if not number:
        raise Unusable(Fault.EMPTY)
    if _EXCEL.fullmatch(number) or re.fullmatch(r"\d{15,19}\.0+", number):
        raise Unusable(Fault.DAMAGED)
    if len(number) != 18:
        raise Unusable(Fault.LENGTH)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Unusable(Fault.SHAPE)


def check_digit(first17: str) -> str:
    """The 18th digit for the first 17 (ID-02)."""
    return CHECKS[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def make(region: str, born: date, serial: int) -> str:
    """A valid number for synthetic people. Raises ValueError when the serial is not 0 to 999."""
    if not 0 <= serial <= 999 or not re.fullmatch(r"[0-9]{6}", region):
        raise ValueError(f"a region has six digits and a serial is 0 to 999, got {region!r} and {serial}")
    first17 = f"{region}{born:%Y%m%d}{serial:03d}"
    return first17 + check_digit(first17)


def nearly_same(one: str, other: str) -> bool:
    """Whether one slip of the hand makes one number of the other: a digit, or two neighbours that changed places.

    The check digit follows from the others, so it is not counted.
    """
    if len(one) != 18 or len(other) != 18 or one == other:
        return False
    apart = [at for at in range(17) if one[at] != other[at]]
    if len(apart) == 1:
        return True
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1
    return swapped and (one[apart[0]], one[apart[1]]) == (other[apart[1]], other[apart[0]])


def masked(number: str) -> str:
    """The number as a screen shows it: the six digits of the region, the rest hidden.

    The date of birth and the sex stand beside it: with any digit of serial or check, a handful of numbers is left.
    """
    return f"{number[:6]}{'*' * 12}" if len(number) == 18 else "*" * len(number)


def phone(text: str) -> str:
    """A mainland phone number in plain digits: mobile, or land line with its area code. Raises Unusable."""
    if len(text) == 11 and text.isascii() and text.isdigit() and "13" <= text[:2] <= "19":
        return text
    digits = re.sub(r"[\-()]", "", _plain(text))
    digits = re.sub(r"^(\+86|0086|86(?=1[0-9]{10}$))", "", digits)
    if _EXCEL.fullmatch(digits) or digits.endswith(".0"):
        raise Unusable(Fault.DAMAGED)
    if not digits:
        raise Unusable(Fault.EMPTY)
    if not re.fullmatch(r"1[3-9][0-9]{9}|0[1-9][0-9]{1,2}[2-9][0-9]{6,7}", digits):
        raise Unusable(Fault.SHAPE)
    return digits


def masked_phone(digits: str) -> str:
    """A phone number as a screen shows it."""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else "*" * len(digits)
