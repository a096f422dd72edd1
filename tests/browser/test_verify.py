"""The page that checks a proof in the visitor's own browser: what it proves, and what it names as false."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from playwright.sync_api import expect

from shanzhi.apps.record import actions, selectors
from shanzhi.core.merkle import bundle, checkpoint, tree
from shanzhi.core.merkle.checkpoint import Checkpoint, LogKey
from tests.browser.conftest import PHONE, no_wider_than_the_screen

pytestmark = pytest.mark.browser


@pytest.fixture
def published(county):
    """Seven notices in the log, the last entry signed."""
    for n in range(7):
        actions.publish(
            by="clerk", kind="mandates", title={"zh": "柳树沟委托投票公告", "en": "Notice of proxies"},
            place_code=county.village.code, place_name=county.village.name, scope=county.village.pk,
            issuing_body="柳树沟村民选举委员会", posted_on=date(2026, 12, 1), data={"count": n, "rules": []},
        )  # fmt: skip
    actions.sign("public")
    return selectors.document(3)


@pytest.fixture
def verify(page, live_server, faults):
    """Opens the page in English and checks files there."""

    def open_page(query=""):
        page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        page.goto(f"{live_server.url}/verify/{query}")
        expect(page.locator("#checker")).to_be_visible()
        return page

    return open_page


def give(page, field, data):
    page.set_input_files(f"#{field}", {"name": "b.json", "mimeType": "application/json", "buffer": data})


def answer(page, kind):
    page.get_by_role("button", name="Check", exact=True).click()
    result = page.locator("#result")
    expect(result).to_have_class(f"notice notice-{kind}")
    return result.inner_text()


def test_a_downloaded_proof_is_proved_in_the_browser(verify, published):
    page = verify()
    give(page, "bundle", selectors.bundle_of(published))
    said = answer(page, "good")
    for words in (
        "柳树沟委托投票公告",
        "柳树沟村民选举委员会",
        "Claimed time",
        "this page brought along",
        "Not checked",
    ):
        assert words in said
    assert selectors.paper_lines(published)["root"] in said


def test_a_document_is_checked_from_its_own_page(page, verify, published, live_server):
    verify()
    page.goto(f"{live_server.url}/record/{published.number}/")
    page.get_by_role("link", name="Verify this document").click()
    assert "柳树沟委托投票公告" in answer(page, "good")


def spoiled(published, **fields):
    return bundle.canonical(json.loads(selectors.bundle_of(published)) | fields)


def test_every_false_part_is_named(verify, published, settings):
    good = json.loads(selectors.bundle_of(published))
    other_seed = checkpoint.sign(Checkpoint(f"{settings.LOG_ORIGIN}/public", 7, b"r" * 32), seed=b"t" * 32)
    note = good["checkpoint"].replace("\n7\n", "\n6\n")
    cases = {
        "The document: its digest is not": spoiled(published, document=base64.b64encode(b"{}").decode()),
        "The proof that it stands in the log: it does not lead": spoiled(published, index=3),
        "The log's signature: it does not hold": spoiled(published, checkpoint=note),
        "The log's signature: it was made with another key": spoiled(published, checkpoint=other_seed),
        "The file: it was edited": json.dumps(good, indent=1).encode(),
        "The file: it is not a proof file": b"nothing",
        "The file: it is not a proof of this kind": b"{}",
        "The log's entry: it is malformed": spoiled(published, leaf=7),
    }
    leaf = good["leaf"] | {"issuing_body": "别的村"}
    cases["The proof that it stands in the log: it does not lead to"] = spoiled(published, leaf=leaf)
    page = verify()
    for words, data in cases.items():
        give(page, "bundle", data)
        assert words in answer(page, "stop")


def test_the_key_that_was_typed_decides(verify, published, settings):
    page = verify()
    give(page, "bundle", selectors.bundle_of(published))
    page.get_by_text("Another key, or an older proof").click()
    page.fill("#own_key", selectors.log_key())
    assert "Checked with the key that you typed" in answer(page, "good")
    page.fill("#own_key", str(LogKey.of(f"{settings.LOG_ORIGIN}/public", b"t" * 32)))
    assert "another key" in answer(page, "stop")
    page.fill("#own_key", selectors.log_key()[:-3] + "AAA")
    assert "The log's public key" in answer(page, "stop")


def test_an_older_proof_shows_that_nothing_was_rewritten_or_that_it_was(verify, published, settings, county):
    older = selectors.bundle_of(published)
    actions.publish(
        by="clerk", kind="mandates", title={"zh": "公告", "en": "Notice"}, place_code=county.village.code,
        place_name=county.village.name, scope=county.village.pk, issuing_body="委员会",
        posted_on=date(2026, 12, 2), data={},
    )  # fmt: skip
    actions.sign("public")
    page = verify(f"?document={published.number}")
    page.get_by_text("Another key, or an older proof").click()
    give(page, "older", older)
    assert "7 → 8" in answer(page, "good")
    leaves = [tree.leaf_hash(b"another history")] * 7
    leaves[2] = tree.leaf_hash(bytes(published.leaf))
    point = Checkpoint(f"{settings.LOG_ORIGIN}/public", 7, tree.root(leaves))
    forged = bundle.make(
        document=bytes(published.body), leaf=json.loads(bytes(published.leaf)), index=2,
        proof=tree.inclusion_proof(2, 7, lambda level, at: tree.root(leaves[at << level : (at + 1) << level])),
        note=checkpoint.sign(point, seed=settings.LOG_KEYS["public"]),
    )  # fmt: skip
    give(page, "older", forged)
    assert "the log was rewritten since your earlier proof" in answer(page, "stop")


def test_without_scripts_the_page_says_how_to_check(browser, live_server, published):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/verify/")
    assert "shanzhi verify" in page.inner_text("main")
    expect(page.locator("#waiting")).to_be_visible()
    expect(page.locator("#checker")).to_be_hidden()
    no_wider_than_the_screen(page)
    context.close()
