"""Writing down and publishing: in one transaction, in order, never changed, signed only once it is committed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shanzhi.apps.record import actions, selectors
from shanzhi.apps.record.errors import Unchangeable
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree
from shanzhi.core.merkle import bundle, checkpoint, tree
from shanzhi.core.merkle.checkpoint import LogKey

pytestmark = pytest.mark.django_db
SOURCES = Path(__file__).resolve().parents[3] / "src/shanzhi"


def write(act="places.exported", **facts):
    return actions.write(by="clerk", act=act, subject="place:1", scope=1, **facts)


def test_events_get_places_one_after_the_other(county):
    assert [write().index for _ in range(3)] == [0, 1, 2]
    many = actions.write_many([{"by": "c", "act": "a", "subject": "s"}] * 300)
    assert [each.index for each in many] == list(range(3, 303))
    assert Tree.objects.get(name="audit").size == 303
    assert actions.write_many([]) == []


def test_a_refusal_leaves_no_trace_in_rows_or_tree(county):
    write()
    before = Tree.objects.get(name="audit").root, Event.objects.count()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert (Tree.objects.get(name="audit").root, Event.objects.count()) == before
    assert write().index == 1  # the place is free again, and was given to nobody


def test_a_fact_that_is_not_json_is_refused(county):
    with pytest.raises(Exception, match="date"):
        write(day=date(2026, 12, 1))
    assert not Event.objects.exists()


def test_what_was_recorded_is_not_changed_or_deleted_through_its_row(publish):
    publish()
    actions.sign("public")
    for row in (Event.objects.first(), Document.objects.first(), Checkpoint.objects.first()):
        with pytest.raises(Unchangeable, match="never changed"):
            row.save()
        with pytest.raises(Unchangeable, match="never deleted"):
            row.delete()
    for row in (Tree.objects.first(), Tile.objects.first()):
        with pytest.raises(Unchangeable, match="never deleted"):
            row.delete()


@pytest.mark.parametrize("model", [Event, Document, Checkpoint])
def test_what_was_recorded_is_not_changed_or_deleted_through_its_table(publish, model):
    publish()
    actions.sign("public")
    held = model.objects.first()
    for manager in (model.objects, model._base_manager, model._default_manager):
        with pytest.raises(Unchangeable):
            manager.update(pk=99)
        with pytest.raises(Unchangeable):
            manager.all().delete()
        with pytest.raises(Unchangeable):
            manager.bulk_create([held], update_conflicts=True, unique_fields=["pk"], update_fields=["pk"])
        with pytest.raises(Unchangeable), transaction.atomic():
            manager.bulk_update([held], [model._meta.concrete_fields[1].name])
    assert list(selectors.faults()) == []


def test_a_row_with_the_number_of_an_older_one_does_not_become_its_update(county):
    first = write()
    fields = {f.name: getattr(first, f.name) for f in Event._meta.concrete_fields} | {"by": "somebody"}
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Event(**fields).save()
    assert Event.objects.get().by == "clerk"


def test_publishing_seals_the_bytes_and_writes_the_event(publish, county):
    document = publish(data={"b": 1, "a": "柳树沟"})
    assert bytes(document.body) == '{"a":"柳树沟","b":1}'.encode()
    event = Event.objects.first()
    assert (event.act, event.subject, event.scope, event.by) == (
        "record.published", "document:1", county.village.pk, "clerk",
    )  # fmt: skip
    assert publish().number == 2


def test_a_moment_told_in_another_zone_is_sealed_as_the_same_moment(publish):
    at = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    publish(at=at)
    assert selectors.shown(Document.objects.get())  # read back from the database, in UTC
    assert b"2026-12-01T01:30:00+00:00" in bytes(Document.objects.get().leaf)
    assert list(selectors.faults()) == []


# Signing


def test_published_means_covered_by_a_signed_checkpoint(publish):
    document = publish()
    assert selectors.checkpoint_over(document) is None
    assert selectors.paper_lines(document) is None
    assert selectors.bundle_of(document) is None
    point = actions.sign("public")
    assert selectors.checkpoint_over(document) == point
    assert selectors.paper_lines(document)["size"] == 1


def test_a_checkpoint_is_signed_after_the_commit_and_once(publish, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish()
        publish()
        assert not Checkpoint.objects.exists()
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [2]
    assert actions.sign("public").size == 2
    assert Checkpoint.objects.count() == 1


def test_what_may_still_be_taken_back_is_never_signed(publish):
    with transaction.atomic():
        publish()
        with pytest.raises(RuntimeError, match="durable"):
            actions.sign("public")


def test_a_failed_signature_does_not_undo_the_publication_and_a_reader_makes_it_good(
    publish, client, settings, django_capture_on_commit_callbacks, caplog
):
    keys = settings.LOG_KEYS
    settings.LOG_KEYS = {}
    with django_capture_on_commit_callbacks(execute=True):
        document = publish()
    assert "Error calling" in caplog.text
    assert selectors.checkpoint_over(document) is None
    settings.LOG_KEYS = keys
    assert client.get(f"/record/{document.number}/bundle.json").status_code == 200
    assert selectors.checkpoint_over(document) is not None


def test_nothing_is_signed_while_there_is_nothing():
    assert actions.sign("public") is None


def test_a_bundle_of_every_document_is_proved_with_the_public_key_alone(publish):
    for n in range(5):
        publish(data={"n": n})
        actions.sign("public")
    key = LogKey.parse(selectors.log_key())
    older = bundle.check(selectors.bundle_of(selectors.document(1)), key)
    for number in range(1, 6):
        data = selectors.bundle_of(selectors.document(number), from_size=3)
        found = bundle.check(data, key)
        assert (found.index, found.checkpoint.size, found.from_size) == (number - 1, 5, 3)
        assert found.leaf["issuing_body"] == "柳树沟村民选举委员会"
    grown = bundle.check_grown(older, selectors.bundle_of(selectors.document(1), from_size=5), key)
    assert grown.checkpoint.size == 5


# The audit trail's root in the public log


def test_the_root_of_the_trail_is_sealed_once_for_what_has_happened(seal):
    assert seal() is None  # nothing has happened
    write()
    document = seal()
    assert selectors.shown(document) == {"tree": "audit", "size": 1, "root": root_of_the_first(1)}
    assert seal() is None  # only the sealing itself has happened since
    write()
    assert selectors.shown(seal())["size"] == 3


def root_of_the_first(size):
    leaves = Event.objects.order_by("index").values_list("leaf", flat=True)[:size]
    return tree.root([tree.leaf_hash(bytes(leaf)) for leaf in leaves]).hex()


def test_the_first_action_of_a_day_seals_the_days_before(county, monkeypatch):
    yesterday = write()
    write()
    assert not Document.objects.exists()
    _move_clock(monkeypatch, yesterday.at + timedelta(days=1))
    write("places.person_added")
    sealed = Document.objects.get(kind=selectors.AUDIT_ROOT)
    assert selectors.shown(sealed)["size"] == 2
    assert sealed.issuing_body == county.place.name
    assert [each.act for each in Event.objects.order_by("index")][2:] == [
        "record.published",
        "places.person_added",
    ]
    write()
    assert Document.objects.count() == 1


def test_publishing_as_the_first_action_of_a_day_seals_first(publish, monkeypatch):
    event = write()
    _move_clock(monkeypatch, event.at + timedelta(days=1))
    assert publish().number == 2
    assert Document.objects.get(number=1).kind == selectors.AUDIT_ROOT


def test_before_the_county_is_set_up_nothing_is_sealed(monkeypatch):
    event = write()
    _move_clock(monkeypatch, event.at + timedelta(days=1))
    write()
    assert not Document.objects.exists()


def test_the_command_seals_for_a_timer_and_says_so(county):
    write()
    said = StringIO()
    call_command("seal_audit_root", stdout=said)
    call_command("seal_audit_root", stdout=said)
    assert said.getvalue().splitlines() == [
        "seal_audit_root: document 1.",
        "seal_audit_root: nothing has happened since the last time.",
    ]


def test_the_command_says_what_to_do_before_the_county_is_set_up(db):
    with pytest.raises(Exception, match="load its divisions first"):
        call_command("seal_audit_root")


def test_the_sealed_root_is_also_signed_by_the_audit_log(seal, django_capture_on_commit_callbacks):
    write()
    with django_capture_on_commit_callbacks(execute=True):
        seal()
    point = checkpoint.verify(
        selectors.latest_checkpoint("audit").note, LogKey.parse(selectors.log_key("audit"))
    )
    assert point.size == 2


def _move_clock(monkeypatch, moment):
    """The record's clock stands at a moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


# Cost


def test_writing_costs_the_same_number_of_queries_however_long_the_log(county):
    write()
    with CaptureQueriesContext(connection) as young:
        write()
    actions.write_many([{"by": "c", "act": "a", "subject": "s"}] * 2000)
    with CaptureQueriesContext(connection) as old:
        write()
    assert len(old) <= len(young) + 1  # one more tile of the right edge


# Words


def test_every_act_that_any_action_writes_is_told_in_a_sentence():
    written = {
        act
        for path in SOURCES.glob("apps/**/*.py")
        if path.name != "events.py"
        for act in re.findall(
            r'"((?:accounts|places|elections|record)\.[a-z_]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert len(written) > 40
    assert written <= set(selectors.SENTENCES), written - set(selectors.SENTENCES)
