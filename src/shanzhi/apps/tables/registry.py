"""The tables that rooms have declared, by the names in the settings."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from shanzhi.apps.tables.declared import Scope, Table


@cache
def tables() -> dict[str, Table]:
    """Every declared table by its key. Rooms lie above: the settings name where each says what it has."""
    declared: list[Table] = [import_string(name) for name in settings.TABLES]
    return {table.key: table for table in declared}


def table(key: str) -> Table:
    """The table with this key. Raises KeyError."""
    return tables()[key]


def scope_of(*, code: str = "", pk: int | None = None) -> Scope | None:
    """The living place with this code, or the place with this id, as a scope."""
    found: Scope | None = import_string(settings.SCOPE)(code=code, pk=pk)
    return found
