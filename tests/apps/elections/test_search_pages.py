"""Looking for a person before a form about him: what is typed is sent, and never stands in an address."""

import pytest
from django.urls import reverse

from shanzhi.apps.elections.models import Candidate
from shanzhi.apps.places.models import Person
from shanzhi.apps.places.selectors import id_number
from tests.apps.elections import pages_road as road
from tests.cast import sign_in


@pytest.fixture
def clerk(client, people):
    return sign_in(client, people.township_clerk)


@pytest.fixture
def propose(county):
    election = road.candidates_open(road.renewal(county), county.village)
    return reverse("elections:propose", args=[election.key])


def test_a_search_by_id_number_finds_its_person_and_is_not_put_into_an_address(clerk, county, propose):
    person = Person.objects.get(place=county.village, name="王秀兰")
    number = id_number(person)
    assert number, "the person has an ID number"

    answer = clerk.post(propose, {"q": number, "search": ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert person.key in page
    assert 'role="alert"' not in page  # searching is no attempt at the form below
    assert f"?q={number}" not in page


def test_the_form_below_carries_the_search_so_that_its_choice_still_stands(clerk, county, propose):
    person = Person.objects.get(place=county.village, name="王秀兰")
    typed = {"q": "秀兰", "person": person.key, "post": "chair", "source": "voters", "nominated_on": "3月3日"}

    refused = clerk.post(propose, typed).content.decode()
    assert 'value="3月3日"' in refused
    assert 'name="q" value="秀兰"' in refused

    assert clerk.post(propose, typed | {"nominated_on": road.today()}).status_code == 302
    assert Candidate.objects.filter(person=person, post="chair").exists()
