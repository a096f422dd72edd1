"""A server's worker is killed while it answers a form: the browser's connection breaks, the form is sent again, and the
thing is done once. A real gunicorn, real forms, either database.
"""

from __future__ import annotations

import http.client
from urllib.parse import urlencode

import pytest

from tests.badday.conftest import ALL
from tests.badday.server import TOKEN, Browser, looked, rows, site_on
from tests.cast import PASSWORD

BROKEN = (http.client.RemoteDisconnected, ConnectionResetError)
STEP = 1 if ALL else 5
MOST = 200  # statements: no form here takes as many


def sent_until_it_stands(site, browser, path, form, at):
    """Send the form to a worker that dies at a statement, and the very same again; True when one died."""
    token = TOKEN.search(browser.open(path).text)[1]
    body = urlencode({"csrfmiddlewaretoken": token, **form}).encode()
    site.kill_at(at)
    died = False
    try:
        answer = browser.ask("POST", path, body, "application/x-www-form-urlencoded")
    except BROKEN:
        died = True
        answer = browser.ask("POST", path, body, "application/x-www-form-urlencoded")
    assert answer.status == 302, answer.text
    return died


def test_a_sheet_is_saved_once_however_often_its_worker_dies(nursery, tmp_path):
    with site_on(nursery, "at the count", tmp_path) as (site, given):
        browser = Browser(site)
        browser.sign_in("jipiao", PASSWORD)
        before, kills, saved = looked(nursery, tmp_path), 0, 0
        for at in range(1, MOST, STEP):
            saved += 1
            path = f"/elections/{given['election']}/sheets/batch/{saved}/"
            if not sent_until_it_stands(site, browser, path, {**given["sheet"], "token": f"t{saved}"}, at):
                break
            kills += 1
        after = looked(nursery, tmp_path)
        nursery.kills += kills

    assert kills > 20 / STEP
    assert after["faults"] == []
    assert rows(after, "elections.Sheet") == rows(before, "elections.Sheet") + saved
    assert rows(after, "record.Event") == rows(before, "record.Event") + saved


@pytest.mark.parametrize("at", range(3, MOST, 7) if ALL else (3, 25, 60, 88))
def test_a_result_is_announced_once_though_the_worker_dies(nursery, tmp_path, at):
    with site_on(nursery, "counted", tmp_path) as (site, given):
        browser = Browser(site)
        browser.sign_in("dongchuan", PASSWORD)
        path = f"/elections/{given['election']}/outcome/announce/"
        died = sent_until_it_stands(
            site, browser, path, {"announced_on": given["day"], "version": given["version"]}, at
        )
        nursery.kills += died
        village = browser.open(f"/v/{given['village']}/")
        after = looked(nursery, tmp_path)

    assert after["faults"] == []
    assert rows(after, "record.Document") == rows(after, "elections.Notice") == 1
    assert village.status == 200
    assert "张桂英" in village.text
