"""What every page knows: the county's name, whether it is the sample, and the rooms open to this account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.accounts.views.entering import DUTIES
from shanzhi.web.look import Look
from shanzhi.web.wording import ROOMS

# Room, its first page, and the permissions of which one is enough to see it.
NAVIGATION: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("board", "elections:board", frozenset({Permission.SEE_BOARD, Permission.ENTER_SHEET})),
    ("people", "places:places", frozenset({Permission.SEE_PEOPLE})),
    ("records", "record:audit", frozenset({Permission.READ_AUDIT})),
    ("accounts", "accounts:accounts", frozenset({Permission.MANAGE_ACCOUNTS})),
    ("divisions", "places:divisions", frozenset({Permission.MANAGE_SETTINGS})),
    ("settings", "places:settings", frozenset({Permission.MANAGE_SETTINGS})),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    label: str | Promise
    url: str
    here: bool


def county(request: HttpRequest) -> dict[str, object]:
    return {
        "is_sample": settings.SAMPLE,
        "look": getattr(request, "look", Look()),
        "county_name": SimpleLazyObject(_county_name),
        "navigation": SimpleLazyObject(lambda: list(_navigation(request))),
    }


def _county_name() -> str:
    from shanzhi.apps.places import selectors

    place = selectors.county()
    return place.name if place else ""


def _navigation(request: HttpRequest) -> Iterator[Item]:
    """Only what works: a room that is not open to the account, or has no page, is not shown."""
    if request.user.is_authenticated and request.session.get(DUTIES):
        return  # something has to be put in order first
    held = access.permissions_of(request.user)
    open_here = [
        (room, url) for room, page, enough in NAVIGATION if held & enough and (url := _address(page))
    ]
    # A room may lie in another one's address: the longer address is where the reader is.
    here = max((url for _room, url in open_here if request.path.startswith(url)), key=len, default="")
    for room, url in open_here:
        yield Item(ROOMS[room], url, url == here)


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
