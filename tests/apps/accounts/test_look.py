"""Large letters, light or dark: chosen by anyone, remembered by the browser and by the account."""

import pytest
from django.contrib.auth import login
from django.urls import reverse

from shanzhi.apps.accounts import actions
from shanzhi.apps.record.models import Event
from shanzhi.web.look import COOKIE, Look, read
from shanzhi.web.refusals import Refused
from tests import cast

ADDRESS = "/account/look/"


@pytest.fixture
def people(db):
    return cast.make_accounts(cast.make_county())


def styles(client, page="/"):
    return client.get(page).text.partition("</head>")[0]


def test_a_visitor_s_choice_stays_in_his_browser_and_leads_back_to_his_page(client, db):
    answer = client.post(ADDRESS, {"size": "large", "next": "/record/?kind=roll"})

    assert answer["Location"] == "/record/?kind=roll"
    assert "web/elder.css" in styles(client)
    client.post(ADDRESS, {"theme": "dark"})
    assert client.cookies[COOKIE].value == "large-dark"
    assert client.cookies[COOKIE]["httponly"]


@pytest.mark.parametrize(
    ("theme", "media"),
    [
        ("system", 'media="screen and (prefers-color-scheme: dark)"'),
        ("dark", 'dark.css" media="screen"'),
        ("light", None),
    ],
)
def test_dark_is_as_the_system_or_as_chosen_and_never_on_paper(client, db, theme, media):
    client.post(ADDRESS, {"theme": theme})

    if media is None:
        assert "dark.css" not in styles(client)
    else:
        assert media in styles(client)


def test_the_account_carries_the_choice_to_the_next_computer(client, people):
    cast.sign_in(client, people.teller)
    client.post(ADDRESS, {"size": "large"})
    people.teller.refresh_from_db()
    client.cookies.clear()

    client.post(reverse("accounts:sign_in"), {"username": people.teller.username, "password": cast.PASSWORD})

    assert client.cookies[COOKIE].value == "large-system"


def test_an_account_that_never_chose_leaves_the_browser_s_choice_alone(client, people):
    client.post(ADDRESS, {"size": "large"})

    client.post(reverse("accounts:sign_in"), {"username": people.teller.username, "password": cast.PASSWORD})

    assert client.cookies[COOKIE].value == "large-system"


def test_how_somebody_sees_stands_in_no_record_and_nobody_chooses_for_another(people):
    before = Event.objects.count()
    actions.keep_look(account=people.teller, look=Look("large"), by=people.teller.key)

    with pytest.raises(Refused):
        actions.keep_look(account=people.teller, look=Look(), by=people.operator.key)

    people.teller.refresh_from_db()
    assert people.teller.look == "large-system"
    assert Event.objects.count() == before


@pytest.mark.parametrize("text", [None, "", "large", "huge-pink", "large-pink-x", "\x00", "a" * 5000])
def test_whatever_stands_in_the_cookie_gives_a_look(client, db, text):
    assert read(text) in {Look(), Look("large")}
    if text and "\0" not in text:
        client.cookies[COOKIE] = text
        assert client.get("/").status_code == 200


def test_a_choice_leads_to_no_other_site_and_unknown_words_change_nothing(client, db):
    answer = client.post(ADDRESS, {"size": "huge", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"
    assert COOKIE not in client.cookies


def test_signing_in_without_a_page_is_no_trouble(people):
    from django.http import HttpRequest
    from django.test import Client

    request = HttpRequest()
    request.session = Client().session
    login(request, people.teller, backend="django.contrib.auth.backends.ModelBackend")
