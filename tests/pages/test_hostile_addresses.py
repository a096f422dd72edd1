"""Addresses and days that nobody means: each is answered with 404 or a sentence, never with a fault of the server."""

from __future__ import annotations

import pytest

from tests.cast import sign_in

HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/record/tile/{HUGE}/000", "/record/tile/0/" + "x999/" * 9 + "999", "/record/tile/0/٣٣٣", "/record/tile/8/000",
        "/record/tile/entries/" + "x999/" * 9 + "999", f"/record/{HUGE}/", f"/record/{HUGE}/bundle.json",
    ],
)  # fmt: skip
def test_a_place_in_the_log_that_no_log_reaches_does_not_exist(client, world, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "days", ["until=9999-12-31", "since=0001-01-01", "since=0001-01-01&until=9999-12-31"]
)
@pytest.mark.parametrize("page", ["/records/audit", "/records/audit.xlsx"])
def test_a_day_at_the_end_of_the_calendar_filters_nothing(client, world, page, days):
    sign_in(client, world.people.county_office)
    assert client.get(f"{page}?{days}").status_code == 200


@pytest.mark.parametrize("what", ["print/²", "print/٣", f"print/{HUGE}", "print/..%2fslips", "slip/²"])
def test_a_paper_that_is_no_paper_does_not_exist(client, world, what):
    sign_in(client, world.people.township_clerk)
    assert client.get(f"/elections/{world.election.key}/{what}.pdf").status_code == 404


@pytest.mark.parametrize("sheet", [f"batch/{HUGE}", "batch/1000", "batch/0", "account/1", "other/0"])
@pytest.mark.parametrize("more", ["", "settle/", "again/"])
def test_a_sheet_that_no_count_has_does_not_exist(client, world, sheet, more):
    sign_in(client, world.people.township_clerk)
    address = f"/elections/{world.election.key}/sheets/{sheet}/{more}"
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": "t", "collected": "30", "void": "0"}).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "0202-12-20", "2018-12-28", "9999-12-31", "2200-01-01"])
@pytest.mark.parametrize("page", ["plan", "day"])
def test_an_election_day_that_no_clock_can_be_counted_from_is_refused_beside_its_field(
    client, world, page, day
):
    sign_in(client, world.people.township_clerk)
    before = world.election.election_day
    typed = {"version": world.election.version, "election_day": day, "chair": 1, "vice_chair": 1, "member": 3}

    answer = client.post(f"/elections/{world.election.key}/{page}/", typed)

    world.election.refresh_from_db()
    assert answer.status_code == 200
    assert day in answer.content.decode()  # nothing typed is lost
    assert world.election.election_day == before
    assert client.get("/elections/").status_code == 200
