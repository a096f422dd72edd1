"""A plain table: its rows are rows of one model, told apart by some of its columns within a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from shanzhi.apps.tables.declared import Intake, Purpose, Scope, Table, Undone
from shanzhi.apps.tables.selectors.references import referred_to
from shanzhi.core.tables.columns import Day, Value
from shanzhi.core.tables.rows import Fault, Row

Identity = tuple[Any, ...]


@dataclass(frozen=True)
class PlainTable(Table):
    """A table of which a room declares the columns, and nothing more.

    `identity`: keys of the columns that tell two rows of one place apart. `place`: the model's field that holds the
    place. A column's key is the name of its field; a cell left empty changes nothing.
    """

    model: type[models.Model] = models.Model
    identity: tuple[str, ...] = ()
    place: str = "place"

    def intake(self, scope: Scope, *, today: date) -> Intake:
        return PlainIntake(self, scope, today=today)

    def rows(self, scope: Scope, *, purpose: Purpose, filters: Mapping[str, str]) -> Iterator[list[str]]:
        del filters
        columns = [self.column(key) for key in purpose.columns]
        held = self.model._default_manager.filter(**{f"{self.place}_id": scope.id}).order_by(*self.identity)
        for row in held.iterator(chunk_size=500):
            yield [column.word(told(getattr(row, column.key))) for column in columns]


class PlainIntake(Intake):
    """Brings rows of one model in."""

    def __init__(self, table: PlainTable, scope: Scope, *, today: date) -> None:
        super().__init__(scope, today=today)
        self._table = table
        self._seen: dict[Identity, int] = {}
        self._days = {column.key for column in table.columns if isinstance(column, Day)}

    def look(self, rows: Sequence[Row]) -> list[Fault]:
        faults, fresh = [], []
        for row in rows:
            first = self._seen.setdefault(self._identity(row.values), row.line)
            if first != row.line:
                column = self._table.column(self._table.identity[-1])
                shown = column.shown(column.word(row.values[column.key]))
                faults.append(Fault(row.line, column.key, shown, "repeated", {"line": first}))
            else:
                fresh.append(row)
        held = self._held(fresh)
        for row in fresh:
            there = held.get(self._identity(row.values))
            self.new += there is None
            self.changed += there is not None and bool(self._differing(there, row.values))
        return faults

    def write(self, rows: Sequence[Row]) -> None:
        held = self._held(rows)
        made, changed, names = [], [], set()
        for row in rows:
            there = held.get(self._identity(row.values))
            if there is None:
                made.append(self._made(row.values))
            elif differing := self._differing(there, row.values):
                before = {name: told(getattr(there, name)) for name in differing}
                self._set(there, {name: row.values[name] for name in differing})
                self.trace.append([there.pk, before, {name: row.values[name] for name in differing}])
                changed.append(there)
                names |= differing
        self._table.model._default_manager.bulk_create(made, batch_size=500)
        if changed:
            self._table.model._default_manager.bulk_update(changed, sorted(names), batch_size=500)
        self.trace += [[row.pk, None, self._values(row)] for row in made]
        self.new += len(made)
        self.changed += len(changed)

    def undo(self, trace: Sequence[Any], *, really: bool) -> Undone:
        done = Undone()
        rows = self._table.model._default_manager.in_bulk([pk for pk, _before, _after in trace])
        used = referred_to(self._table.model, rows)
        for pk, before, after in trace:
            row = rows.get(pk)
            if row is None or any(told(getattr(row, name)) != value for name, value in after.items()):
                done.kept += row is not None
            elif before is None and pk in used:
                done.kept += 1
            elif before is None:
                if really:
                    row.delete()
                done.removed += 1
            else:
                if really:
                    self._set(row, before)
                    row.save(update_fields=list(before))
                done.restored += 1
        return done

    def _identity(self, values: Mapping[str, Value]) -> Identity:
        return tuple(values[key] for key in self._table.identity)

    def _held(self, rows: Sequence[Row]) -> dict[Identity, Any]:
        """The rows of the records that these are about: asked for by the first column of their identity."""
        first = self._table.identity[0]
        wanted = {row.values[first] for row in rows}
        found = self._table.model._default_manager.filter(
            Q(**{f"{self._table.place}_id": self.scope.id}) & Q(**{f"{first}__in": list(wanted)})
        )
        return {tuple(told(getattr(row, key)) for key in self._table.identity): row for row in found}

    def _stated(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """What a row says: an empty cell says nothing."""
        return {
            column.key: values[column.key]
            for column in self._table.columns
            if not column.compared and values[column.key] != column.EMPTY
        }

    def _differing(self, there: Any, values: Mapping[str, Value]) -> set[str]:
        return {name for name, value in self._stated(values).items() if told(getattr(there, name)) != value}

    def _made(self, values: Mapping[str, Value]) -> Any:
        row = self._table.model(**{f"{self._table.place}_id": self.scope.id})
        self._set(row, self._stated(values))
        return row

    def _set(self, row: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            is_day = name in self._days and value
            setattr(row, name, date.fromisoformat(value) if is_day else value)

    def _values(self, row: Any) -> dict[str, Any]:
        return {
            column.key: told(getattr(row, column.key))
            for column in self._table.columns
            if not column.compared
        }


def told(value: Any) -> Any:
    """A field's value as a column tells it: days as text."""
    return value.isoformat() if isinstance(value, date) else value
