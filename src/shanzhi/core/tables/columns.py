"""Columns of a table: what each is called in files, what its cells may say, and what that means.

A column makes a *reader*: a function from a cell's text to a plain value (text, whole number, yes or no, None), which
raises `Unfit` with a code and facts. Words come at the edge. A value is JSON, so that a checked row can wait sealed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from shanzhi.core import identity
from shanzhi.core.tables import dates
from shanzhi.core.tables.cells import FORMULA

Value = str | int | bool | None
Reader = Callable[[str], Value]
_CONTROL = re.compile("[\x00-\x1f\x7f]")
LONGEST = 100  # characters, where a column says nothing else


class Unfit(ValueError):  # noqa: N818 - reads as the thing that happened
    """A cell does not say what its column needs. `code` and `facts` become words at the edge."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `names` are what it goes by in real files, the template's first; `key` is what the program calls it.

    `needed`: the file must have it and every row must fill it. `compared`: it only says where the row belongs, and is
    not read by itself. `says` is the line of instruction in the template; `width` counts characters.
    """

    key: str
    names: tuple[str, ...]
    needed: bool = False
    compared: bool = False
    width: int = 12
    says: str = ""

    EMPTY: ClassVar[Value] = ""  # what an empty cell means: not stated

    @property
    def name(self) -> str:
        """The column's name in the template."""
        return self.names[0]

    @property
    def offered(self) -> tuple[str, ...]:
        """Words to choose from in the template; none: anything may be typed."""
        return ()

    def reader(self, *, today: date) -> Reader:
        """What reads a cell of this column, today."""
        read, needed, empty = self._read_on(today), self.needed, self.EMPTY

        def reader(text: str) -> Value:
            if text:
                return read(text)
            if needed:
                raise Unfit("missing")
            return empty

        return reader

    def word(self, value: Value) -> str:
        """The value as the template writes it."""
        return "" if value is None else str(value)

    def shown(self, text: str) -> str:
        """The cell's text as a list of faults may show it."""
        return text[:40]

    def _read_on(self, today: date) -> Reader:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Text(Column):
    """Words in one line. `joined`: inner spaces go, as in names written wide (王　芳)."""

    longest: int = LONGEST
    joined: bool = False

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002 - the same on every day
        def read(text: str) -> Value:
            check_shape(text, self.longest)
            if text.startswith(FORMULA):
                raise Unfit("formula")
            return "".join(text.split()) if self.joined else text

        return read


@dataclass(frozen=True, slots=True)
class Choice(Column):
    """One of the words that the column knows. `choices` maps every known word to its value; `offer` those to offer."""

    choices: Mapping[str, Value] = field(default_factory=dict)
    offer: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        return self.offer or tuple(dict.fromkeys(word for word in self.choices if word))

    def reader(self, *, today: date) -> Reader:  # noqa: ARG002
        known, offered = self.choices, list(self.offered)

        def reader(text: str) -> Value:
            try:
                return known[text]
            except KeyError:
                pass
            if text:
                raise Unfit("unknown_word", choices=offered)
            if self.needed:
                raise Unfit("no_word", choices=offered)
            return self.EMPTY

        return reader

    def word(self, value: Value) -> str:
        return next((word for word, each in self.choices.items() if each == value and word), "")


@dataclass(frozen=True, slots=True)
class YesNo(Choice):
    """是 or 否; empty: not stated."""

    choices: Mapping[str, Value] = field(
        default_factory=lambda: {"": None, "是": True, "否": False, "有": True, "无": False}
    )
    offer: tuple[str, ...] = ("否", "是")

    EMPTY: ClassVar[Value] = None

    def word(self, value: Value) -> str:
        return {True: "是", False: "否"}.get(value, "") if isinstance(value, bool) else ""


@dataclass(frozen=True, slots=True)
class IdNumber(Column):
    """A citizen number (ID-01 to ID-05). What Excel has damaged is told apart from a slip of the pen."""

    width: int = 22

    def _read_on(self, today: date) -> Reader:
        def read(text: str) -> Value:
            try:
                return identity.parse(text, today=today).number
            except identity.Unusable as wrong:
                raise Unfit(_id_code(wrong.fault, text)) from None

        return read

    def shown(self, text: str) -> str:
        if "E+" in text.upper():
            return f"{text[:4]}…{text.upper()[text.upper().index('E') :]}"[:40]
        return f"{text[:6]}…{text[-2:]}" if len(text) > 10 else text


@dataclass(frozen=True, slots=True)
class Phone(Column):
    """A mainland phone number."""

    width: int = 14

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002
        def read(text: str) -> Value:
            try:
                return identity.phone(text)
            except identity.Unusable:
                raise Unfit("phone") from None

        return read

    def shown(self, text: str) -> str:
        return identity.masked_phone(text)[:40]


@dataclass(frozen=True, slots=True)
class Day(Column):
    """A civil date, kept as ISO text. `ahead`: it may lie in the future. A month without a day is never completed."""

    ahead: bool = False

    def _read_on(self, today: date) -> Reader:
        def read(text: str) -> Value:
            written = dates.read(text)
            if written is None:
                raise Unfit("no_date")
            if written.day is None:
                raise Unfit("no_day")
            if written.day > today and not self.ahead:
                raise Unfit("future")
            return written.day.isoformat()

        return read


@dataclass(frozen=True, slots=True)
class DayOrMonth(Column):
    """A date that is only held against another one, so that a month alone will do. Its text as it stands."""

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002
        def read(text: str) -> Value:
            if dates.read(text) is None:
                raise Unfit("no_date_or_empty")
            return text

        return read


@dataclass(frozen=True, slots=True)
class Whole(Column):
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int = 10**9

    EMPTY: ClassVar[Value] = None

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002
        def read(text: str) -> Value:
            if not re.fullmatch(r"-?[0-9]{1,15}", text):
                raise Unfit("no_number")
            if not self.least <= int(text) <= self.most:
                raise Unfit("out_of_bounds", least=self.least, most=self.most)
            return int(text)

        return read


@dataclass(frozen=True, slots=True)
class Amount(Column):
    """A decimal quantity kept as whole small units: yuan as fen (`unit` 100), kilograms as grams (1000).

    More decimals than the unit has are refused, never rounded: money is not guessed.
    """

    unit: int = 100
    least: int = 0
    most: int = 10**13  # small units

    EMPTY: ClassVar[Value] = None

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002
        def read(text: str) -> Value:
            try:
                amount = Decimal(text.replace(",", "").removesuffix("元")) * self.unit
            except InvalidOperation:
                raise Unfit("no_number") from None
            if not amount.is_finite():
                raise Unfit("no_number")
            if amount != amount.to_integral_value():
                raise Unfit("too_fine")
            if not self.least <= amount <= self.most:
                raise Unfit("out_of_bounds", least=self.word(self.least), most=self.word(self.most))
            return int(amount)

        return read

    def word(self, value: Value) -> str:
        if not isinstance(value, int):
            return ""
        places = len(str(self.unit)) - 1
        return f"{Decimal(value) / self.unit:.{places}f}"


@dataclass(frozen=True, slots=True)
class Compared(Column):
    """A column that is only compared with something else: its text as it stands."""

    compared: bool = True

    def _read_on(self, today: date) -> Reader:  # noqa: ARG002
        def read(text: str) -> Value:
            check_shape(text, LONGEST)
            return text

        return read


def check_shape(text: str, longest: int) -> None:
    """Raises Unfit for a text that is too long, or breaks its line."""
    if len(text) > longest or _CONTROL.search(text):
        raise Unfit("too_long")


def _id_code(fault: identity.Fault, text: str) -> str:
    if "*" in text or "•" in text:
        return "id_masked"
    if fault is identity.Fault.LENGTH and len(text) == 15 and text.isdigit():
        return "id_old"
    return f"id_{fault.value}"
