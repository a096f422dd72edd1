"""Questions to the tables room: which tables there are, what an import holds, what was brought in and taken out."""

from shanzhi.apps.tables.registry import scope_of, table, tables
from shanzhi.apps.tables.selectors.imports import (
    actor_names,
    bad_rows,
    can_be_undone,
    checked,
    export_pieces,
    faults_page,
    headings_of,
    history,
    lines_with_faults,
    parts_of,
    waiting_at,
)

__all__ = [
    "actor_names",
    "bad_rows",
    "can_be_undone",
    "checked",
    "export_pieces",
    "faults_page",
    "headings_of",
    "history",
    "lines_with_faults",
    "parts_of",
    "scope_of",
    "table",
    "tables",
    "waiting_at",
]
