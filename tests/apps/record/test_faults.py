"""One changed byte behind the database's back is found and named: every table, every column.

The guards refuse such a change (`test_guards`). Here somebody owns the database and has taken them away first.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from shanzhi.apps.record import actions, guards, selectors
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree

pytestmark = pytest.mark.django_db

TABLES = (Tree, Tile, Checkpoint, Event, Document)
# Numbers of rows that nothing refers to: they say nothing about what was recorded.
SURROGATES = {(Tile, "id"), (Checkpoint, "id")}
COLUMNS = [
    (model, field.column)
    for model in TABLES
    for field in model._meta.concrete_fields
    if (model, field.column) not in SURROGATES
]
AN_EVENT, A_DOCUMENT = 5, 2


@pytest.fixture
def record(publish, seal):
    """Some 300 events (a full tile and an open one), three notices, a sealed root of the trail, all signed."""
    actions.write_many(
        [
            {"by": "clerk", "act": "places.exported", "subject": f"place:{n}", "facts": {"n": n}}
            for n in range(290)
        ]
    )
    for day in (1, 2, 3):
        publish(data={"count": day, "rules": []})
        actions.sign("public")
    seal()
    actions.sign("public")
    actions.sign("audit")


def faults_after(*statements: tuple[str, list]) -> list[str]:
    """What is found after raw statements by the database's owner, which are then taken back."""
    with transaction.atomic():
        guards.remove(connection, guards.guarded())
        with connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
        found = list(selectors.faults())
        transaction.set_rollback(True)
    return found


def one_byte_off(value):  # noqa: PLR0911 - a kind of value a line
    """The same value with one byte, digit or letter changed."""
    if isinstance(value, int):
        return value ^ (1 << 12)
    if value is None:
        return 7
    if isinstance(value, bytes | memoryview):
        spoiled = bytearray(value)
        spoiled[len(spoiled) // 2] ^= 1
        return bytes(spoiled)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if value.startswith("{"):  # stays JSON: the database itself refuses anything else
        return value.replace('"', '"n', 1)
    at = len(value) // 2
    return value[:at] + ("8" if value[at] != "8" else "9") + value[at + 1 :]


def row_of(model) -> tuple[str, list]:
    """Which row is spoiled, and by what name it is called then."""
    last = Checkpoint.objects.filter(tree="public").first()
    return {
        Event: ("index", [AN_EVENT], f"event {AN_EVENT}"),
        Document: ("number", [A_DOCUMENT], f"document {A_DOCUMENT}"),
        Tree: ("name", ["audit"], "audit"),
        Tile: ("id", [Tile.objects.get(tree="audit", level=0, number=1).pk], "tile 0/1"),
        Checkpoint: ("id", [last.pk], "checkpoint"),
    }[model]


def spoil(model, column) -> tuple[list[str], str]:
    key, values, name = row_of(model)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {table} WHERE "{key}" = %s', values)
        held = cursor.fetchone()[0]
    update = f'UPDATE {table} SET "{column}" = %s WHERE "{key}" = %s'
    return faults_after((update, [one_byte_off(held), *values])), name


def test_an_untouched_record_has_no_faults(record):
    assert list(selectors.faults()) == []
    call_command("audit_record", stdout=StringIO())


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=[f"{m.__name__}.{c}" for m, c in COLUMNS])
def test_a_changed_byte_in_any_column_is_found_and_its_row_is_named(record, model, column):
    found, name = spoil(model, column)
    assert found
    assert any(name in fault for fault in found), found


def test_an_altered_column_is_called_by_its_name(record):
    event, _ = spoil(Event, "by")
    assert event == [f"event {AN_EVENT}: altered: by"]
    body, _ = spoil(Document, "body")
    assert body == [f"document {A_DOCUMENT}: altered: its published bytes"]


def test_an_altered_leaf_is_told_from_an_altered_column(record):
    found, _ = spoil(Event, "leaf")
    assert found == [f"event {AN_EVENT}: its leaf was altered"]


def test_an_altered_tile_is_told_from_an_altered_entry(record):
    full = faults_after(_flip_tile("audit", 0, 0, at=AN_EVENT))
    assert full == [f"audit: tile 0/0: the hash of entry {AN_EVENT} was altered"]
    open_one = faults_after(_flip_tile("audit", 0, 1, at=3))
    assert open_one == ["audit: tile 0/1: the hash of entry 259 was altered"]


def test_an_entry_that_was_rewritten_as_a_whole_is_still_found(record):
    """Whoever rewrites columns and leaf alike, and the tile too, still meets the level above and the signatures."""
    event = Event.objects.get(index=AN_EVENT)
    leaf = bytes(event.leaf).replace(b'"clerk"', b'"other"')
    rewrite = ('UPDATE record_event SET "by" = %s, leaf = %s WHERE "index" = %s', ["other", leaf, AN_EVENT])
    found = faults_after(rewrite)
    assert f"event {AN_EVENT}: it is not what the tree was grown with" in found
    assert any("checkpoint" in fault for fault in found)
    assert any(f"document {Document.objects.first().number}" in fault for fault in found)  # the sealed root


def test_missing_rows_are_named(record):
    last = Event.objects.values_list("index", flat=True).first()
    assert faults_after(('DELETE FROM record_event WHERE "index" = %s', [AN_EVENT])) == [
        f"event {AN_EVENT}: it is missing"
    ]
    assert (
        faults_after(('DELETE FROM record_event WHERE "index" = %s', [last]))[0]
        == f"event {last}: it is missing"
    )
    assert "document 1: it is missing" in faults_after(('DELETE FROM record_document WHERE "number" = 1', []))
    found = faults_after(("DELETE FROM record_tile WHERE tree_id = 'audit' AND level = 0 AND number = 0", []))
    assert found == ["audit: tile 0/0 is missing"]


def test_rows_out_of_nowhere_are_named(record):
    event = Event.objects.first()
    found = faults_after((
        'INSERT INTO record_event ("index", at, "by", act, subject, scope, facts, leaf) '
        'SELECT "index" + 1, at, "by", act, subject, scope, facts, leaf FROM record_event WHERE "index" = %s',
        [event.index],
    ))  # fmt: skip
    assert any(f"there are {event.index + 2}" in fault for fault in found)
    stray = (
        "INSERT INTO record_tile (tree_id, level, number, hashes) VALUES ('audit', 3, 9, %s)",
        [b"x" * 32],
    )
    assert faults_after(stray) == ["audit: tile 3/9 belongs to no entries"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL itself refuses what is not a time")
def test_a_column_that_can_no_longer_be_read_is_named_and_the_rest_is_still_looked_at(record):
    found = faults_after(
        ('UPDATE record_event SET at = %s WHERE "index" = %s', ["when?", AN_EVENT]),
        ('UPDATE record_event SET "by" = %s WHERE "index" = %s', ["x", AN_EVENT + 1]),
    )
    assert f"event {AN_EVENT}: altered: its leaf or a column can no longer be read" in found
    assert f"event {AN_EVENT + 1}: altered: by" in found


def test_a_signature_by_another_key_is_named(record, settings):
    settings.LOG_KEYS = settings.LOG_KEYS | {"public": b"k" * 32}
    found = list(selectors.faults())
    assert found
    assert all("checkpoint" in fault and "not signed by this key" in fault for fault in found)


def test_a_checkpoint_moved_to_the_other_tree_is_named(record):
    point = Checkpoint.objects.filter(tree="public").first()
    found = faults_after(("UPDATE record_checkpoint SET tree_id = 'audit' WHERE id = %s", [point.pk]))
    assert any(f"audit: checkpoint {point.size}" in fault for fault in found)


def test_the_command_fails_and_says_what_it_found(record):
    guards.remove(connection, guards.guarded())
    with connection.cursor() as cursor:
        cursor.execute('UPDATE record_event SET act = %s WHERE "index" = %s', ["x", AN_EVENT])
    said = StringIO()
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("audit_record", stderr=said)
    fault, unguarded = said.getvalue().splitlines()
    assert fault == f"event {AN_EVENT}: altered: act"
    assert unguarded.startswith("not guarded: ")


def test_the_command_answers_a_program_with_one_object_a_line(record):
    said = StringIO()
    call_command("audit_record", "--json", stdout=said)
    end = json.loads(said.getvalue())
    assert (end["faults"], end["unguarded"], end["logs"]["audit"]["size"]) == (0, [], Event.objects.count())

    guards.remove(connection, guards.guarded())
    with connection.cursor() as cursor:
        cursor.execute('UPDATE record_event SET act = %s WHERE "index" = %s', ["x", AN_EVENT])
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_record", "--json", stdout=said)
    fault, end = map(json.loads, said.getvalue().splitlines())
    assert fault == {"fault": f"event {AN_EVENT}: altered: act"}
    assert end["faults"] == 1
    assert "record_event" in end["unguarded"]


def _flip_tile(tree: str, level: int, number: int, *, at: int) -> tuple[str, list]:
    held = Tile.objects.get(tree=tree, level=level, number=number)
    spoiled = bytearray(held.hashes)
    spoiled[at * 32] ^= 1
    return "UPDATE record_tile SET hashes = %s WHERE id = %s", [bytes(spoiled), held.pk]
