"""Which column of a file is which column of a table: by the names that real files use, or as somebody once said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shanzhi.core.tables.cells import plain
from shanzhi.core.tables.columns import Column

WITHIN = 10  # rows: county forms carry a title or two above the column names
Implying = Mapping[str, tuple[str, Mapping[str, str]]]
NOT_READ = ""  # a heading that somebody said is not to be read


@dataclass(frozen=True, slots=True)
class Header:
    """The row with the column names, counted from 0, and what its cells are.

    `places`: column key -> its place in a row. `headings`: column key -> its name in this file.
    `names`: every name that stands there. `missing`: keys of needed columns that the file lacks.
    `implied`: column key -> the text that every row has in it, because a heading says so.
    """

    at: int
    places: dict[str, int]
    headings: dict[str, str]
    names: tuple[str, ...]
    missing: tuple[str, ...]
    implied: Mapping[str, str]

    @property
    def unused(self) -> tuple[str, ...]:
        """Names of columns that are not read."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.names) if name and place not in used)


def find(
    rows: Sequence[Sequence[object]],
    columns: Sequence[Column],
    said: Mapping[str, str] | None = None,
    implying: Implying | None = None,
) -> Header | None:
    """The row among the first ten that names most of the needed columns; None when no row names any column.

    `said` maps a heading to a column's key, as somebody once answered for a file of his: it comes before the names.
    `implying` maps a heading to the column that it stands for where that has no name of its own, and to what it says
    of all rows: under 户主姓名 stand names, each of a head of a household.
    """
    best: Header | None = None
    for at, cells in enumerate(rows[:WITHIN]):
        header = _named(at, cells, columns, said or {}, implying or {})
        if header.places and (best is None or _rank(header) > _rank(best)):
            best = header
    return best


def likely(rows: Sequence[Sequence[object]]) -> tuple[int, tuple[str, ...]]:
    """The row that looks most like column names where none is known: the first with most short texts."""
    shapes = [sum(0 < len(heading(cell)) <= 20 for cell in cells) for cells in rows[:WITHIN]]
    at = max(range(len(shapes)), key=lambda place: (shapes[place], -place), default=0)
    return at, tuple(heading(cell) for cell in rows[at]) if rows else ()


def heading(cell: object) -> str:
    """A cell of the header as a name: without spaces, marks of need and brackets that say so."""
    name = "".join(plain(cell).split()).strip("*＊:：")
    return name.split("（必填", maxsplit=1)[0].split("(必填", maxsplit=1)[0][:100]


def _rank(header: Header) -> tuple[int, int, int]:
    return -len(header.missing), len(header.places), -header.at


def _named(
    at: int, cells: Iterable[object], columns: Sequence[Column], said: Mapping[str, str], implying: Implying
) -> Header:
    by_name = {name: column.key for column in columns for name in column.names} | dict(said)
    names = tuple(heading(cell) for cell in cells)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        key = by_name.get(name, NOT_READ)
        if key and key not in places:
            places[key] = place
    implied: dict[str, str] = {}
    for place, name in enumerate(names):
        if name in implying and name not in said and implying[name][0] not in places:
            places[implying[name][0]] = place
            implied |= implying[name][1]
    headings = {key: names[place] for key, place in places.items()}
    missing = tuple(column.key for column in columns if column.needed and column.key not in places)
    return Header(at, places, headings, names, missing, implied)
