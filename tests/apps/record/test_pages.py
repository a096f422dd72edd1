"""Pages of the record: what a villager reads, and the trail for those who may."""

from __future__ import annotations

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_every_public_page_of_a_document_answers_a_villager_without_an_account(client, publish):
    number = publish().number
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
