"""The cast, on stage, and a record with something in it."""

from datetime import date

import pytest

from shanzhi.apps.record import actions
from tests import cast


@pytest.fixture
def county(db) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county) -> cast.Accounts:
    return cast.make_accounts(county)


@pytest.fixture
def publish(county):
    """Publish a notice of the first village; `more` says otherwise."""

    def publish_one(**more):
        facts = {
            "by": "clerk",
            "kind": "mandates",
            "title": {"zh": "柳树沟委托投票公告", "en": "Notice of proxies, Liushugou"},
            "place_code": county.village.code,
            "place_name": county.village.name,
            "scope": county.village.pk,
            "issuing_body": "柳树沟村民选举委员会",
            "posted_on": date(2026, 12, 1),
            "data": {"count": 3, "rules": []},
        }
        return actions.publish(**facts | more)

    return publish_one


@pytest.fixture
def seal(county):
    """Seal the audit trail into the public log."""

    def seal_now(today=date(2026, 12, 1)):
        return actions.seal_audit_root(
            county_code=county.place.code, county_name=county.place.name, scope=county.place.pk, today=today
        )

    return seal_now
