"""Public pages come from memory while nothing has changed, and never when something has. Everything here goes through a
real act: what is made past the record, no page would hear of.
"""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.record import actions as record
from shanzhi.web import kept
from tests import cast
from tests.apps.elections import the_road as road

pytestmark = pytest.mark.django_db(transaction=True)  # what is published is signed after the commit
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def memory(settings, monkeypatch):
    """On, as on a server, and empty; and all within one minute."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    settings.KEPT_PAGES = 50
    kept.PAGES.held.clear()
    yield kept.PAGES.held
    kept.PAGES.held.clear()


@pytest.fixture
def county():
    return cast.make_county()


@pytest.fixture
def election(county):
    return road.posted(cast.make_renewal(county), county.village)


def publish(county, **more):
    facts = {
        "by": "clerk", "kind": "mandates", "title": {"zh": "委托投票公告", "en": "Proxies"},
        "place_code": county.village.code, "place_name": county.village.name, "scope": county.village.pk,
        "issuing_body": "选举委员会", "posted_on": date(2026, 12, 1), "data": {"count": 3, "rules": []},
    }  # fmt: skip
    return record.publish(**facts | more)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return TOKEN.sub("", answer.content.decode())


def village(election):
    return reverse("portal:village", args=[election.village.code])


def test_a_page_asked_for_again_costs_one_query(election, django_assert_num_queries):
    first = page(Client(), village(election))
    with django_assert_num_queries(1):
        again = page(Client(), village(election))

    assert again == first


@pytest.mark.parametrize(
    "name", ["portal:county", "portal:village", "portal:check", "record:list", "record:document"]
)
def test_from_memory_a_page_is_what_it_would_be_made_anew(election, settings, name):
    needs = {
        "portal:village": [election.village.code],
        "portal:check": [election.village.code],
        "record:document": [1],
    }
    address = reverse(name, args=needs.get(name, []))
    page(Client(), address)
    from_memory = Client().get(address)
    settings.KEPT_PAGES = 0
    anew = Client().get(address)

    assert TOKEN.sub("", from_memory.content.decode()) == TOKEN.sub("", anew.content.decode())
    assert from_memory.get("Cache-Control") == anew.get("Cache-Control")
    assert from_memory["Content-Type"] == anew["Content-Type"]
    assert from_memory["Vary"] == "Cookie"


def test_an_act_is_seen_by_the_next_reader(election):
    before = page(Client(), village(election))
    road.attest(election, "nomination")
    road.rolls.close_objections(election=election, today=road.OPEN, by="clerk")

    assert page(Client(), village(election)) != before


def test_a_new_checkpoint_is_seen_on_every_document_at_once(county, election):
    document = reverse("record:document", args=[1])
    entries = re.compile(r'<dt>[^<]*</dt><dd class="code">(\d+)</dd>')
    before = entries.findall(page(Client(), document))
    publish(county)
    after = entries.findall(page(Client(), document))

    assert [b - a for a, b in zip(map(int, before), map(int, after), strict=True)] == [
        0,
        1,
    ]  # position, entries


def test_a_document_whose_signature_is_pending_is_not_kept(county, settings, memory):
    keys, settings.LOG_KEYS = settings.LOG_KEYS, {}
    publish(county)
    pending = page(Client(), reverse("record:document", args=[1]))
    assert not memory

    settings.LOG_KEYS = keys
    assert page(Client(), reverse("record:document", args=[1])) != pending  # this reader has it signed
    page(Client(), reverse("record:document", args=[1]))
    assert len(memory) == 1


def test_every_language_and_look_has_its_own(election):
    shown = set()
    for cookies in (
        {},
        {"django_language": "en"},
        {"shanzhi_look": "large-system"},
        {"shanzhi_look": "normal-dark"},
    ):
        for _reader in range(2):
            client = Client()
            for name, value in cookies.items():
                client.cookies[name] = value
            shown.add(page(client, village(election)))

    assert len(shown) == 4


def test_whoever_is_signed_in_gets_a_page_of_his_own(election, memory):
    clerk = cast.sign_in(
        Client(), cast.make_account("dongchuan", "东川干事", "township_clerk", election.village.parent)
    )
    page(clerk, village(election))

    assert not memory
    assert "no-store" in clerk.get(village(election))["Cache-Control"]


def test_a_cookie_that_nobody_knows_is_no_key(election, memory):
    client = Client()
    client.cookies["something"] = "new"
    page(client, village(election))

    assert not memory


def test_each_reader_has_a_token_of_his_own_that_opens_the_form(election):
    address = reverse("portal:check", args=[election.village.code])
    tokens = []
    for _reader in range(2):
        reader = Client(enforce_csrf_checks=True)
        tokens.append(TOKEN.search(reader.get(address).content.decode())[1])
        asked = {"csrfmiddlewaretoken": tokens[-1], "name": "王秀兰", "tail": "0000"}
        assert reader.post(address, asked).status_code == 200

    assert tokens[0] != tokens[1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(address, {"csrfmiddlewaretoken": tokens[0]}).status_code == 403


def test_a_browser_that_holds_the_page_is_told_so_until_it_changes(election):
    reader = Client()
    reader.get(village(election))
    mark = reader.get(village(election))["ETag"]

    assert reader.get(village(election), HTTP_IF_NONE_MATCH=mark).status_code == 304
    road.attest(election, "nomination")
    assert reader.get(village(election), HTTP_IF_NONE_MATCH=mark).status_code == 200


def test_another_readers_mark_is_not_taken_for_ones_own(election):
    """The token in his copy would not open my form."""
    readers = [Client(), Client()]
    for reader in readers:
        reader.get(village(election))
    mark = readers[0].get(village(election))["ETag"]

    assert readers[1].get(village(election), HTTP_IF_NONE_MATCH=mark).status_code == 200


def test_pages_that_are_not_there_are_not_kept(county, memory):
    assert Client().get(reverse("portal:village", args=["141130999999"])).status_code == 404
    assert not memory


def test_no_more_are_kept_than_the_settings_say(election, settings, memory):
    settings.KEPT_PAGES = 3
    for number in range(9):
        page(Client(), f"{village(election)}?{number}")

    assert len(memory) == 3
