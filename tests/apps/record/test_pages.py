"""Pages of the record: what a villager reads, and what a program fetches."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from shanzhi.apps.record import actions, selectors
from shanzhi.core.merkle import bundle, checkpoint, tile, tree
from shanzhi.core.merkle.checkpoint import LogKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_every_public_page_of_a_document_answers_a_villager_without_an_account(client, publish):
    number = publish().number
    for address in (
        "/record/", f"/record/{number}/", f"/record/{number}/bundle.json", f"/record/{number}/body.json",
        "/record/checkpoint", "/record/key", "/record/tile/0/0.p/1", "/record/tile/entries/0.p/1", "/verify/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address


def test_a_document_that_is_not_there_is_404(client, publish):
    publish()
    for address in ("/record/2/", "/record/2/bundle.json", "/record/2/body.json", "/record/0/"):
        assert client.get(address).status_code == 404, address


def test_the_page_of_a_document_shows_the_lines_that_stand_on_the_paper(english, publish):
    document = publish()
    page = english.get(f"/record/{document.number}/").content.decode()
    lines = selectors.paper_lines(document)
    assert lines is not None
    for part in ("origin", "root", "digest", "log_key"):
        assert lines[part] in page
    for words in (
        "柳树沟村民选举委员会",
        "1 December 2026",
        "as the server claims",
        "Compare these lines with the paper",
    ):
        assert words in page


def test_the_list_shows_notices_and_leaves_the_daily_roots_aside(english, publish, seal):
    publish()
    seal()
    page = english.get("/record/").content.decode()
    assert "Notice of proxies, Liushugou" in page
    assert "Daily root" not in page
    assert "Daily root of the audit trail" in english.get("/record/?kind=audit_root").content.decode()
    assert "Notice of proxies" not in english.get("/record/?kind=result").content.decode()


def test_a_daily_root_is_said_in_plain_words(english, publish, seal):
    publish()
    document = seal()
    page = english.get(f"/record/{document.number}/").content.decode()
    assert "held 1 entries" in page
    assert selectors.shown(document)["root"] in page


def test_a_document_of_a_kind_that_no_room_knows_is_still_shown(client, publish):
    document = publish(kind="unheard_of", data={"何事": "某事"})
    assert "某事" in client.get(f"/record/{document.number}/").content.decode()


def test_the_bundle_is_proved_by_the_key_and_says_from_which_size_it_grew(client, publish):
    for n in range(3):
        publish(data={"count": n, "rules": []})
    answer = client.get("/record/2/bundle.json?from=1")
    key = LogKey.parse(client.get("/record/key").content.decode())
    found = bundle.check(answer.content, key)
    assert (found.index, found.checkpoint.size, found.from_size) == (1, 3, 1)
    assert found.document == client.get("/record/2/body.json").content
    assert 'filename="shanzhi-2.json"' in answer["Content-Disposition"]


@pytest.mark.parametrize("size", ["0", "-1", "x", "1.5", "９"])
def test_a_size_that_is_none_is_refused_with_what_is_wanted(client, publish, size):
    publish()
    answer = client.get(f"/record/1/bundle.json?from={size}")
    assert answer.status_code == 400
    with translation.override("zh-hans"):
        assert "条数" in json.loads(answer.content)["error"] or "from" in json.loads(answer.content)["error"]


def test_while_the_signature_is_pending_the_page_says_so_and_there_is_no_proof(english, publish, settings):
    publish()
    settings.LOG_KEYS = settings.LOG_KEYS | {"public": b"too short"}
    page = english.get("/record/1/")
    assert page.status_code == 200
    assert "does not count as published" in page.content.decode()
    assert english.get("/record/1/bundle.json").status_code == 503


def test_the_log_can_be_rebuilt_from_its_tiles_and_entries_alone(client, publish):
    for n in range(5):
        publish(data={"count": n, "rules": []})
    point = checkpoint.verify(
        client.get("/record/checkpoint").content.decode(), LogKey.parse(selectors.log_key())
    )
    data, leaves = client.get("/record/tile/entries/000.p/5").content, []
    while data:
        length = int.from_bytes(data[:2], "big")
        leaves.append(tree.leaf_hash(data[2 : 2 + length]))
        data = data[2 + length :]
    assert tile.split(client.get("/record/tile/0/000.p/5").content) == leaves
    assert tree.root(leaves) == point.root


@pytest.mark.parametrize(
    "address",
    ["/record/tile/0/0", "/record/tile/0/0.p/2", "/record/tile/0/0.p/0", "/record/tile/0/0.p/257", "/record/tile/9/0.p/1",
     "/record/tile/0/x000", "/record/tile/0/nothing", "/record/tile/entries/0", "/record/tile/entries/0.p/2"],
)  # fmt: skip
def test_a_tile_that_is_not_there_is_404(client, publish, address):
    publish()
    assert client.get(address).status_code == 404


def test_full_tiles_may_be_kept_for_ever_and_the_edge_may_not(client, publish):
    publish()
    for n in range(255):
        publish(data={"count": n, "rules": []})
    full = client.get("/record/tile/0/000")
    assert "immutable" in full["Cache-Control"]
    assert len(full.content) == 256 * 32
    assert client.get("/record/tile/1/000.p/1").content == tree.root(tile.split(full.content))
    assert "immutable" not in client.get("/record/tile/0/000.p/9")["Cache-Control"]
    assert "no-cache" in client.get("/record/checkpoint")["Cache-Control"]


def test_before_anything_is_published_the_pages_say_so(english, county):
    assert "Nothing has been published yet" in english.get("/record/").content.decode()
    assert english.get("/record/checkpoint").status_code == 404


def test_the_page_of_a_document_asks_few_questions_of_the_database(
    client, publish, django_assert_max_num_queries
):
    publish()
    actions.sign("public")
    client.get("/record/1/")
    with django_assert_max_num_queries(8):
        client.get("/record/1/")
