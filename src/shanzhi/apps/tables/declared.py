"""What a room says of a table of its own: the columns, and, where rows are more than rows, what to do with them.

For a plain table that is all:

    HOUSEHOLDS = PlainTable(
        key="households", title=_("Households"), edit=Permission.EDIT_PEOPLE, see=Permission.SEE_PEOPLE,
        columns=(Text("number", ("户号",), needed=True), Text("address", ("地址",))),
        model=Household, identity=("number",),
    )

and its name in `settings.TABLES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from shanzhi.apps.accounts.roles import Permission
from shanzhi.core.tables.columns import Column
from shanzhi.core.tables.headings import Implying
from shanzhi.core.tables.rows import Fault, Row

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """The place whose rows a file holds, or goes out of.

    `above`: the ids from the county down to it. `page`: the address where somebody looks at what is there.
    """

    id: int
    code: str
    name: str
    above: frozenset[int]
    page: str


@dataclass(slots=True)
class Undone:
    """What taking an import back did: rows taken out, rows put back, and rows that stay because of later changes."""

    removed: int = 0
    restored: int = 0
    kept: int = 0


class Intake:
    """One file on its way into a table. The machine calls, in this order:

    `hear` and `look` with some rows at a time, then `look_back`: nothing is written, faults are named, new and changed counted.
    Later, inside one transaction: `begin`, `write` with some rows at a time, `finish`. What `write` appends to `trace`
    is kept sealed, and comes back to `undo`, newest first.
    """

    def __init__(self, scope: Scope, *, today: date) -> None:
        self.scope = scope
        self.today = today
        self.new = self.changed = 0
        self.absent: int | None = (
            None  # rows of the records that the file does not hold, where that means something
        )
        self.by = ""  # who has it written
        self.trace: list[Any] = []

    def hear(self, faults: Sequence[Fault], partly: Sequence[Row]) -> list[Fault]:
        """What single cells have against them, and the rows with what could be read of them: for further faults.

        A file that Excel has damaged is not to be believed in other rows either.
        """
        del faults, partly
        return []

    def look(self, rows: Sequence[Row]) -> list[Fault]:
        """Faults of these rows among those before them, and against the records. Sets `new` and `changed`."""
        raise NotImplementedError

    def look_back(self) -> list[Fault]:
        """Faults of earlier rows that only show once all have been seen."""
        return []

    def begin(self) -> None:
        """Lock what must not change meanwhile."""

    def write(self, rows: Sequence[Row]) -> None:
        """Write these rows. Raises Refused when the records have changed since the look."""
        raise NotImplementedError

    def finish(self) -> None:
        """What can be done only when all rows are there."""

    def undo(self, trace: Sequence[Any], *, really: bool) -> Undone:
        """Take back what `write` traced, or only say what would be taken back."""
        raise NotImplementedError


@dataclass(frozen=True)
class Purpose:
    """Why a table leaves the house, and which of its columns that needs."""

    key: str
    title: Words
    columns: tuple[str, ...]  # column keys, in order
    in_full: bool = False  # ID and phone numbers in full; needs the permission to edit, and a reason


@dataclass(frozen=True)
class Table:
    """A table that files bring in and take out."""

    key: str
    title: Words
    edit: Permission
    see: Permission
    columns: tuple[Column, ...]
    template: tuple[str, ...] = ()  # keys of the columns of the template; none: all of them
    purposes: tuple[Purpose, ...] = ()
    notes: tuple[
        str, ...
    ] = ()  # lines of instruction in the template, in Chinese, after those on single columns
    example: Mapping[str, str] = field(default_factory=dict)  # a row of the template that is never read
    words: Mapping[str, tuple[Words, Words]] = field(
        default_factory=dict
    )  # code of a fault -> reason, remedy
    implying: Implying = field(default_factory=dict)  # headings that say something of every row

    def column(self, key: str) -> Column:
        """The column with this key. Raises KeyError."""
        return next(column for column in self.columns if column.key == key)

    def intake(self, scope: Scope, *, today: date) -> Intake:
        """What takes one file in."""
        raise NotImplementedError

    def rows(self, scope: Scope, *, purpose: Purpose, filters: Mapping[str, str]) -> Iterator[list[str]]:
        """The rows that go out for a purpose, as texts in the order of its columns."""
        raise NotImplementedError

    def is_large(self, scope: Scope) -> bool:
        """Whether a file of this place takes too long to wait for: a county's, not a village's."""
        del scope
        return False

    def filtered(self, filters: Mapping[str, str]) -> Iterable[Words]:
        """What a filter in an address means, in words; filters that the table does not know are left out."""
        del filters
        return ()
