"""The look at one file: which sheet, which columns, every row, every fault. Sets rows aside; writes no record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from shanzhi.apps.tables import selectors
from shanzhi.apps.tables.bridge import parts
from shanzhi.apps.tables.bridge.files import Batch, Sheets
from shanzhi.apps.tables.errors import Refused, Unreadable
from shanzhi.apps.tables.models import Import, Part
from shanzhi.apps.tables.progress import Progress
from shanzhi.apps.tables.selectors.imports import FAULTS_A_PAGE, MOST_LISTED
from shanzhi.apps.tables.wording import file_fault
from shanzhi.core.tables import headings
from shanzhi.core.tables.headings import Header
from shanzhi.core.tables.rows import Fault, RowReader
from shanzhi.web import wording

TOGETHER = 8  # parts are written so many at a time: each commit waits for the disk


class Check:
    """One look at a file."""

    def __init__(self, made: Import, progress: Progress, *, today: date) -> None:
        self._made, self._progress, self._today = made, progress, today
        self._table = selectors.table(made.table)
        scope = selectors.scope_of(pk=made.scope)
        if scope is None:
            raise Refused(file_fault("damaged"))
        self._intake = self._table.intake(scope, today=today)
        self._waiting: list[Part] = []
        self._faults: list[Fault] = []
        self._numbers = dict.fromkeys(Part.Kind, 0)
        self._late: list[int] = []
        self._header: Header | None = None
        self._unknown: tuple[str, ...] = ()
        self.good = 0
        self._bad: set[int] = set()

    def run(self, sheets: Sheets) -> None:
        """Read it all. Raises Unreadable; a file whose columns are not known is not read further."""
        chosen = self._choose(sheets)
        if chosen is None:
            return
        number, header, first = chosen
        self._header = header
        reader = RowReader(
            self._table.columns, header, today=self._today, example="示例" if self._table.example else ""
        )
        for batch in sheets.rows(number):
            self._progress.expect(sheets.expected)
            below = [(line, cells) for line, cells in batch if line > first]
            self._take(reader, below)
            if batch:
                self._progress.note(batch[-1][0])
        self._look_back()
        self._flush()
        if not self.good and not self._bad:
            raise Unreadable(file_fault("no_rows"))

    def put_into(self, held: Import) -> None:
        """Note on the import what was found."""
        if self._header is None:
            held.status, held.facts = Import.Status.UNKNOWN, {"headings": list(self._unknown)}
            return
        held.status = Import.Status.CHECKED
        held.good, held.bad = self.good, len(self._bad)
        held.new, held.changed, held.absent = self._intake.new, self._intake.changed, self._intake.absent
        held.facts = {
            "headings": self._header.headings, "names": [name for name in self._header.names if name],
            "columns": list(self._header.names),
            "unused": list(self._header.unused), "late": self._late, "listed": len(self._faults),
        }  # fmt: skip

    def _choose(self, sheets: Sheets) -> tuple[int, Header, int] | None:
        """The one sheet that holds such a list, its header, and the row in which that stands."""
        said = selectors.headings_of(self._made.by, self._table.key)
        found: list[tuple[int, Header, int]] = []
        best: Header | None = None
        for number, (_name, rows) in enumerate(sheets.heads):
            header = headings.find(
                [cells for _line, cells in rows], self._table.columns, said, self._table.implying
            )
            if header is None:
                continue
            if not header.missing:
                found.append((number, header, rows[header.at][0]))
            elif best is None or len(header.missing) < len(best.missing):
                best = header
        if len(found) > 1:
            names = wording.listed(sheets.heads[number][0] for number, _header, _line in found)
            raise Unreadable(file_fault("several", names=names))
        if found:
            return found[0]
        self._unknown = self._seen_names(sheets, best)
        return None

    @staticmethod
    def _seen_names(sheets: Sheets, best: Header | None) -> tuple[str, ...]:
        if best is not None:
            return tuple(name for name in best.names if name)
        for _name, rows in sheets.heads:
            _at, names = headings.likely([cells for _line, cells in rows])
            if sum(bool(name) for name in names) > 1:
                return tuple(name for name in names if name)
        raise Unreadable(file_fault("no_names"))

    def _take(self, reader: RowReader, batch: Batch) -> None:
        read = reader.read(batch)
        read.faults += self._intake.hear(read.faults, read.partly)
        against = self._intake.look(read.rows)
        self._blame(read.faults)
        self._blame(against)
        bad = {fault.line for fault in read.faults} | {fault.line for fault in against}
        good = [(line, values) for line, values in read.rows if line not in bad]
        self.good += len(good)
        self._bad |= bad
        if good:
            self._put(Part.Kind.ROWS, good)
        if bad:
            self._put(Part.Kind.BAD, [self._as_it_was(line, cells) for line, cells in batch if line in bad])

    def _blame(self, faults: Sequence[Fault]) -> None:
        self._faults += faults[: MOST_LISTED - len(self._faults)]

    def _as_it_was(self, line: int, cells: Sequence[object]) -> list[Any]:
        return [line, [str(cell) if cell is not None else "" for cell in cells]]

    def _look_back(self) -> None:
        late = self._intake.look_back()
        if late:
            self._blame(late)
            self._late = sorted({fault.line for fault in late} - self._bad)
            self.good -= len(self._late)
            self._bad.update(self._late)
        self._faults.sort(key=lambda fault: fault.line)
        for at in range(0, len(self._faults), FAULTS_A_PAGE):
            self._put(Part.Kind.FAULTS, self._faults[at : at + FAULTS_A_PAGE])

    def _put(self, kind: str, told: list[Any]) -> None:
        self._waiting.append(parts.packed(self._made, kind, self._numbers[kind], told))
        self._numbers[kind] += 1
        if len(self._waiting) >= TOGETHER:
            self._flush()

    def _flush(self) -> None:
        with transaction.atomic():
            Part.objects.bulk_create(self._waiting)
        self._waiting = []
