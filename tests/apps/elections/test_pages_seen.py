"""Who sees what on the pages of an election, and what the pages cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.elections.actions import renewals, sheets
from shanzhi.apps.elections.models import Election
from shanzhi.apps.places.models import Person
from tests import cast
from tests.apps.elections import pages_road as road
from tests.apps.elections.the_pages import at, propose, text_of
from tests.cast import sign_in

# Who sees what


def test_a_teller_sees_his_sheets_and_nothing_else_of_the_election(client, people, county, of):
    election = road.counting(of, county.village)
    sign_in(client, people.teller)

    assert "录入计票单" in text_of(client.get(reverse("elections:board")))
    page = text_of(client.get(at(election, "sheets")))
    assert at(election, "sheet", "account", 0) in page
    assert at(election, "outcome") not in page
    for closed in ("election", "roll", "candidates", "objections", "outcome", "mandates"):
        assert client.get(at(election, closed)).status_code == 404, closed
    assert client.get(at(election, "sheet_settle", "account", 0)).status_code == 404


def test_the_second_teller_is_not_shown_what_the_first_typed(client, people, county, of):
    election = road.counting(of, county.village)
    sheets.enter(
        election=election,
        kind="account",
        batch=0,
        numbers={"issued": 3711, "collected": 3629},
        token="x",
        by="other",
    )
    sign_in(client, people.teller)

    pages = text_of(client.get(at(election, "sheet", "account", 0))) + text_of(
        client.get(at(election, "sheets"))
    )

    assert "3711" not in pages
    assert "3629" not in pages


@pytest.mark.parametrize("who", ["stranger", "other_clerk", "operator"])
def test_to_strangers_an_election_does_not_exist(client, people, county, of, who):
    election = road.counting(of, county.village)
    sign_in(client, getattr(people, who))

    for page in ("election", "roll", "candidates", "sheets", "outcome", "plan", "attest", "mandates"):
        assert client.get(at(election, page)).status_code == 404, page
    for page in ("reckon", "roll_make", "open_candidates", "open_count", "announce"):
        assert client.post(at(election, page)).status_code == 404, page


def test_no_page_of_an_election_shows_an_id_number_or_a_phone(clerk, county, of):
    election = road.roll_posted(of, county.village)
    pages = [at(election, page) for page in ("election", "roll", "candidates", "objections")]
    pages += [f"{at(election, page)}?q=王" for page in ("declare", "correct", "objection_new", "propose")]

    for page in pages:
        said = text_of(clerk.get(page))
        assert not re.search(r"\d{17}[\dX]|1380000", said), page


# What the pages cost


def queries(client, url):
    client.get(url)  # whatever is asked once a process has been asked
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_roll_costs_the_same_for_two_and_for_two_hundred_lines(clerk, county, of):
    small = road.roll_made(of, county.village, number=5)
    large = road.roll_made(of, county.second_village, number=200)

    assert queries(clerk, at(small, "roll")) == queries(clerk, at(large, "roll"))


def test_the_candidates_cost_the_same_for_two_and_for_many(clerk, county, of):
    election = road.candidates_open(of, county.village, number=120)
    nominees = Person.objects.filter(place=county.village).order_by("pk")
    propose(election, nominees[:2])
    few = queries(clerk, at(election, "candidates"))

    propose(election, nominees[2:100])

    assert queries(clerk, at(election, "candidates")) == few


def test_the_board_costs_the_same_for_two_and_for_two_hundred_villages(client, people, county, of):
    sign_in(client, people.county_office)
    road.roll_posted(of, county.village, number=5)
    road.planned(of, county.second_village, number=5)
    few = queries(client, reverse("elections:board"))
    villages = [
        cast.make_place(f"141130101{n:03d}", f"村{n}", "village", county.east) for n in range(300, 500)
    ]
    for election in renewals.open_elections(renewal=of, villages=villages, by="x"):
        Election.objects.filter(pk=election.pk).update(
            stage="candidates", election_day=road.today(), seats=road.SEATS
        )

    assert queries(client, reverse("elections:board")) == few
