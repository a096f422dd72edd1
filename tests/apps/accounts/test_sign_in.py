"""Signing in: for someone who does it rarely, and against someone who guesses."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts import actions, selectors
from shanzhi.apps.record.models import Event
from tests.cast import PASSWORD

SIGN_IN = "/account/sign-in/"


def type_in(client, username, password, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "登录"), ("en", "Sign in")])
def test_the_page_speaks_both_languages(client, db, language, heading):
    client.cookies["django_language"] = language

    page = client.get(SIGN_IN).content.decode()

    assert f"<h1>{heading}</h1>" in page
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page


def test_the_right_password_opens_the_page_where_the_work_is(client, people):
    answer = type_in(client, "dongchuan", PASSWORD)

    assert answer.url == reverse("accounts:start")
    assert client.get(answer.url).url == reverse("elections:board")
    assert Event.objects.get().act == "accounts.signed_in"


@pytest.mark.parametrize("typed", ["DongChuan", "ｄｏｎｇｃｈｕａｎ", " dongchuan "])
def test_the_name_may_be_typed_wide_or_large(client, people, typed):
    type_in(client, typed, PASSWORD)

    assert is_signed_in(client)


def test_the_operator_starts_at_the_accounts(client, people):
    type_in(client, "yunwei", PASSWORD)

    assert client.get(reverse("accounts:start")).url == reverse("accounts:accounts")


def test_a_stranger_starts_at_a_page_that_says_whom_to_ask(client, people):
    type_in(client, "moshengren", PASSWORD)
    client.cookies["django_language"] = "en"

    answer = client.get(reverse("accounts:start"), follow=True)

    assert "Ask whoever looks after accounts" in answer.content.decode()


def test_signing_in_gives_the_session_another_name(client, people):
    client.get(SIGN_IN)
    session = client.session
    session["seen"] = "before"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    type_in(client, "dongchuan", PASSWORD)

    assert client.session.session_key != before


def test_the_page_that_was_wanted_is_opened_after_signing_in(client, people):
    assert type_in(client, "dongchuan", PASSWORD, next="/account/own/").url == "/account/own/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_nobody_is_sent_to_a_strange_address(client, people, elsewhere):
    assert type_in(client, "dongchuan", PASSWORD, next=elsewhere).url == reverse("accounts:start")


def test_a_wrong_password_says_how_many_tries_are_left(client, people):
    client.cookies["django_language"] = "en"

    page = type_in(client, "dongchuan", "wrong").content.decode()

    assert "4 more tries" in page
    assert "dongchuan" in page  # what was typed is still there
    assert not is_signed_in(client)


def test_a_name_that_nobody_has_is_answered_just_the_same(client, people):
    client.cookies["django_language"] = "en"

    there = type_in(client, "dongchuan", "wrong").content.decode()
    not_there = type_in(client, "nobodyatall", "wrong").content.decode()

    def blank(page, name):
        lines = page.replace(name, "NAME").splitlines()
        return [line for line in lines if "csrfmiddlewaretoken" not in line]

    assert blank(there, "dongchuan") == blank(not_there, "nobodyatall")


def test_the_fifth_wrong_password_locks_and_the_page_says_what_to_do(client, people):
    client.cookies["django_language"] = "en"
    for _try in range(4):
        assert type_in(client, "dongchuan", "wrong").status_code == 200

    locked = type_in(client, "dongchuan", "wrong")

    assert locked.status_code == 429
    assert "Wait half an hour" in locked.content.decode()
    assert type_in(client, "dongchuan", PASSWORD).status_code == 429
    assert not is_signed_in(client)


def test_a_lockout_is_recorded_once_and_under_the_accounts_key(client, people):
    for _try in range(7):
        type_in(client, "dongchuan", "wrong")

    event = Event.objects.get(act="accounts.locked")
    assert Event.objects.filter(act="accounts.sign_in_failed").count() == 5
    assert (event.act, event.subject) == ("accounts.locked", f"account:{people.township_clerk.key}")


def test_a_lockout_of_a_name_that_nobody_has_is_not_recorded(client, people):
    for _try in range(5):
        type_in(client, "hunter2-typed-here", "wrong")

    assert not Event.objects.exists()


def test_what_was_typed_is_kept_and_logged_nowhere(client, people, caplog):
    caplog.set_level("DEBUG")
    for _try in range(6):
        type_in(client, "my-secret-typed-here", "and-another-secret")

    kept = " ".join(str(value) for row in AccessAttempt.objects.values() for value in row.values())
    for secret in ("my-secret-typed-here", "and-another-secret"):
        assert secret not in kept
        assert secret not in caplog.text


def test_others_can_sign_in_while_one_name_is_locked(client, people):
    for _try in range(5):
        type_in(client, "dongchuan", "wrong")

    type_in(client, "zuzhibu", PASSWORD)

    assert is_signed_in(client)


def test_a_right_password_clears_the_earlier_wrong_ones(client, people):
    for _try in range(4):
        type_in(client, "dongchuan", "wrong")
    type_in(client, "dongchuan", PASSWORD)
    client.logout()

    assert type_in(client, "dongchuan", "wrong").status_code == 200


def test_the_lock_opens_after_half_an_hour(client, people):
    for _try in range(5):
        type_in(client, "dongchuan", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))

    type_in(client, "dongchuan", PASSWORD)

    assert is_signed_in(client)


def test_an_operator_opens_the_lock_at_once(client, people):
    for _try in range(5):
        type_in(client, "dongchuan", "wrong")
    assert selectors.locked_names([people.township_clerk, people.teller]) == {people.township_clerk.key}

    actions.unlock(account=people.township_clerk, by=people.operator.key)
    type_in(client, "dongchuan", PASSWORD)

    assert is_signed_in(client)
    assert Event.objects.filter(act="accounts.unlocked").count() == 1


def test_signing_out_needs_a_click_on_a_form(client, people):
    client.force_login(people.teller, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert is_signed_in(client)
    client.post(reverse("accounts:sign_out"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.4.5.6", "::1"])
def test_the_sample_county_lets_in_who_sits_at_its_own_machine(client, people, settings, address):
    settings.SAMPLE = True

    client.post(SIGN_IN, {"username": "dongchuan", "password": PASSWORD}, REMOTE_ADDR=address)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    "address",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "2001:db8::7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},  # a web server before it
    ],
)
def test_the_sample_county_refuses_a_right_password_from_elsewhere(client, people, settings, address):
    settings.SAMPLE = True
    client.cookies["django_language"] = "en"

    answer = client.post(SIGN_IN, {"username": "dongchuan", "password": PASSWORD}, **address)

    assert not is_signed_in(client)
    assert "work only on the computer that it runs on" in answer.content.decode()
    assert "more try" not in answer.content.decode()
    assert not AccessAttempt.objects.exists()


def test_a_county_in_use_lets_people_in_from_elsewhere(client, people):
    client.post(SIGN_IN, {"username": "dongchuan", "password": PASSWORD}, REMOTE_ADDR="192.168.1.20")

    assert is_signed_in(client)
