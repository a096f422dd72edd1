"""The disk is full or takes no writing, or the database is gone: a page that says so, and nothing typed is lost."""

import errno
import sqlite3
from contextlib import contextmanager, suppress

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from shanzhi.apps.elections.models import Sheet
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from shanzhi.web import trouble
from tests import cast
from tests.apps.elections import the_count

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [("chair", "李建国"), ("member", "张桂英"), ("member", "刘志强")]
TYPED = {
    "token": "of-this-form",
    "issued": "42",
    "collected": "4O",
}  # a letter: it comes back as it was typed


@contextmanager
def full():
    """Not a page more than the database has now."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filling (bytes)")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
        # What lies free within the file is room as well: it is used up first.
        with suppress(DatabaseError):
            while True:
                cursor.execute("INSERT INTO filling VALUES (zeroblob(3000))")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1073741823")
        cursor.execute("DROP TABLE filling")


@contextmanager
def read_only():
    on, off = (
        ("PRAGMA query_only=1", "PRAGMA query_only=0")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
    yield
    with connection.cursor() as cursor:
        cursor.execute(off)


@pytest.fixture
def election(transactional_db):
    return the_count.make_count({"chair": 1, "member": 2}, PEOPLE)


@pytest.fixture
def clerk(election):
    """At the browser, with the check against forged forms as it is on a server."""
    client = Client(raise_request_exception=False)
    people = cast.make_account("jipiao", "计票员", "teller", election.village)
    return cast.sign_in(client, people)


def address(election):
    return reverse("elections:sheet", args=[election.key, "account", 0])


def type_in(clerk, election, **more):
    return clerk.post(address(election), TYPED | {"collected": "40"} | more)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_disk_that_fills_up_while_somebody_types_takes_a_sheet_whole_or_says_that_it_did_not(
    clerk, election, caplog
):
    the_count.enter_twice(election, 0, {"issued": 400, "collected": 400})
    saved = Sheet.objects.count()
    with full():
        for batch in range(1, 200):
            answer = clerk.post(
                reverse("elections:sheet", args=[election.key, "batch", batch]),
                the_count.numbers(election, {}, papers=20) | {"token": f"of-form-{batch}"},
            )
            if answer.status_code == 503:
                break
            saved += 1

    assert "<h1>服务器的磁盘满了</h1>" in answer.content.decode()
    assert "您刚才提交的内容没有保存。" in answer.content.decode()
    assert Sheet.objects.count() == Event.objects.filter(act="elections.sheet_entered").count() == saved
    assert list(record.faults()) == []
    assert "trouble: full (POST)" in caplog.text


@pytest.mark.parametrize(
    ("language", "heading", "button"),
    [("zh-hans", "现在无法保存", "再次提交"), ("en", "Nothing can be saved at the moment", "Send it again")],
)
def test_what_was_typed_waits_in_the_page_and_can_be_sent_again(clerk, election, language, heading, button):
    clerk.cookies["django_language"] = language
    with read_only():
        answer = type_in(clerk, election)
    page = answer.content.decode()

    assert answer.status_code == 503
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Retry-After"]) > 0
    assert f"<h1>{heading}</h1>" in page
    assert button in page
    assert f'action="{address(election)}"' in page
    assert '<input type="hidden" name="issued" value="42">' in page
    assert '<input type="hidden" name="token" value="of-this-form">' in page
    assert "csrfmiddlewaretoken" in page

    assert type_in(clerk, election).status_code == 302  # mended, and sent again
    assert Sheet.objects.count() == 1


@contextmanager
def held_by_another():
    """Somebody else writes, and takes longer than anyone waits; here that is no more than a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA busy_timeout=50" if connection.vendor == "sqlite" else "SET lock_timeout='50ms'"
        )
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(dbname=connection.settings_dict["NAME"])
        other.execute("SELECT * FROM elections_election FOR UPDATE")
    yield
    other.rollback()
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=20000" if connection.vendor == "sqlite" else "RESET lock_timeout")


def test_whoever_waits_too_long_for_another_is_told_to_come_again_soon(clerk, election):
    with held_by_another():
        answer = type_in(clerk, election)

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "服务器现在太忙" in answer.content.decode()
    assert "您刚才提交的内容没有保存。" in answer.content.decode()
    assert type_in(clerk, election).status_code == 302


@pytest.mark.parametrize("opened", ["elections:sheets", "accounts:own", "portal:county", "record:list"])
def test_pages_can_be_read_while_nothing_can_be_written(clerk, election, opened):
    with read_only():
        answer = clerk.get(reverse(opened, args=[election.key] if opened == "elections:sheets" else []))

    assert answer.status_code == 200


def test_a_session_that_cannot_be_saved_does_not_hide_a_page_that_was_read(clerk, election):
    session = clerk.session
    session.set_expiry(3600)
    session["seen"] = 1
    session.save()
    with read_only():
        answer = clerk.get(reverse("portal:village", args=[election.village.code]))

    assert answer.status_code == 200


def test_signing_in_on_a_read_only_disk_says_so_and_sends_no_password_back(election):
    client = Client(raise_request_exception=False)
    cast.make_account("dongchuan", "东川干事", "township_clerk", election.village.parent)
    with read_only():
        answer = client.post(
            reverse("accounts:sign_in"), {"username": "dongchuan", "password": cast.PASSWORD}
        )
    page = answer.content.decode()

    assert answer.status_code == 503
    assert "现在无法保存" in page
    assert cast.PASSWORD not in page
    assert "csrfmiddlewaretoken" not in page


def test_a_form_that_another_site_sent_does_not_come_back_as_one_of_ours(election):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    with read_only():
        answer = client.post(reverse("accounts:sign_in"), {"collected": "666"})

    assert answer.status_code == 403
    assert "666" not in answer.content.decode()


def test_whom_to_call_stands_on_the_page(clerk, election, settings):
    settings.CONTACT = "县信息中心 0358-0000000"
    with read_only():
        assert "县信息中心 0358-0000000" in type_in(clerk, election).content.decode()


def test_a_fault_of_the_program_is_still_called_one(clerk, election, monkeypatch):
    from shanzhi.apps.elections.views import sheets

    monkeypatch.setattr(sheets, "SheetForm", None)
    answer = clerk.get(address(election))

    assert answer.status_code == 500
    assert "怎么办" not in answer.content.decode()


def _sqlite(code):
    error = sqlite3.OperationalError("as SQLite tells it")
    error.sqlite_errorcode = code
    return error


def _told_by(cause):
    error = OperationalError("as Django tells it")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_told_by(_sqlite(sqlite3.SQLITE_FULL)), "full"),
        (_told_by(_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY)), "read_only"),
        (_told_by(_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT)), "busy"),
        (_told_by(_sqlite(sqlite3.SQLITE_CANTOPEN)), "gone"),
        (_told_by(_sqlite(sqlite3.SQLITE_IOERR_WRITE)), "broken"),
        (_told_by(_sqlite(sqlite3.SQLITE_ERROR)), None),
        (_told_by(psycopg.errors.DiskFull()), "full"),
        (_told_by(psycopg.errors.ReadOnlySqlTransaction()), "read_only"),
        (_told_by(psycopg.errors.DeadlockDetected()), "busy"),
        (_told_by(psycopg.errors.TooManyConnections()), "busy"),
        (_told_by(psycopg.errors.AdminShutdown()), "gone"),
        (_told_by(psycopg.OperationalError("the connection is closed")), "gone"),
        (_told_by(psycopg.errors.UniqueViolation()), None),
        (OSError(errno.ENOSPC, "no space"), "full"),
        (OSError(errno.EROFS, "read-only"), "read_only"),
        (OSError(errno.ENOENT, "no such file"), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_every_kind_of_trouble_is_told_apart(error, kind):
    assert trouble.kind_of(error) == kind


def test_trouble_is_found_behind_the_error_that_it_caused():
    error = KeyError("while cleaning up")
    error.__context__ = OSError(errno.ENOSPC, "no space")

    assert trouble.kind_of(error) == "full"


def test_writing_in_passing_gives_way_on_a_bad_disk_and_hides_nothing_else():
    with trouble.passed_over("who was seen when"):
        raise OSError(errno.EROFS, "read-only")
    with pytest.raises(OSError, match="no such file"), trouble.passed_over("who was seen when"):
        raise OSError(errno.ENOENT, "no such file")
