"""What every page knows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from shanzhi.config import context
from tests import cast


@pytest.fixture
def rooms(db, rf):
    people = cast.make_accounts(cast.make_county())

    def of(who, path="/"):
        request = rf.get(path)
        request.session = {}
        request.user = getattr(people, who) if who else AnonymousUser()
        return context.county(request)["navigation"]

    return of


@pytest.mark.parametrize(("room", "address", "enough"), context.NAVIGATION)
def test_every_room_has_a_page_and_a_reason_to_see_it(room, address, enough):
    assert reverse(address)
    assert room in context.ROOMS
    assert enough


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("operator", ["accounts:accounts", "places:divisions", "places:settings"]),
        (
            "county_office",
            ["elections:board", "places:places", "record:audit", "places:divisions", "places:settings"],
        ),
        ("township_clerk", ["elections:board", "places:places"]),
        ("village_clerk", ["elections:board", "places:places"]),
        ("teller", ["elections:board"]),
        ("stranger", []),
        (None, []),
    ],
)
def test_the_navigation_shows_only_what_is_open(rooms, who, pages):
    assert [item.url for item in rooms(who)] == [reverse(page) for page in pages]


def test_the_room_where_one_is_is_marked(rooms):
    here = [item.here for item in rooms("operator", reverse("accounts:create"))]

    assert here == [True, False, False]


def test_a_room_inside_another_ones_address_is_marked_alone(rooms):
    marked = [item.url for item in rooms("county_office", reverse("places:holidays")) if item.here]

    assert marked == [reverse("places:settings")]
