"""A session that has run out costs a second sign-in, nothing that was typed, and no dead end."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shanzhi.apps.elections.models import Attestation
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def hidden(page):
    """What the form of a page would send."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def sent_without_a_session(client, world, **more):
    typed = {"kind": "staff", "decided_on": "2026-11-02", "body": "村民代表会议 <甲>", "note": ""} | more
    return client.post(reverse("elections:attest", args=[world.election.key]), typed)


def test_what_was_typed_is_kept_until_its_sender_has_signed_in_and_sends_it_again(client, world):
    page = sent_without_a_session(client, world).text
    assert "not lost" in page
    assert not Attestation.objects.filter(kind="staff").exists()

    wrong = {"username": "dongchuan", "password": "wrong-wrong-wrong", "kept": hidden(page)["kept"]}
    page = client.post(reverse("accounts:sign_in"), wrong).text
    right = {"username": "dongchuan", "password": PASSWORD, "kept": hidden(page)["kept"]}
    page = client.post(reverse("accounts:sign_in"), right).text
    assert "东川干事" in page
    again = {name: html.unescape(value) for name, value in hidden(page).items()}
    assert again["body"] == "村民代表会议 <甲>"

    assert client.post(reverse("elections:attest", args=[world.election.key]), again).status_code == 302
    assert Attestation.objects.get(kind="staff").body == "村民代表会议 <甲>"


def test_a_password_is_not_kept(client, world):
    page = client.post(reverse("accounts:own_password"), {"new_password1": PASSWORD, "name": "王红"}).text
    client.force_login(world.people.township_clerk)

    page = client.post(reverse("accounts:sign_in"), {"kept": hidden(page)["kept"]}).text

    assert hidden(page)["name"] == "王红"
    assert PASSWORD not in page


def test_a_form_that_was_not_kept_here_is_not_shown(client, world):
    page = sent_without_a_session(client, world).text
    client.force_login(world.people.township_clerk)

    answer = client.post(reverse("accounts:sign_in"), {"kept": hidden(page)["kept"][:-2] + "xx"})

    assert answer.url == reverse("accounts:start")


def test_a_file_cannot_be_kept_and_its_page_says_so(client, world):
    page = reverse("tables:upload", args=["roster", world.county.village.code])
    file = SimpleUploadedFile("名册.csv", b"x")

    answer = client.post(page, {"file": file}, headers={"referer": f"http://testserver{page}"})

    assert answer.url == f"{reverse('accounts:sign_in')}?next={page.replace('/', '%2F')}"
    assert "choose it again" in client.get(answer.url).text


@pytest.mark.parametrize("told", ["https://elsewhere.example/elections/", ""])
def test_nobody_is_led_to_another_site(client, world, told):
    page = reverse("tables:upload", args=["roster", world.county.village.code])

    answer = client.post(page, {"file": SimpleUploadedFile("a.csv", b"x")}, headers={"referer": told})

    assert answer.url == f"{reverse('accounts:sign_in')}?next=%2F"


def test_a_forms_address_that_is_opened_says_what_it_is(client, world):
    client.force_login(world.people.township_clerk)

    answer = client.get(reverse("elections:roll_make", args=[world.election.key]))

    assert answer.status_code == 405
    assert "address of a form" in answer.text
