"""Bringing a table in, in the steps that a clerk takes."""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace
from typing import Any

from shanzhi.apps.places.models import Place
from shanzhi.apps.tables import selectors
from shanzhi.apps.tables.actions import imports
from shanzhi.apps.tables.models import Import, Part
from tests.apps.tables.files import xlsx

TODAY = date(2026, 12, 1)


def receive(
    place: Place, content: bytes, *, table: str = "roster", name: str = "名册.xlsx", by: str = "clerk"
) -> Import:
    return imports.receive(table=table, scope=place.pk, file=io.BytesIO(content), file_name=name, by=by)


def check_file(place: Place, content: bytes, *, today: date = TODAY, **how: Any) -> Import:
    """Upload a file and have it checked."""
    return imports.check(made=receive(place, content, **how), today=today)


def check(place: Place, *rows: dict[str, Any], **how: Any) -> Import:
    """Upload these rows and have them checked."""
    return check_file(place, xlsx(*rows), **how)


def write(made: Import, *, good_only: bool = False, by: str = "clerk") -> Import:
    """Confirm, and have it written."""
    return imports.write(made=imports.order(made=made, good_only=good_only, by=by))


def bring_in(place: Place, *rows: dict[str, Any], **how: Any) -> Import:
    return write(check(place, *rows, **how))


def faults(made: Import) -> list[SimpleNamespace]:
    """Every fault as the pages show it."""
    table = selectors.table(made.table)
    shown = []
    for number in range(1, selectors.faults_page(made, 0)[1] + 1):
        shown += selectors.checked(made, table, number)["faults"]
    return [SimpleNamespace(**each) for each in shown]


def good(made: Import) -> list[SimpleNamespace]:
    """The rows that would be written."""
    late = selectors.lines_with_faults(made)
    rows = [row for part in selectors.parts_of(made, Part.Kind.ROWS) for row in part]
    return [SimpleNamespace(line=line, **values) for line, values in rows if line not in late]
