"""What comes out of a printer when somebody prints a page from the browser: A4, black on white, nothing to press."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import SCREEN
from tests.browser.house import pages_of_the_table, window
from tests.pages.conftest import World, election_under_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
TO_PRESS = ("大字版", "标准字号", "退出", "跟随系统", "跳到正文", "English")
INK = """() => {
  const style = (each) => getComputedStyle(document.querySelector(each));
  const shown = [...document.querySelectorAll("button, .btn, nav, .form-foot")].filter((each) => each.checkVisibility());
  return [style("body").backgroundColor, style("h1").color, shown.map((each) => each.outerHTML.slice(0, 60))];
}"""


@pytest.fixture
def at(new_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., Page]:
    """A window of somebody who likes large letters on dark."""

    def at(account: cast.Account | None) -> Page:
        return window(
            new_context(base_url=live_server.url, viewport=SCREEN, color_scheme="dark"),
            account, "zh-hans", live_server.url, "large",
        )  # fmt: skip

    return at


def test_a_long_roll_repeats_its_heads_and_says_of_when_it_is(
    county: cast.County, people: cast.Accounts, at: Callable[..., Page]
):
    election = road.roll_posted(road.renewal(county), county.village, number=90)
    page = at(people.township_clerk)
    page.goto(f"/elections/{election.key}/roll/")

    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    words = [normalize("NFKC", sheet.extract_text()) for sheet in paper.pages]

    assert len(words) > 2
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in paper.pages} == {A4}
    assert all("出生日期" in said for said in words if "户籍在本村" in said)
    assert "截至" in words[0]
    assert f"/elections/{election.key}/roll/" in words[0]
    assert not [said for said in TO_PRESS if said in "".join(words)]


@pytest.fixture
def world(county: cast.County, people: cast.Accounts) -> World:
    return election_under_way(county, people)


def test_every_page_prints_black_on_white_without_what_can_only_be_pressed(
    world: World, at: Callable[..., Page]
):
    windows: dict[str, Page] = {}
    wrong: list[str] = []
    for account, address in pages_of_the_table(world):
        who = account.username if account else ""
        page = windows.setdefault(who, None) or at(account)
        windows[who] = page
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(address)
        ground, ink, shown = page.evaluate(INK)
        if (ground, ink) != ("rgb(255, 255, 255)", "rgb(0, 0, 0)"):
            wrong.append(f"{address}: {ink} on {ground}")
        wrong += [f"{address}: {each}" for each in shown]
    assert not wrong, "\n".join(wrong)
