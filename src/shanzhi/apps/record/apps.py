from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "shanzhi.apps.record"
    label = "record"

    def ready(self) -> None:
        from shanzhi.apps.record import checks  # noqa: F401 - registers itself

        post_migrate.connect(_guard, sender=self)


def _guard(using: str, **_about: Any) -> None:
    """After every migration: SQLite makes an altered table anew, and its triggers go with the old one."""
    from shanzhi.apps.record import guards

    connection = connections[using]
    there = set(connection.introspection.table_names())
    guards.install(
        connection,
        {model: guard for model, guard in guards.guarded().items() if model._meta.db_table in there},
    )
