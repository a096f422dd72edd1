"""The rows of a database as files, and back. SQLite copies itself page by page; PostgreSQL copies table by table.

Both are one moment of the county, taken while it goes on working.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_FILE = "database.sqlite3"
ROWS = "rows"  # PostgreSQL: rows/<table>.copy
MIGRATIONS = "django_migrations"  # made again by the migrations themselves


def copy_sqlite(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[tuple[str, Path]]:
    """The whole database as one file."""
    path = folder / SQLITE_FILE
    source = sqlite3.connect(connection.settings_dict["NAME"], timeout=60)
    target = sqlite3.connect(path)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
        source.close()
    yield SQLITE_FILE, path


def copy_postgresql(
    connection: BaseDatabaseWrapper, folder: Path, tables: dict[str, list[str]]
) -> Iterator[tuple[str, Path]]:
    """Every table as PostgreSQL's own text, read in the transaction that the caller holds."""
    (folder / ROWS).mkdir(mode=0o700)
    for table, columns in tables.items():
        path = folder / ROWS / f"{table}.copy"
        statement = f"COPY {_table(connection, table, columns)} TO STDOUT"
        with connection.cursor() as cursor, path.open("wb") as target, cursor.copy(statement) as rows:
            for part in rows:
                target.write(part)
        yield f"{ROWS}/{path.name}", path


def load_postgresql(connection: BaseDatabaseWrapper, folder: Path, tables: dict[str, list[str]]) -> None:
    """Fill empty tables of the same shape; references are checked when all are in."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        every = ", ".join(connection.ops.quote_name(table) for table in tables)
        cursor.execute(f"TRUNCATE {every} CASCADE")  # what a migration itself had put in
        for table, columns in tables.items():
            statement = f"COPY {_table(connection, table, columns)} FROM STDIN"
            with (folder / ROWS / f"{table}.copy").open("rb") as source, cursor.copy(statement) as rows:
                while part := source.read(1 << 20):
                    rows.write(part)
            for each in connection.introspection.get_sequences(cursor, table):
                _go_on_counting(connection, cursor, table, each["column"])


def _go_on_counting(connection: BaseDatabaseWrapper, cursor: Any, table: str, column: str) -> None:
    """The next number comes after the highest that was filled in."""
    name, of = connection.ops.quote_name(table), connection.ops.quote_name(column)
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence(%s, %s), "  # noqa: S608 - names that the database itself told
        f"coalesce(max({of}), 1), max({of}) IS NOT NULL) FROM {name}", [name, column],
    )  # fmt: skip


def tables_of(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Tables with their columns, as they stand."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {MIGRATIONS})
        return {
            name: [each.name for each in connection.introspection.get_table_description(cursor, name)]
            for name in names
        }


def drop_all(connection: BaseDatabaseWrapper) -> None:
    """Take every table of the county away, before another state of it is put in their place."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")


def _table(connection: BaseDatabaseWrapper, table: str, columns: list[str]) -> str:
    quote: Any = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(quote(column) for column in columns)})"
