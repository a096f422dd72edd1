"""The cast, on stage."""

import pytest

from tests import cast


@pytest.fixture
def county(db) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county) -> cast.Accounts:
    return cast.make_accounts(county)
