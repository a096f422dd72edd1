"""The small county, its accounts, and a renewal under way."""

import pytest
from django.utils import translation

from shanzhi.apps.elections.models import Renewal
from tests import cast
from tests.apps.elections import pages_road


@pytest.fixture
def county(db) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county) -> cast.Accounts:
    return cast.make_accounts(county)


@pytest.fixture
def renewal(county) -> Renewal:
    return cast.make_renewal(county)


@pytest.fixture
def english():
    """Refusals in the language of the code, so that a test can look for their words."""
    with translation.override("en"):
        yield


@pytest.fixture
def of(county) -> Renewal:
    """The renewal of the year around today, whose elections the pages show."""
    return pages_road.renewal(county)


@pytest.fixture
def clerk(client, people):
    """The township's clerk, signed in."""
    return cast.sign_in(client, people.township_clerk)
