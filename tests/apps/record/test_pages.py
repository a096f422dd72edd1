"""Pages of the record: what a villager reads, and the trail for those who may."""

from __future__ import annotations

from datetime import date

import pytest

from shanzhi.apps.record import actions
from tests import cast

pytestmark = pytest.mark.django_db


def publish(county, **more):
    facts = {
        "by": "clerk", "kind": "mandates", "title": {"zh": "柳树沟委托投票公告", "en": "Notice of proxies, Liushugou"},
        "place_code": county.village.code, "place_name": county.village.name, "scope": county.village.pk,
        "issuing_body": "柳树沟村民选举委员会", "posted_on": date(2026, 12, 1), "data": {"count": 3, "rules": ["VCOL-18-11"]},
    }  # fmt: skip
    return actions.publish(**facts | more)


def test_every_public_page_of_a_document_answers_a_villager_without_an_account(client, county):
    number = publish(county).number
    for address in (
        "/record/",
        f"/record/{number}/",
        f"/record/{number}/bundle.json",
        f"/record/{number}/body.json",
        "/record/checkpoint",
        "/record/key",
        "/record/tile/0/0.p/1",
        "/record/tile/entries/0.p/1",
        "/verify/",
    ):
        assert client.get(address).status_code == 200, address


def test_the_trail_opens_for_those_who_may_read_it_and_is_not_there_for_others(client, people):
    assert cast.sign_in(client, people.operator).get("/records/audit").status_code == 200
    for who in (people.stranger, people.township_clerk, people.teller):
        assert cast.sign_in(client, who).get("/records/audit").status_code == 404
