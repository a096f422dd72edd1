"""Alive, ready, figures: true about the installation, silent about the county, and to strangers altogether."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from shanzhi.apps.record import actions as record
from shanzhi.apps.record.models import Event
from shanzhi.apps.upkeep.selectors import health
from tests import cast

pytestmark = pytest.mark.django_db
FOR_NOW = datetime(9999, 1, 1, tzinfo=UTC)  # what the queue writes for work that may begin at once
FROM_OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _enough_disk(settings):
    settings.DISK_FREE_MIB = 1


def test_alive_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_county_at_work_is_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


def test_too_little_disk_is_told_to_this_machine_and_not_to_strangers(client, settings):
    settings.DISK_FREE_MIB = 1 << 40
    here, outside = client.get("/readyz"), client.get("/readyz", **FROM_OUTSIDE)
    assert here.status_code == outside.status_code == 503
    assert "MiB free" in here.json()["faults"]["disk"]
    assert outside.json() == {"ready": False}
    past_a_proxy = client.get("/readyz", headers={"x-forwarded-for": "127.0.0.1"})
    assert past_a_proxy.json() == {"ready": False}


def test_an_old_backup_and_none_at_all_are_named(settings, monkeypatch):
    settings.BACKUP_HOURS = 30
    assert "backup" not in health.faults()  # nothing has been published yet: nothing to lose
    county = cast.make_county()
    record.write(by="system", act="record.backed_up", subject="backup")
    assert "backup" not in health.faults()
    later = timezone.now() + timedelta(hours=31)
    monkeypatch.setattr(health.timezone, "now", lambda: later)
    assert "31 hours" in health.faults()["backup"]
    assert county


def test_a_migration_that_was_not_applied_is_named(monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="elections", name="0002_guards").delete()
    assert "run manage.py migrate" in health.faults()["migrations"]


def test_a_database_that_cannot_be_reached_makes_it_not_ready(monkeypatch, client):
    from django.db import OperationalError

    def refused():
        raise OperationalError("password of 王五 is wrong")

    monkeypatch.setattr(health, "_database", refused)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["faults"] == {"database": "could not be asked (OperationalError)"}


def test_a_full_disk_of_another_kind(monkeypatch):
    usage = namedtuple("usage", "total used free")(10, 10, 0)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)
    assert "0 MiB free" in health.faults()["disk"]


def test_work_that_nobody_begins_is_named(client):
    """An import waits, and the worker is not running."""
    from django_tasks_db.models import DBTaskResult

    waits = DBTaskResult.objects.create(
        task_path="x", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=FOR_NOW
    )
    assert "worker" not in health.faults()
    DBTaskResult.objects.filter(pk=waits.pk).update(enqueued_at=timezone.now() - timedelta(minutes=11))
    assert "11 minutes" in health.faults()["worker"]
    assert {each.labels["of"]: each.value for each in figures_of(client)["shanzhi_tasks"].samples}[
        "ready"
    ] == 1
    DBTaskResult.objects.filter(pk=waits.pk).update(status="RUNNING")
    assert "worker" not in health.faults()


# Figures


def figures_of(client, **more):
    answer = client.get("/metrics", **more)
    assert answer.status_code == 200
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def test_figures_are_for_this_machine_or_with_the_token(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **FROM_OUTSIDE).status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    settings.METRICS_TOKEN = "a-long-token"
    bearer = {"authorization": "Bearer a-long-token"}
    assert client.get("/metrics", headers=bearer, **FROM_OUTSIDE).status_code == 200
    for wrong in ("Bearer a-long-toke", "Bearer ", "a-long-token-", "Bearer 王"):
        assert (
            client.get(
                "/metrics", headers={"authorization": wrong.encode().decode("latin-1")}, **FROM_OUTSIDE
            ).status_code
            == 404
        )


def test_requests_are_counted_by_page_and_never_by_address(client):
    county = cast.make_county()
    client.get(reverse("portal:village", args=[county.village.code]))
    client.get("/王五/130123199001011234?name=赵六")
    answer = client.get("/metrics")
    assert 'page="portal:village",status="2xx"' in answer.text
    assert 'page="none",status="4xx"' in answer.text
    for told in (county.village.code, "王五", "赵六", "1301231990"):
        assert told not in answer.text


def test_figures_tell_logs_disk_backup_and_what_is_wrong(client, settings):
    record.write(by="system", act="record.backed_up", subject="backup")
    settings.DISK_FREE_MIB = 1 << 40
    found = figures_of(client)
    assert {sample.labels["of"]: sample.value for sample in found["shanzhi_log_entries"].samples}[
        "audit"
    ] == Event.objects.count()
    assert found["shanzhi_disk_free_bytes"].samples[0].value > 0
    assert 0 <= found["shanzhi_backup_age_seconds"].samples[0].value < 3600
    assert found["shanzhi_not_ready"].samples[0].labels == {"of": "disk"}
    assert found["shanzhi_request_seconds"].type == "histogram"
    assert found["shanzhi_database_errors"].type == "counter"


def test_no_session_is_made_and_no_cookie_set(client):
    for address in ("/healthz", "/readyz", "/metrics"):
        assert not client.get(address).cookies
