"""For all tests that use the database."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_past_the_guard():
    """Between tests that commit, Django empties every table, as nobody may on a county: the guards step aside for it.

    They stand again before the next test, because emptying ends with the signal that ends a migration.
    """
    from django.db import connection

    from shanzhi.apps.record import guards

    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def step_aside(self, statements):
        guards.remove(self.connection, guards.guarded())
        return empty(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", step_aside)
        yield
