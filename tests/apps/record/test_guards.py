"""What the database itself refuses on tables that only grow: raw SQL, past every line of ours."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.models.signals import post_migrate

from shanzhi.apps.record import actions, checks, guards
from shanzhi.apps.record.models import Event, Tile, Tree

pytestmark = pytest.mark.django_db
SQLITE, POSTGRESQL = connection.vendor == "sqlite", connection.vendor == "postgresql"
GUARDED = sorted(guards.guarded().items(), key=lambda pair: pair[0].__name__)
on_sqlite = pytest.mark.skipif(not SQLITE, reason="only SQLite has REPLACE")
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has roles and TRUNCATE")


@pytest.fixture
def record(publish, seal):
    """A record with something in every table."""
    actions.write_many(
        [
            {"by": "clerk", "act": "places.exported", "subject": "place:1", "facts": {"n": n}}
            for n in range(270)
        ]
    )
    publish()
    actions.sign("public")
    seal()


def run(sql: str, values=()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if POSTGRESQL:  # a test is one transaction: what it has promised to check at its end is checked now
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)


def refused(sql: str, values=()) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql, values)


def quoted(model) -> str:
    return f'"{model._meta.db_table}"'


def test_the_tables_of_the_record_and_of_the_votes_are_guarded():
    assert [model.__name__ for model, _guard in GUARDED] == [
        "Attestation", "Checkpoint", "Correction", "Decision", "Document", "Event", "Notice", "Outcome", "Sheet",
        "SheetLine", "Tile", "Tree",
    ]  # fmt: skip
    assert list(guards.loose(connection)) == [] or POSTGRESQL
    assert guards.open_tables(connection) == []


@pytest.mark.parametrize("model", [m for m, g in GUARDED if m._meta.app_label == "record"])
def test_the_database_refuses_to_change_or_delete_what_was_recorded(record, model):
    before = list(model.objects.order_by("pk").values())
    assert before
    for field in model._meta.concrete_fields:
        if field.column not in model.guard.may_change and not (model is Tree and field.primary_key):
            value = "'x'" if isinstance(field, models.CharField | models.TextField) else None
            if isinstance(field, models.BigIntegerField | models.PositiveSmallIntegerField):
                value = f'"{field.column}" + 1'
            if value:
                refused(f'UPDATE {quoted(model)} SET "{field.column}" = {value}')
    refused(f"DELETE FROM {quoted(model)}")
    assert list(model.objects.order_by("pk").values()) == before


def test_a_tree_only_grows(record):
    refused("UPDATE record_tree SET size = size - 1")
    refused("UPDATE record_tree SET root = 'x'")
    refused("UPDATE record_tree SET name = 'other', size = size + 1")
    run(
        "UPDATE record_tree SET size = size + 1, root = 'x'"
    )  # as an entry does; `audit_record` compares the root


def test_a_tile_is_only_continued(record):
    refused(
        "UPDATE record_tile SET hashes = substr(hashes, 1, 32) WHERE level = 0 AND number = 0 AND tree_id = 'audit'"
    )
    refused("UPDATE record_tile SET level = level + 1")
    tile = Tile.objects.get(tree="audit", level=0, number=1)
    spoiled = bytearray(tile.hashes)
    spoiled[3] ^= 1
    refused("UPDATE record_tile SET hashes = %s WHERE id = %s", [bytes(spoiled), tile.pk])
    run("UPDATE record_tile SET hashes = %s WHERE id = %s", [bytes(tile.hashes) + b"x" * 32, tile.pk])


@on_postgresql
def test_no_table_is_emptied(record):
    for model, _guard in GUARDED:
        refused(f"TRUNCATE {quoted(model)} CASCADE")


@on_postgresql
def test_a_session_that_calls_itself_a_replica_is_refused_too(record):
    run("SET session_replication_role = replica")
    try:
        refused("DELETE FROM record_event")
    finally:
        run("SET session_replication_role = DEFAULT")


@on_sqlite
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_no_row_takes_the_place_of_an_older_one(record, recursive):
    run(f"PRAGMA recursive_triggers = {recursive}")
    copy = "SELECT 3, at, 'x', act, subject, scope, facts, leaf FROM record_event WHERE \"index\" = 3"
    columns = '("index", at, "by", act, subject, scope, facts, leaf)'
    refused(f"INSERT OR REPLACE INTO record_event {columns} {copy}")
    refused(
        "INSERT OR REPLACE INTO record_tile (id, tree_id, level, number, hashes) SELECT id, 'audit', 7, 7, x'00' FROM record_tile"
    )
    refused(
        "INSERT OR REPLACE INTO record_tile (tree_id, level, number, hashes) VALUES ('audit', 0, 0, x'00')"
    )
    refused("INSERT OR REPLACE INTO record_tree (name, size, root) VALUES ('audit', 0, '')")
    refused('UPDATE OR REPLACE record_document SET number = 1, "index" = 0 WHERE number = 2')
    refused("UPDATE OR REPLACE record_tree SET name = 'public', size = size + 1 WHERE name = 'audit'")
    run("PRAGMA recursive_triggers = OFF")


def test_the_work_goes_on_under_the_guards(publish):
    """Appending, growing, publishing and signing are what the guards let through."""
    for _ in range(3):
        actions.write(by="c", act="places.exported", subject="place:1", scope=1)
    publish()
    actions.sign("public")
    actions.write_many([{"by": "c", "act": "a", "subject": "s"}] * 600)
    assert Tree.objects.get(name="audit").size == Event.objects.count() == 604


# Missing, found, put back


def take_away(model=Event) -> None:
    guards.remove(connection, {model: model.guard})


def test_a_missing_trigger_is_found_by_the_check_and_put_back_by_the_command(record):
    take_away()

    (warning,) = checks.the_record_is_guarded()
    assert (warning.id, "record_event" in warning.msg) == ("record.W001", True)
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 12"):
        call_command("guard_record", stdout=said, stderr=said)
    assert "record_event" in said.getvalue()
    call_command("guard_record", "--install", stdout=said)
    assert checks.the_record_is_guarded() == []
    refused("DELETE FROM record_event")


def test_the_command_says_that_all_is_shut(db):
    said = StringIO()
    call_command("guard_record", stdout=said)
    assert "12 of 12" in said.getvalue()


def test_an_older_guard_is_replaced_and_none_is_made_twice(db):
    loose_guard = guards.Guard(when="1 = 1", may_change=("act",))
    take_away()
    guards.install(connection, {Event: loose_guard})
    assert guards.open_tables(connection) == ["record_event"]
    guards.install(connection, guards.guarded())
    guards.install(connection, guards.guarded())
    assert guards.open_tables(connection) == []
    with connection.cursor() as cursor:
        held = guards._held(cursor, connection.vendor, Event)
    assert len(held) == 3


def test_after_a_migration_that_makes_a_table_anew_its_guards_stand_again(record):
    """SQLite alters a table by making another one; the triggers of the old one are gone with it."""
    with transaction.atomic():
        take_away()
        from django.apps import apps

        post_migrate.send(
            sender=apps.get_app_config("record"), app_config=apps.get_app_config("record"), verbosity=0,
            interactive=False, using="default",
        )  # fmt: skip
    refused("DELETE FROM record_event")


def test_a_database_that_takes_no_triggers_is_told_from_one_that_does(record, monkeypatch):
    """Citus: the migration goes through all the same, and privileges are the guard."""
    from django.db import NotSupportedError

    take_away()
    monkeypatch.setattr(guards, "_wanted", lambda *_: {"guard_x": ["SELECT 1"]})

    class Refusing:
        def __getattr__(self, name):
            return getattr(connection, name)

        def cursor(self):
            raise NotSupportedError("triggers are not supported on distributed tables")

    assert guards.install(Refusing(), {Event: Event.guard}) is False


def test_the_deploy_check_is_part_of_djangos_own(record):
    take_away()
    assert "record.W001" in {each.id for each in run_checks(include_deployment_checks=True)}


# Privileges


@on_postgresql
def test_a_serving_role_works_without_the_right_to_change_what_was_recorded(record):
    run("DROP ROLE IF EXISTS shanzhi_test_serving")
    run("CREATE ROLE shanzhi_test_serving")
    try:
        call_command("guard_record", "--serving-role", "shanzhi_test_serving", stdout=StringIO())
        guards.remove(connection, guards.guarded())  # as where triggers are refused
        with transaction.atomic():
            run("SET LOCAL ROLE shanzhi_test_serving")
            assert guards.open_tables(connection) == []  # no triggers, but no rights either
            for statement in (
                "DELETE FROM record_event", "UPDATE record_event SET act = 'x'", "TRUNCATE record_event",
                "UPDATE record_tree SET name = 'x'", "UPDATE elections_sheet SET collected = 0", "DELETE FROM record_tile",
            ):  # fmt: skip
                with pytest.raises(Exception, match="permission denied"):
                    run(statement)
            actions.write(by="c", act="places.exported", subject="place:1", scope=1)
            transaction.set_rollback(True)
        assert len(guards.open_tables(connection)) == len(GUARDED)  # the owner may do all of it
    finally:
        run("DROP OWNED BY shanzhi_test_serving")
        run("DROP ROLE shanzhi_test_serving")


@on_sqlite
def test_a_serving_role_is_refused_where_there_are_none():
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("guard_record", "--serving-role", "x")


def test_the_migrations_go_back_and_forth(db):
    for name, count in (("record", 5), ("elections", 7)):
        from importlib import import_module

        module = import_module(f"shanzhi.apps.{name}.migrations.0002_guards")
        (step,) = [each for each in module.Migration.operations if isinstance(each, migrations.RunPython)]
        assert step.reversible
        assert len(module.TABLES) == count
