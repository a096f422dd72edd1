"""Sessions end: by idleness, by their hours, by their owner, by whoever looks after the account."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as Stored
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts import actions, selectors
from shanzhi.apps.accounts.models import Session
from shanzhi.apps.record.models import Event
from tests.apps.accounts import phone
from tests.cast import PASSWORD, sign_in

OWN = "/account/own/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def enter(client, account, **more):
    client.post("/account/sign-in/", {"username": account.username, "password": PASSWORD}, **more)
    return client


def age(client, **minutes):
    """The session as if it had begun, or had last been used, so many minutes ago."""
    session = client.session
    for name, ago in minutes.items():
        session[name] = int(timezone.now().timestamp()) - ago * 60
    session.save()


def test_half_an_hour_without_a_click_ends_it(client, people):
    enter(client, people.teller)
    age(client, seen_at=29)
    assert client.get(OWN).status_code == 200

    age(client, seen_at=30)
    answer = client.get(OWN)

    assert answer.url.startswith("/account/sign-in/")
    assert not Stored.objects.exists()
    assert Event.objects.filter(act="accounts.timed_out", by=people.teller.key).count() == 1


def test_a_click_begins_the_half_hour_anew(client, people):
    enter(client, people.teller)
    for _each in range(3):
        age(client, seen_at=25)
        assert client.get(OWN).status_code == 200


def test_after_eight_hours_it_ends_whatever_was_clicked(client, people):
    enter(client, people.teller)
    age(client, began_at=8 * 60 - 1)
    assert client.get(OWN).status_code == 200

    age(client, began_at=8 * 60)
    assert client.get(OWN).status_code == 302


def test_both_limits_are_settings(client, people, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 5, 1
    enter(client, people.teller)
    age(client, seen_at=6)
    assert client.get(OWN).status_code == 302

    enter(client, people.teller)
    age(client, began_at=61)
    assert client.get(OWN).status_code == 302


def test_what_was_typed_when_it_ended_is_not_lost(client, people, county):
    enter(client, people.township_clerk)
    age(client, seen_at=31)
    page = client.post(reverse("places:person_new", args=[county.village.code]), {"name": "王红"}).text
    assert "not lost" in page

    kept = phone.hidden(page)["kept"]
    page = client.post(
        "/account/sign-in/", {"username": "dongchuan", "password": PASSWORD, "kept": kept}
    ).text

    assert phone.hidden(page)["name"] == "王红"


def test_being_there_is_written_down_once_a_minute_at_most(client, people, django_assert_num_queries):
    enter(client, people.teller)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(OWN)

    assert not [each["sql"] for each in asked if each["sql"].startswith("UPDATE")]
    age(client, seen_at=2)
    before = Session.objects.get().seen_at
    client.get(OWN)
    assert Session.objects.get().seen_at > before


def test_one_sees_where_one_is_signed_in_and_no_address_is_kept(client, people):
    enter(client, people.teller, HTTP_USER_AGENT=EDGE, REMOTE_ADDR="203.0.113.77")
    enter(type(client)(), people.teller, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
    enter(type(client)(), people.operator)

    page = client.get(reverse("accounts:sessions")).text

    assert "Edge · Windows" in page
    assert "WeChat · Android phone" in page
    assert page.count('data-label="Last used"') == 2
    kept = " ".join(str(value) for row in Session.objects.values() for value in row.values())
    assert "203.0.113" not in kept
    assert "Mozilla" not in kept


def test_one_browser_is_signed_out_from_another(client, people):
    phone_browser = enter(type(client)(), people.teller)
    enter(client, people.teller)
    other = people.teller.sessions.exclude(session_key=client.session.session_key).get()

    client.post(reverse("accounts:session_end", args=[other.key]))

    assert phone_browser.get(OWN).status_code == 302
    assert client.get(OWN).status_code == 200
    assert Event.objects.get(act="accounts.session_ended").facts == {"number": 1}


def test_everywhere_else_leaves_only_this_browser(client, people):
    others = [enter(type(client)(), people.teller) for _each in range(3)]
    enter(client, people.teller)

    client.post(reverse("accounts:sessions_end"))

    assert [each.get(OWN).status_code for each in others] == [302] * 3
    assert client.get(OWN).status_code == 200
    assert selectors.open_sessions(people.teller).count() == 1


def test_nobody_ends_a_session_that_is_not_his(client, people):
    enter(type(client)(), people.operator)
    enter(client, people.teller)
    foreign = people.operator.sessions.get()

    assert client.post(reverse("accounts:session_end", args=[foreign.key])).status_code == 404
    assert Session.objects.get(pk=foreign.pk).ended_at is None


def test_whoever_looks_after_the_account_ends_all_its_sessions(client, people):
    teller = enter(type(client)(), people.teller)
    sign_in(client, people.operator)

    client.post(reverse("accounts:account_sessions_end", args=[people.teller.key]))

    assert teller.get(OWN).status_code == 302
    assert Event.objects.get(act="accounts.session_ended").by == people.operator.key


def test_a_changed_password_keeps_only_the_browser_in_which_it_was_changed(client, people):
    other = enter(type(client)(), people.teller)
    enter(client, people.teller)
    new = {"old": PASSWORD, "password": "another-long-one-7", "again": "another-long-one-7"}

    client.post(reverse("accounts:own_password"), new)

    assert other.get(OWN).status_code == 302
    assert client.get(OWN).status_code == 200
    here = selectors.open_sessions(people.teller).get()
    assert here.session_key == client.session.session_key  # it can still be ended from elsewhere


def test_signing_out_ends_it_in_the_list_too(client, people):
    enter(client, people.teller)
    client.post(reverse("accounts:sign_out"))

    assert not selectors.open_sessions(people.teller).exists()


def test_old_sessions_are_forgotten(people):
    long_ago = timezone.now() - timedelta(days=31)
    actions.begin_session(account=people.teller, session_key="old", browser="", at=long_ago)
    actions.begin_session(account=people.teller, session_key="new", browser="", at=timezone.now())

    assert list(people.teller.sessions.values_list("session_key", flat=True)) == ["new"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (EDGE, "edge windows"),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "ie windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "safari ios"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114.0 ArkWeb/4.1 HuaweiBrowser/5.0", "huawei harmony"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/86.0 Safari/537.36 QIHU 360SE", "360 windows"),
        ("<script>alert(1)</script>", "other unknown"),
        ("", "other unknown"),
    ],
)
def test_of_the_browsers_long_name_only_family_and_system_are_kept(told, kept):
    assert selectors.browser_of(told) == kept
    assert "<" not in selectors.browser_words(kept)


def test_ones_own_list_costs_the_same_for_many_browsers(client, people):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(client, people.teller)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:sessions"))
    for number in range(50):
        actions.begin_session(
            account=people.teller, session_key=f"s{number}", browser="edge windows", at=timezone.now()
        )
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("accounts:sessions"))

    assert len(few) == len(many)


def test_failed_tries_are_told_to_their_victim_at_the_next_sign_in(client, people):
    enter(client, people.teller)
    client.post(reverse("accounts:sign_out"))
    for _each in range(2):
        type(client)().post("/account/sign-in/", {"username": "jipiao", "password": "guess"})

    answer = client.post(
        "/account/sign-in/", {"username": "jipiao", "password": PASSWORD, "next": OWN}, follow=True
    )

    assert "2 tries with your name failed" in answer.text
