"""Rows of a file, read column by column: a row is good or bad as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from shanzhi.core.tables.cells import plain
from shanzhi.core.tables.columns import Column, Reader, Unfit, Value
from shanzhi.core.tables.headings import Header


class Row(NamedTuple):
    """One row that could be read: its number in the file, counted from 1, and its values by column key."""

    line: int
    values: dict[str, Value]


class Fault(NamedTuple):
    """What is wrong with one cell: line, column key, the value as it may be shown, a code and its facts."""

    line: int
    column: str
    shown: str
    code: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Read:
    """Some rows of a file: those that could be read, the faults of the others, and how many lines were empty.

    `partly`: rows with faults, with the values of the cells that could be read.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    partly: list[Row] = field(default_factory=list)
    skipped: int = 0


class RowReader:
    """Reads rows under one header. Columns that the file lacks are not stated: they get what an empty cell means."""

    def __init__(self, columns: Sequence[Column], header: Header, *, today: date, example: str = "") -> None:
        self._bound: list[tuple[Column, int, Reader]] = [
            (column, header.places[column.key], column.reader(today=today))
            for column in columns
            if column.key in header.places
        ]
        self._own = [place for column, place, _read in self._bound if not column.compared]
        self._absent: dict[str, Value] = {
            column.key: column.reader(today=today)(header.implied[column.key])
            if column.key in header.implied
            else column.EMPTY
            for column in columns
            if column.key not in header.places
        }
        self._example = example

    def read(self, lines: Iterable[tuple[int, Sequence[object]]]) -> Read:
        """Read lines: (number, cells). Empty ones, and the template's example, are passed over."""
        told = Read()
        for line, cells in lines:
            texts = [plain(cell) for cell in cells]
            if self._is_nothing(texts):
                told.skipped += 1
                continue
            values, faults = self._values(line, texts)
            if faults:
                told.faults.extend(faults)
                told.partly.append(Row(line, values))
            else:
                told.rows.append(Row(line, values))
        return told

    def _is_nothing(self, texts: list[str]) -> bool:
        width = len(texts)
        for place in self._own:
            if place < width and texts[place]:
                break
        else:
            return True
        return bool(self._example) and self._example in "".join(texts) and self._is_example(texts)

    def _is_example(self, texts: list[str]) -> bool:
        return any(text.startswith(self._example) for text in texts)

    def _values(self, line: int, texts: list[str]) -> tuple[dict[str, Value], list[Fault]]:
        values, faults, width = dict(self._absent), [], len(texts)
        for column, place, read in self._bound:
            text = texts[place] if place < width else ""
            try:
                values[column.key] = read(text)
            except Unfit as unfit:
                faults.append(Fault(line, column.key, column.shown(text), unfit.code, unfit.facts))
        return values, faults
