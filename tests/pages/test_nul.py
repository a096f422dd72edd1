"""The byte NUL, which PostgreSQL takes in no text: refused before any query, and by every form in a sentence."""

from __future__ import annotations

import pytest

from tests.cast import sign_in


@pytest.mark.parametrize(
    "address", ["/?q=%00", "/?%00=q", "/v/1411301%00/", "/record/?place=1%00", "/verify/?number=%00"]
)
def test_an_address_with_nul_is_no_address(client, world, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("address", ["/elections/{key}%00/", "/elections/{key}/roll/?q=%00"])
def test_nul_reaches_no_query_of_a_clerk(client, world, address):
    sign_in(client, world.people.township_clerk)
    assert client.get(address.format(key=world.election.key)).status_code == 400


def test_a_session_with_nul_is_none(client, world):
    client.cookies["sessionid"] = '"\\000aaaaaaaaaaaa"'
    assert client.get("/").status_code in {200, 400}


def test_nul_in_a_form_is_refused_beside_its_field(client, world):
    sign_in(client, world.people.township_clerk)
    answer = client.post(
        f"/elections/{world.election.key}/attest/",
        {"kind": "method", "decided_on": "2026-11-01", "body": "村民会议\0", "document": "", "note": ""},
    )
    assert answer.status_code == 200
    assert not world.election.attestations.filter(kind="method").exists()
