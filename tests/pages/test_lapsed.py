"""A session that has run out costs a second sign-in, and no dead end."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def test_a_form_sent_without_a_session_leads_back_to_its_page(client, world):
    key = world.election.key
    page = reverse("elections:roll", args=[key])

    answer = client.post(
        reverse("elections:roll_make", args=[key]), headers={"referer": f"http://testserver{page}"}
    )

    assert answer.url == f"{reverse('accounts:sign_in')}?next={page.replace('/', '%2F')}"
    assert "signed out meanwhile" in client.get(answer.url).text


@pytest.mark.parametrize("told", ["https://elsewhere.example/elections/", ""])
def test_nobody_is_led_to_another_site(client, world, told):
    answer = client.post(reverse("elections:roll_make", args=[world.election.key]), headers={"referer": told})

    assert answer.url == f"{reverse('accounts:sign_in')}?next=%2F"


def test_a_forms_address_that_is_opened_says_what_it_is(client, world):
    client.force_login(world.people.township_clerk)

    answer = client.get(reverse("elections:roll_make", args=[world.election.key]))

    assert answer.status_code == 405
    assert "address of a form" in answer.text
