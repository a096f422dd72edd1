"""What the database itself refuses, whoever asks: changing and deleting what was recorded.

A second wall, never the first: the ORM refuses the same (`kept`), and nothing works only because a trigger is there.
Where a database takes no triggers (Citus refuses them on its tables), the role that serves the pages is not given the
right to change or delete (`serve_as`). Neither wall stops whoever owns the database: `audit_record` finds what he did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import NotSupportedError, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "guard_"
SAYS = "append-only: rows of {table} are never {what}"
FUNCTION = "shanzhi_refuse"
_QUOTED = re.compile(r'("\w+")')
REFUSE = "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END"


@dataclass(frozen=True, slots=True)
class Guard:
    """How far rows of one table may still change. Without anything said: not at all."""

    may_change: tuple[str, ...] = ()  # columns; all others stay as they were written
    when: str = ""  # SQL over OLD and NEW: the only changes that are let through
    upserts: bool = False  # a row that is continued may also come as an insert over the older one


@dataclass(frozen=True, slots=True)
class Loose:
    """A table on which the database would let something happen."""

    table: str
    missing: tuple[str, ...]  # triggers that are not there, or not in force
    granted: tuple[str, ...]  # what the connected role may do beyond need


Guarded = Mapping[type[models.Model], Guard]


def guarded() -> dict[type[models.Model], Guard]:
    """Every table of the house that says how it is guarded."""
    return {
        model: model.guard for model in apps.get_models() if isinstance(getattr(model, "guard", None), Guard)
    }


def install(connection: BaseDatabaseWrapper, tables: Guarded) -> bool:
    """Put the triggers in place, or back. False where this database takes none: then privileges are the guard."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_function())
            for model, guard in tables.items():
                wanted, held = _wanted(connection, model, guard), _held(cursor, connection.vendor, model)
                for name in held.keys() - wanted.keys():
                    cursor.execute(_dropped(connection.vendor, name, model))
                for name in wanted.keys() - {name for name, in_force in held.items() if in_force}:
                    if name in held:
                        cursor.execute(_dropped(connection.vendor, name, model))
                    for statement in wanted[name]:
                        cursor.execute(statement)
    except NotSupportedError:
        return False
    return True


def remove(connection: BaseDatabaseWrapper, tables: Guarded) -> None:
    """Take the triggers away: for a migration that goes backwards, and for tests that play the intruder."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in tables:
            for name in _held(cursor, connection.vendor, model):
                cursor.execute(_dropped(connection.vendor, name, model))


def loose(connection: BaseDatabaseWrapper) -> Iterator[Loose]:
    """Tables on which a trigger is missing or the connected role may do too much; nothing while all is shut."""
    with connection.cursor() as cursor:
        for model, guard in guarded().items():
            held = _held(cursor, connection.vendor, model)
            missing = tuple(sorted(
                name for name in _wanted(connection, model, guard) if not held.get(name)
            ))  # fmt: skip
            granted = _granted(cursor, model, guard) if connection.vendor == "postgresql" else ()
            if missing or granted:
                yield Loose(model._meta.db_table, missing, granted)


def open_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that no guard holds: a trigger is missing, and no revoked privilege stands in for it."""
    tight = connection.vendor == "postgresql"
    return [each.table for each in loose(connection) if each.missing and (each.granted or not tight)]


def serve_as(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give a PostgreSQL role what serving the pages needs, and not the right to change or delete what was recorded."""
    name, quote = connection.ops.quote_name(role), connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed:
                cursor.execute(
                    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {quote(model._meta.db_table)} TO {name}"
                )
        cursor.execute(f"GRANT SELECT ON django_migrations TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
        for model, guard in guarded().items():
            table = quote(model._meta.db_table)
            cursor.execute(f"REVOKE ALL ON {table} FROM PUBLIC")
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {table} FROM {name}")
            if guard.may_change:
                columns = ", ".join(quote(column) for column in guard.may_change)
                cursor.execute(f"GRANT UPDATE ({columns}) ON {table} TO {name}")


# What a trigger says. Its name ends with a digest of it, so that one from an older version is known and replaced.


def _wanted(connection: BaseDatabaseWrapper, model: type[models.Model], guard: Guard) -> dict[str, list[str]]:
    make = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    return dict(_named(what, lines) for what, lines in make(connection, model, guard))


def _named(what: str, lines: list[str]) -> tuple[str, list[str]]:
    name = f"{PREFIX}{what}_{sha256(''.join(lines).encode()).hexdigest()[:8]}"
    return name, [line.replace("TRIGGER @", f"TRIGGER {name}") for line in lines]


def _refused_update(connection: BaseDatabaseWrapper, model: type[models.Model], guard: Guard) -> str:
    """The condition over OLD and NEW under which an update is refused; empty: always."""
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = [
        f"OLD.{column} {differs} NEW.{column}"
        for column in _columns(connection, model)
        if column.strip('"') not in guard.may_change
    ]
    if not guard.may_change:
        return ""
    return " OR ".join([*changed, f"NOT ({guard.when})"] if guard.when else changed)


def _for_postgresql(
    connection: BaseDatabaseWrapper, model: type[models.Model], guard: Guard
) -> Iterator[tuple[str, list[str]]]:
    table = connection.ops.quote_name(model._meta.db_table)
    refused = _refused_update(connection, model, guard)
    for what, event, each, when in (
        ("changed", "UPDATE", "ROW", f"WHEN ({refused}) " if refused else ""),
        ("deleted", "DELETE", "ROW", ""),
        ("emptied", "TRUNCATE", "STATEMENT", ""),
    ):
        says = SAYS.format(table=model._meta.db_table, what=what)
        yield (
            what,
            [
                f"CREATE TRIGGER @ BEFORE {event} ON {table} FOR EACH {each} {when}EXECUTE FUNCTION {FUNCTION}('{says}')",
                # ALWAYS: a session that calls itself a replica is refused too.
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER @",
            ],
        )


def _for_sqlite(
    connection: BaseDatabaseWrapper, model: type[models.Model], guard: Guard
) -> Iterator[tuple[str, list[str]]]:
    table = connection.ops.quote_name(model._meta.db_table)
    refused = _refused_update(connection, model, guard)
    for what, event, when in (
        ("changed", "UPDATE", refused),
        ("deleted", "DELETE", ""),
        # INSERT OR REPLACE deletes without asking the trigger of DELETE, unless `recursive_triggers` is on.
        ("replaced", "INSERT", _replaces(connection, model, guard)),
    ):
        says = SAYS.format(table=model._meta.db_table, what=what) + (", UNIQUE" if event == "INSERT" else "")
        yield (
            what,
            [
                f"CREATE TRIGGER @_{model._meta.db_table} BEFORE {event} ON {table} "
                f"{f'WHEN {when} ' if when else ''}BEGIN SELECT RAISE(ABORT, '{says}'); END"
            ],
        )


def _replaces(connection: BaseDatabaseWrapper, model: type[models.Model], guard: Guard) -> str:
    """That a new row would take the place of an older one, and is not allowed to."""
    table = connection.ops.quote_name(model._meta.db_table)
    own, *others = _places(connection, model)
    taken = " OR ".join(f"({place})" for place in others)
    if guard.upserts:
        taken = f"({taken}) AND NOT ({guard.when})"
    return f"EXISTS (SELECT 1 FROM {table} OLD WHERE ({own}){f' OR {taken}' if taken else ''})"  # noqa: S608


def _places(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Iterator[str]:
    """What makes a row of the table OLD stand where NEW would: the primary key first, then all that is unique."""
    quote, meta = connection.ops.quote_name, model._meta
    yield f"OLD.{quote(meta.pk.column)} = NEW.{quote(meta.pk.column)}"
    for field in meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield f"OLD.{quote(field.column)} = NEW.{quote(field.column)}"
    for each in meta.constraints:
        if isinstance(each, models.UniqueConstraint):
            columns = [quote(meta.get_field(name).column) for name in each.fields]
            parts = [f"OLD.{column} = NEW.{column}" for column in columns]
            if each.condition is not None:
                one = each._get_condition_sql(model, connection.SchemaEditorClass(connection))
                parts += ("(" + _QUOTED.sub(row + r".\1", one) + ")" for row in ("OLD", "NEW"))
            yield " AND ".join(parts)


def _columns(connection: BaseDatabaseWrapper, model: type[models.Model]) -> list[str]:
    return [connection.ops.quote_name(field.column) for field in model._meta.concrete_fields]


def _function() -> str:
    return f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $refuse${REFUSE}$refuse$"


# What is there.


def _held(cursor: Any, vendor: str, model: type[models.Model]) -> dict[str, bool]:
    """The guards of a table by name, and whether each is in force."""
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgenabled = 'A' AND prosrc = %s FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid = to_regclass(%s) AND starts_with(tgname, %s)",
            [REFUSE, f'"{model._meta.db_table}"', PREFIX],
        )
        return dict(cursor.fetchall())
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND substr(name, 1, 6) = %s",
        [model._meta.db_table, PREFIX],
    )
    ending = f"_{model._meta.db_table}"
    return {name.removesuffix(ending): True for (name,) in cursor.fetchall()}


def _dropped(vendor: str, name: str, model: type[models.Model]) -> str:
    if vendor == "postgresql":
        return f'DROP TRIGGER {name} ON "{model._meta.db_table}"'
    return f"DROP TRIGGER {name}_{model._meta.db_table}"


def _granted(cursor: Any, model: type[models.Model], guard: Guard) -> tuple[str, ...]:
    """What the connected role may do to a table beyond what its guard lets through."""
    table = f'"{model._meta.db_table}"'
    cursor.execute(
        "SELECT right_to FROM unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) AS right_to "
        "WHERE has_table_privilege(%s, right_to)", [table],
    )  # fmt: skip
    found = [name for (name,) in cursor.fetchall()]
    columns = [field.column for field in model._meta.concrete_fields if field.column not in guard.may_change]
    cursor.execute(
        "SELECT count(*) FROM unnest(%s::text[]) AS one WHERE has_column_privilege(%s, one, 'UPDATE')",
        [columns, table],
    )
    return (*found, "UPDATE") if cursor.fetchone()[0] else tuple(found)
