"""The cast, on stage."""

import pytest

from tests import cast


@pytest.fixture
def county(db) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county) -> cast.Accounts:
    return cast.make_accounts(county)


@pytest.fixture
def clerk(client, people):
    """The township's clerk, signed in, reading English."""
    client.cookies["django_language"] = "en"
    return cast.sign_in(client, people.township_clerk)
