"""Passwords: changed at intervals, not one of the last five, and one's own after one that was handed over (DJ-02)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts import actions
from shanzhi.apps.accounts.models import Account, PastPassword
from shanzhi.apps.record.models import Event
from shanzhi.web.refusals import Wrong
from tests.apps.accounts import phone
from tests.cast import PASSWORD, sign_in

OWN_PASSWORD = "/account/own/password/"
NEW = "a-new-sentence-of-mine-3"


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def change(client, old, new):
    return client.post(OWN_PASSWORD, {"old": old, "password": new, "again": new})


def test_none_of_the_last_five_is_taken_again(people):
    for number in range(5):
        actions.set_password(
            account=people.teller, password=f"sentence-number-{number}", by=people.teller.key
        )

    for number in range(5):
        with pytest.raises(Wrong) as refusal:
            actions.set_password(
                account=people.teller, password=f"sentence-number-{number}", by=people.teller.key
            )
        assert "5" in str(refusal.value.message)
    actions.set_password(account=people.teller, password="sentence-number-5", by=people.teller.key)
    actions.set_password(account=people.teller, password="sentence-number-0", by=people.teller.key)

    assert PastPassword.objects.filter(account=people.teller).count() == 5


def test_the_password_of_today_is_not_taken_either(people):
    with pytest.raises(Wrong):
        actions.set_password(account=people.teller, password=PASSWORD, by=people.teller.key)

    assert not Event.objects.exists()


@pytest.mark.parametrize("weak", ["onlysmallletters", "ONLYCAPITALLETTERS", "83920175648291"])
def test_a_password_of_one_kind_of_characters_is_refused(people, weak):
    with pytest.raises(Wrong):
        actions.set_password(account=people.teller, password=weak, by=people.teller.key)


@pytest.mark.parametrize("good", ["两种字符 abc 够长了", "small-and-other", "Capital Letters"])
def test_a_password_of_two_kinds_is_taken(people, good):
    actions.set_password(account=people.teller, password=good, by=people.teller.key)

    assert people.teller.check_password(good)


def test_a_password_that_was_handed_over_is_changed_before_anything_else(client, people, county):
    actions.create_account(
        username="xinren",
        name="新人",
        password=PASSWORD,
        role="township_clerk",
        scope=county.east.pk,
        by=people.operator.key,
    )
    answer = client.post(
        "/account/sign-in/", {"username": "xinren", "password": PASSWORD, "next": "/elections/"}
    )
    assert answer.url.startswith(OWN_PASSWORD)
    assert client.get("/elections/").url.startswith(OWN_PASSWORD)
    page = client.get(answer.url).text
    assert "handed to you" in page

    assert change(client, PASSWORD, PASSWORD).status_code == 200  # the same again is none of one's own
    answer = client.post(OWN_PASSWORD, phone.hidden(page) | {"old": PASSWORD, "password": NEW, "again": NEW})

    assert answer.url == "/elections/"
    assert client.get("/elections/").status_code == 200
    assert not Account.objects.get(username="xinren").must_change


def test_so_is_one_that_an_operator_set_anew(client, people):
    actions.set_password(account=people.teller, password=NEW, by=people.operator.key)
    assert people.teller.must_change

    answer = client.post("/account/sign-in/", {"username": "jipiao", "password": NEW})

    assert answer.url.startswith(OWN_PASSWORD)


@pytest.mark.parametrize(
    ("days", "old", "asked"), [(90, 89, False), (90, 90, True), (0, 4000, False), (30, 31, True)]
)
def test_an_old_password_is_changed_at_the_next_sign_in(client, people, settings, days, old, asked):
    settings.PASSWORD_DAYS = days
    Account.objects.filter(pk=people.teller.pk).update(password_set_at=timezone.now() - timedelta(days=old))

    answer = client.post("/account/sign-in/", {"username": "jipiao", "password": PASSWORD})

    assert answer.url.startswith(OWN_PASSWORD) == asked


def test_first_the_password_then_the_phone(client, people, settings):
    settings.SECOND_FACTOR = "required"
    actions.set_password(account=people.teller, password=NEW, by=people.operator.key)
    client.post("/account/sign-in/", {"username": "jipiao", "password": NEW})

    answer = change(client, NEW, "and-another-of-mine-4")

    assert answer.url == reverse("accounts:second_factor")


def test_ones_own_change_is_not_handed_over(client, people):
    sign_in(client, people.teller)
    assert change(client, PASSWORD, NEW).url == reverse("accounts:own")

    people.teller.refresh_from_db()
    assert not people.teller.must_change
    assert Event.objects.get(act="accounts.password_set").facts == {"own": True}


# The way back of somebody who is locked out


def test_the_way_back_stands_on_the_page_and_both_ways_work_and_are_on_record(client, people):
    for _each in range(5):
        locked = client.post("/account/sign-in/", {"username": "jipiao", "password": "wrong"})
    assert "Wait half an hour" in locked.text
    assert "open it at once" in locked.text

    operator = sign_in(type(client)(), people.operator)
    page = reverse("accounts:account", args=[people.teller.key])
    assert "Unlock now" in operator.get(page).text or "立即解锁" in operator.get(page).text
    operator.post(reverse("accounts:unlock", args=[people.teller.key]))

    assert client.post("/account/sign-in/", {"username": "jipiao", "password": PASSWORD}).status_code == 302
    acts = list(Event.objects.order_by("index").values_list("act", flat=True))
    assert acts == [
        *["accounts.sign_in_failed"] * 5,
        "accounts.locked",
        "accounts.unlocked",
        "accounts.signed_in",
    ]


def test_a_new_password_from_the_operator_opens_the_lock_too(client, people):
    for _each in range(5):
        client.post("/account/sign-in/", {"username": "jipiao", "password": "wrong"})

    actions.set_password(account=people.teller, password=NEW, by=people.operator.key)

    assert client.post("/account/sign-in/", {"username": "jipiao", "password": NEW}).status_code == 302
    assert Event.objects.filter(act="accounts.unlocked", by=people.operator.key).count() == 1


def test_what_was_typed_before_survives_a_lock(client, people, county):
    page = client.post(reverse("places:person_new", args=[county.village.code]), {"name": "王红"}).text
    sent = {"username": "dongchuan", "password": "wrong", "kept": phone.hidden(page)["kept"]}
    for _each in range(5):
        locked = client.post("/account/sign-in/", sent)
    assert locked.status_code == 429

    page = client.post("/account/sign-in/", phone.hidden(locked.text)).text
    assert "kept" in phone.hidden(page)
    actions.unlock(account=people.township_clerk, by=people.operator.key)
    right = {"username": "dongchuan", "password": PASSWORD, "kept": phone.hidden(page)["kept"]}

    assert phone.hidden(client.post("/account/sign-in/", right).text)["name"] == "王红"
