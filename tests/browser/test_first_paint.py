"""A villager's page shows itself on a bad line: less than 150 KB before anything is painted.

In all, compressed as a public server sends it, not even half of that; checking a proof fetches its arithmetic after the paint.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from shanzhi.web.look import COOKIE
from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

MOST = 150_000
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
LOADED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map((each) => [each.name, each.transferSize, each.responseEnd])"""


@pytest.fixture
def addresses(county: cast.County) -> list[str]:
    """What a villager opens, in a county as large as a real one."""
    for number in range(90):
        cast.make_place(
            f"1411301{10 + number // 10}{300 + number}", f"第{number}村委会", "village", county.east
        )
    renewal = road.renewal(county)
    announced = road.announced(renewal, county.village, road.SECOND_ROUND)
    posted = road.roll_posted(renewal, county.second_village)
    return [
        "/", f"/v/{county.village.code}/", f"/v/{posted.village.code}/", f"/v/{posted.village.code}/check/", "/record/",
        f"/record/{announced.notices.last().document}/", f"/record/{posted.notices.last().document}/", "/verify/", "/no-such-page/",
    ]  # fmt: skip


@pytest.mark.parametrize("look", ["normal-system", "large-dark"])
def test_a_villager_s_page_is_painted_before_150_kb_have_come(
    addresses: list[str], new_context: Callable[..., BrowserContext], live_server: Any, look: str
):
    measured = {}
    for address in addresses:
        context = new_context(viewport=PHONE)  # a browser in which nothing is kept from the page before
        context.add_cookies([{"name": COOKIE, "value": look, "url": live_server.url}])
        measured[address] = _weigh(context.new_page(), live_server.url + address)
        context.close()

    assert all(0 < before < MOST for before, _whole, _packed in measured.values()), measured
    assert all(packed < MOST / 2 for _before, _whole, packed in measured.values()), measured
    assert all(whole < MOST for address, (_, whole, _) in measured.items() if address != "/verify/"), measured


def _weigh(page: Page, address: str) -> tuple[int, int, int]:
    """Bytes that came before the first paint; in all, as `./run` sends them; in all, as a public server does."""
    page.goto(address, wait_until="load")
    page.wait_for_function(PAINTED)
    painted = page.evaluate(PAINTED)
    loaded = page.evaluate(LOADED)
    before = sum(size for _name, size, end in loaded if end <= painted)
    return (
        before,
        sum(size for _name, size, _end in loaded),
        sum(_packed(name, size) for name, size, _end in loaded),
    )


def _packed(name: str, size: int) -> int:
    """A style sheet or script as it lies compressed on a public server; a page as it is: the program packs none."""
    path = urlsplit(name).path
    if not path.startswith("/static/"):
        return size
    file = finders.find(path.removeprefix("/static/"))
    return len(gzip.compress(Path(file).read_bytes())) + 400  # and what the answer says of itself
