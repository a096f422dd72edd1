"""Several writers at once: no index is given twice, no publication is lost, both trees stay whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from shanzhi.apps.record import actions, selectors
from shanzhi.apps.record.models import Checkpoint, Document, Event

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run each in a thread of its own, with a connection of its own."""

    def run(work):
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(run, work) for work in works]:
            done.result()


def test_indexes_are_given_once_however_many_write(county):
    def write():
        for _ in range(10):
            actions.write(by="c", act="places.exported", subject="place:1", scope=1)

    at_once(write, write, write, write)
    assert sorted(Event.objects.values_list("index", flat=True)) == list(range(40))
    assert list(selectors.faults()) == []


def test_publishing_and_writing_in_either_order_do_not_lock_each_other_out(publish):
    def publish_first():
        for _ in range(5):
            with transaction.atomic():
                publish()
                actions.write(by="c", act="elections.printed", subject="election:1", scope=1)

    def write_first():
        for _ in range(5):
            with transaction.atomic():
                actions.write(by="c", act="elections.printed", subject="election:1", scope=1)
                publish()

    at_once(publish_first, write_first, publish_first)
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, 16))
    assert Checkpoint.objects.first().size == 15
    assert list(selectors.faults()) == []


def test_two_readers_make_a_pending_signature_good_together(publish, settings):
    keys, settings.LOG_KEYS = settings.LOG_KEYS, {}
    publish()
    settings.LOG_KEYS = keys
    at_once(lambda: actions.sign("public"), lambda: actions.sign("public"))
    assert Checkpoint.objects.count() == 1


def test_the_days_before_are_sealed_once_however_many_begin_the_day(county, monkeypatch):
    def write():
        return actions.write(by="c", act="places.exported", subject="place:1", scope=1)

    tomorrow = write().at + timedelta(days=1)
    monkeypatch.setattr(actions.timezone, "now", lambda: tomorrow)

    at_once(write, write, write, write)

    assert Document.objects.filter(kind="audit_root").count() == 1
    assert list(selectors.faults()) == []


def test_an_audit_signature_lost_between_sealing_and_signing_is_made_good_once(county, settings):
    """The process was killed after the commit: the next who opens the trail signs, and nobody after him."""
    keys = settings.LOG_KEYS
    actions.write(by="c", act="places.exported", subject="place:1", scope=1)
    settings.LOG_KEYS = {}
    actions.seal_audit_root(
        county_code=county.place.code,
        county_name=county.place.name,
        scope=county.place.pk,
        today=date(2026, 12, 1),
    )
    settings.LOG_KEYS = keys
    for _reader in range(2):
        actions.write(by="c", act="places.exported", subject="place:1", scope=1)
        actions.sign_for_reader("audit")

    assert Checkpoint.objects.filter(tree_id="audit").count() == 1
    assert list(selectors.faults()) == []
