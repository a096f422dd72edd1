"""What `manage.py check --deploy` asks of the database: are the tables that only grow guarded?"""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Info, Tags, Warning, register
from django.db import DatabaseError, connection

from shanzhi.apps.record import guards


@register(Tags.security, deploy=True)
def the_record_is_guarded(**_kwargs: Any) -> list[CheckMessage]:
    """A warning for every table that the database would let somebody change."""
    try:
        there = set(connection.introspection.table_names())
        if not {model._meta.db_table for model in guards.guarded()} <= there:
            return []  # nothing has been set up yet
        open_now = guards.open_tables(connection)
    except DatabaseError:
        return [Info("The database could not be asked whether its records are guarded.", id="record.I001")]
    return [
        Warning(
            f"Rows of {table} could be changed or deleted: no trigger refuses it, and no revoked privilege.",
            hint="Run `manage.py guard_record`; it says what is missing and puts it in place.",
            id="record.W001",
        )
        for table in open_now
    ]
