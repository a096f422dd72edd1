"""A disk that is really full, and one that really takes no writing: file systems of a few megabytes in memory.

Mounting needs root; without it these tests are skipped, and `tests/config/test_bad_days.py` asks the same of limits
that SQLite and PostgreSQL set themselves.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.badday.kills import Files
from tests.badday.server import Browser, Site, looked, rows, site_on
from tests.cast import PASSWORD

MEBIBYTE = 2**20
FILE = "部" * 1_300_000  # nearly 4 MB: more than a form keeps in memory


@contextmanager
def small_disk(size=12):
    """A file system of so many megabytes."""
    folder = Path(tempfile.mkdtemp(prefix="shanzhi-disk-"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=0777", "tmpfs", folder], check=False
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip("mounting a small disk needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def fill(folder):
    """To the last byte."""
    filling = folder / "filling"
    with open(filling, "wb", buffering=0) as file, suppress(OSError):
        for size in (MEBIBYTE, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    return filling


@pytest.fixture
def on_a_file(nursery):
    if not isinstance(nursery.databases, Files):
        pytest.skip("of SQLite; PostgreSQL's disk is below")


@pytest.fixture
def on_a_server(nursery):
    if isinstance(nursery.databases, Files):
        pytest.skip("of PostgreSQL; SQLite's disk is above")


def the_form(given, number):
    return f"/elections/{given['election']}/sheets/batch/{number}/", {**given["sheet"], "token": f"t{number}"}


def type_until_it_fails(browser, given):
    """Sheet after sheet until one is not taken: how many were, and the page that says so."""
    for number in range(1, 500):
        answer = browser.send(*the_form(given, number))
        if answer.status != 302:
            return number - 1, answer
    raise AssertionError("the disk was never full")


def test_on_a_full_disk_reading_goes_on_and_a_form_waits_until_there_is_room(nursery, on_a_file):
    with small_disk() as var, site_on(nursery, "at the count", var) as (site, given):
        browser = Browser(site)
        browser.sign_in("jipiao", PASSWORD)
        before = rows(looked(nursery, var), "elections.Sheet")
        filling = fill(var)

        saved, answer = type_until_it_fails(browser, given)
        read = [
            browser.open(path).status
            for path in ("/", f"/v/{given['village']}/", "/account/own/", "/record/")
        ]
        sheets = browser.open(f"/elections/{given['election']}/sheets/").status
        stands = looked(nursery, var)
        filling.unlink()
        again = browser.send(*the_form(given, saved + 1))
        after = looked(nursery, var)
        said = site.said()

    assert answer.status == 503
    assert "服务器的磁盘满了" in answer.text
    assert 'name="token" value="t' in answer.text
    assert {*read, sheets} == {200}
    assert rows(stands, "elections.Sheet") == before + saved
    assert again.status == 302
    assert rows(after, "elections.Sheet") == before + saved + 1
    assert stands["faults"] == after["faults"] == []
    assert '"trouble": "full"' in said


def test_signing_in_on_a_full_disk_says_that_the_disk_is_full(nursery, on_a_file):
    with small_disk() as var, site_on(nursery, "at the count", var, workers=1) as (site, _given):
        browser = Browser(site)
        browser.open("/")  # from here on the database is open: SQLite works with two files beside it
        fill(var)
        answer = None
        for _try in range(200):  # until the last free byte inside the database is used up
            answer = browser.send("/account/sign-in/", {"username": "jipiao", "password": PASSWORD})
            browser.cookies.pop("sessionid", None)
            if answer.status != 302:
                break

    assert answer.status == 503
    assert "服务器的磁盘满了" in answer.text
    assert PASSWORD not in answer.text


def test_a_file_that_finds_no_room_on_its_way_in_is_told_so_and_nothing_of_it_stays(nursery, tmp_path):
    with small_disk(2) as room, site_on(nursery, "at the count", tmp_path, TMPDIR=str(room)) as (site, given):
        browser = Browser(site)
        browser.sign_in("dongchuan", PASSWORD)
        answer = browser.send_file(
            f"/tables/roster/{given['village']}/in/", "file", "花名册.csv", FILE.encode()
        )
        left = list(room.iterdir())
        read = browser.open("/").status

    assert answer.status == 503
    assert "服务器的磁盘满了" in answer.text
    assert "文件无法留在这里" in answer.text
    assert left == []
    assert read == 200


def test_started_on_a_read_only_disk_it_can_be_read_and_says_why_nobody_can_sign_in(nursery, on_a_file):
    with small_disk() as var:
        with site_on(nursery, "at the count", var) as (_site, given):
            pass
        (var / "static").mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", var], check=True)
        site = Site(var, secrets=nursery.folder)
        try:
            browser = Browser(site)
            read = [
                browser.open(path).status for path in ("/", f"/v/{given['village']}/", "/record/", "/verify/")
            ]
            answer = browser.send("/account/sign-in/", {"username": "jipiao", "password": PASSWORD})
        finally:
            site.close()

    assert read == [200, 200, 200, 200]
    assert answer.status == 503
    assert "现在无法保存" in answer.text


def test_a_full_disk_under_postgresql_is_told_and_reading_goes_on(nursery, on_a_server):
    with small_disk(24) as disk, a_tablespace(nursery.databases, disk) as (database, address):
        given = nursery.ask("world", database, world="at the count")["said"]["given"]
        var = Path(tempfile.mkdtemp(prefix="shanzhi-var-"))
        site = Site(var, secrets=nursery.folder, workers=2, SHANZHI_POSTGRES=address)
        try:
            browser = Browser(site)
            browser.sign_in("jipiao", PASSWORD)
            filling = fill(disk)
            saved, answer = type_until_it_fails(browser, given)
            read = browser.open(f"/v/{given['village']}/").status
            filling.unlink()
            again = browser.send(*the_form(given, saved + 1))
        finally:
            site.close()
            shutil.rmtree(var)
        faults = nursery.ask("look", database)["said"]["faults"]

    assert answer.status == 503
    assert "服务器的磁盘满了" in answer.text
    assert read == 200
    assert again.status == 302
    assert faults == []


@contextmanager
def a_tablespace(databases, disk):
    """A database that lies on the small disk."""
    name, space = databases.name("on_disk"), f"{databases.prefix}space"
    if os.geteuid() == 0:
        shutil.chown(disk, "postgres")
    databases.root.execute(f"CREATE TABLESPACE \"{space}\" LOCATION '{disk}'")
    databases.root.execute(
        f'CREATE DATABASE "{name}" TEMPLATE "{databases.name("empty")}" TABLESPACE "{space}"'
    )
    try:
        yield name, databases.address("on_disk")
    finally:
        databases.root.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        databases.root.execute(f'DROP TABLESPACE "{space}"')


def test_a_read_only_postgresql_is_told_and_read(nursery, on_a_server, tmp_path):
    """As a standby is, until it takes over."""
    with site_on(nursery, "at the count", tmp_path) as (site, given):
        browser = Browser(site)
        browser.sign_in("jipiao", PASSWORD)
        databases = nursery.databases
        set_it = f'ALTER DATABASE "{databases.name("shanzhi")}" SET default_transaction_read_only'
        databases.root.execute(f"{set_it} = on")
        databases.show_out("shanzhi")  # who is connected keeps the old setting
        answer = browser.send(*the_form(given, 1))
        read = browser.open(f"/v/{given['village']}/").status
        databases.root.execute(f"{set_it} = off")
        databases.show_out("shanzhi")
        again = browser.send(*the_form(given, 1))

    assert answer.status == 503
    assert "现在无法保存" in answer.text
    assert (read, again.status) == (200, 302)


def test_after_postgresql_was_restarted_the_next_request_works(nursery, on_a_server, tmp_path):
    with site_on(nursery, "at the count", tmp_path) as (site, given):
        browser = Browser(site)
        browser.sign_in("jipiao", PASSWORD)
        statuses = []
        for number in range(1, 4):
            nursery.databases.show_out("shanzhi")
            statuses.append(browser.send(*the_form(given, number)).status)

    assert statuses == [302, 302, 302]
