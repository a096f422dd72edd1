"""The cast, on stage."""

from datetime import date

import pytest

from shanzhi.apps.places import actions
from tests import cast


@pytest.fixture
def county(db) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county) -> cast.Accounts:
    return cast.make_accounts(county)


@pytest.fixture
def villager(county):
    """A woman entered by a clerk, with an ID number and a phone."""
    return actions.add_person(
        place=county.village, household="007", id_number=cast.make_id_number(1), phone="13800000000", name="王秀兰",
        residence="resident", today=date(2026, 1, 1), by="clerk",
    )  # fmt: skip


@pytest.fixture
def clerk(client, people):
    """The township's clerk, signed in."""
    return cast.sign_in(client, people.township_clerk)


@pytest.fixture
def office(client, people):
    """The county's office, signed in."""
    return cast.sign_in(client, people.county_office)


@pytest.fixture
def speaking_english(client):
    """Pages answer this client in the language of the code."""
    client.cookies["django_language"] = "en"
