"""Every page of the gates' table, each with somebody to whom it is open, at a window of his own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from django.urls import reverse

from shanzhi.web import look
from tests import cast
from tests.pages.test_gates import GATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from tests.pages.conftest import World

# Answers that are no page: files, and the log as programs read it.
FILES = {
    "places:map_data", "portal:map_data", "portal:village_map_data",
    "tables:template", "tables:faults", "tables:download", "tables:progress",
    "record:key", "record:checkpoint", "record:entries", "record:tile", "record:bundle",
    "record:body", "record:audit_export", "record:audit_csv", "elections:print", "elections:slip",
    "upkeep:healthz", "upkeep:readyz", "upkeep:metrics",
}  # fmt: skip
WHO_LOOKS = ("township_clerk", "county_office", "operator")  # the first to whom a page is open


def pages_of_the_table(world: World) -> Iterator[tuple[cast.Account | None, str]]:
    for name, gate in GATES.items():
        if gate.method != "get" or name in FILES or gate.closed or not gate.open_to:
            continue  # no page, or one that is there for nobody in a county that stands
        reader = next((who for who in (*WHO_LOOKS, *sorted(gate.open_to)) if who in gate.open_to), None)
        account = None if gate.public or reader is None else getattr(world.people, reader)
        yield account, reverse(name, args=gate.args(world)) + gate.query


def window(
    context: BrowserContext, account: cast.Account | None, language: str, url: str, size: str = "normal"
) -> Page:
    """Signed in past the sign-in page, which has journeys of its own; in a language, with letters of a size."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: language, look.COOKIE: str(look.Look(size))}
    if account is not None:
        name = settings.SESSION_COOKIE_NAME
        cookies[name] = cast.sign_in(Client(), account).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    return context.new_page()
