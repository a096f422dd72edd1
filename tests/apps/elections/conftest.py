"""The small county, its accounts, and a renewal under way."""

import pytest
from django.utils import translation

from shanzhi.apps.elections.models import Renewal
from tests import cast


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
