"""Every page of the gates' table for eyes of every kind: axe, contrast on light and on dark, large letters and targets.

axe comes to the page through the driver, because no page of ours takes a script from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.house import pages_of_the_table, window
from tests.pages.conftest import World, election_under_way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

AXE = settings.ROOT / "var/vendor-tests/axe.min.js"
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
ASK_AXE = """async (how) => (await axe.run(document, how)).violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .flatMap((each) => each.nodes.map((node) =>
    `${each.id}: ${node.html.slice(0, 120)} ${node.any.map((one) => one.message).join(" ").slice(0, 160)}`))"""

# The edge of everything that is typed into or pressed stands out from what is around it, three to one.
EDGES = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const around = (each) => {
    for (let up = each.parentElement; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const wrong = [];
  for (const each of document.querySelectorAll(".form-control, .form-select, .btn:not(.btn-quiet)")) {
    if (!each.checkVisibility()) continue;
    const [low, high] = [light(getComputedStyle(each).borderTopColor), light(around(each))].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 3) wrong.push(`edge ${ratio.toFixed(2)}:1 ${each.outerHTML.slice(0, 80)}`);
  }
  return wrong;
}"""

# With large letters nothing that is read is smaller than 18 points, and nothing that is pressed smaller than 60 pixels.
ELDER = """() => {
  const wrong = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || around.closest(".unseen, script, option, .skip") || !around.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(around).fontSize) < 23.9) wrong.push(`small letters: ${around.outerHTML.slice(0, 90)}`);
  }
  const pressed = "button, a.btn, .tap, .main-nav a, .top a, summary, .form-control, .form-select, .trail a, .village-list a, .foot a";
  for (const each of document.querySelectorAll(pressed)) {
    const box = each.getBoundingClientRect();
    if (each.checkVisibility() && box.width && (box.height < 59.5 || box.width < 59.5) && !each.closest(".unseen"))
      wrong.push(`small target ${Math.round(box.width)} × ${Math.round(box.height)}: ${each.outerHTML.slice(0, 90)}`);
  }
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`wider than the screen: ${root.scrollWidth}`);
  return wrong;
}"""

# Chinese is set with full-width marks, and with no gap before or behind them.
TYPOGRAPHY = """() => {
  const rules = [
    [/[。，；：！？、）》”] \\S/, "a gap behind a full-width mark"],
    [/ [。，；：！？、）》]/, "a gap before a full-width mark"],
    [/[\\u4e00-\\u9fff][,;:!?()]|[,;:!?()][\\u4e00-\\u9fff]/, "a half-width mark beside Chinese"],
  ];
  const lines = document.body.innerText.replaceAll(" 选填", "").replaceAll(" · ", "").split("\\n");
  return lines.flatMap((line) => rules.filter(([rule]) => rule.test(line)).map(([, says]) => `${says}: ${line.slice(0, 80)}`));
}"""

ROUNDS = pytest.mark.parametrize(
    ("language", "size", "screen"),
    [
        ("zh-hans", "normal", SCREEN),
        ("en", "normal", PHONE),
        ("zh-hans", "large", PHONE),
        ("en", "large", SCREEN),
    ],
    ids=["zh-desk", "en-phone", "zh-phone-large", "en-desk-large"],
)


@pytest.fixture
def examine(new_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., list[str]]:
    """Opens addresses, each with the account of its reader, and asks axe about them on light and on dark."""
    assert AXE.exists(), "axe is not there: ./test browser fetches it"
    source = AXE.read_text(encoding="utf-8")

    def at(
        pages: Iterable[tuple[cast.Account | None, str]], language: str, size: str, screen: dict[str, int]
    ) -> list[str]:
        windows: dict[str, Page] = {}
        found: list[str] = []
        for account, address in pages:
            who = account.username if account else ""
            if who not in windows:
                context = new_context(base_url=live_server.url, viewport=screen, reduced_motion="reduce")
                windows[who] = window(context, account, language, live_server.url, size)
            page = windows[who]
            page.emulate_media(color_scheme="light")
            page.goto(address)
            page.evaluate(source)
            found += [f"{address}: {each}" for each in wrong_with(page, size)]
        return found

    return at


def wrong_with(page: Page, size: str) -> list[str]:
    wrong = page.evaluate(ASK_AXE, EVERYTHING) + page.evaluate(EDGES)
    if page.locator("html").get_attribute("lang") == "zh-Hans":
        wrong += page.evaluate(TYPOGRAPHY)
    if size == "large":
        wrong += page.evaluate(ELDER)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ASK_AXE, COLOURS) + page.evaluate(EDGES)
    return wrong + [f"dark: {each}" for each in dark]


@pytest.fixture
def world(county: cast.County, people: cast.Accounts) -> World:
    return election_under_way(county, people)


@ROUNDS
def test_every_page_of_the_table_can_be_read_by_every_eye(
    world: World, examine: Callable[..., Any], language: str, size: str, screen: dict[str, int]
):
    wrong = examine(pages_of_the_table(world), language, size, screen)
    assert not wrong, "\n".join(wrong)


@ROUNDS
def test_the_pages_of_a_count_and_its_result_can_be_read_as_well(
    county: cast.County,
    people: cast.Accounts,
    examine: Callable[..., Any],
    language: str,
    size: str,
    screen: dict[str, int],
):
    renewal = road.renewal(county)
    counting = road.counting(renewal, county.second_village)
    road.type_account(counting)
    road.type_batch(counting, *road.WON, by=[road.FIRST])
    road.type_batch(counting, 24, 9, 24, 22, 12, by=[road.SECOND])
    announced = road.announced(renewal, county.village, road.SECOND_ROUND)
    east = people.township_clerk
    at_count, told = (f"/elections/{each.key}/" for each in (counting, announced))
    wrong = examine(
        [
            (east, at_count), (east, f"{at_count}sheets/"), (east, f"{at_count}sheets/batch/1/settle/"),
            (east, f"{at_count}sheets/batch/2/"), (people.teller, "/elections/"), (east, told),
            (east, f"{told}outcome/"), (east, "/elections/"), (None, f"/v/{county.village.code}/"), (None, "/"),
            (None, f"/record/{announced.notices.last().document}/"), (None, "/no-such-page/"),
        ],
        language, size, screen,
    )  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_the_questions_would_see_what_they_must(page: Page):
    page.set_content(
        """<html lang="en"><title>x</title><style>body { background: #fff } p { color: #999 }
        @media (prefers-color-scheme: dark) { p { color: #eee } body { background: #000 } i { color: #333 } }</style>
        <main><h1>x</h1><p>pale</p><i>dark</i><div><input class="form-control" style="border: 1px solid #ddd"></div></main>"""
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))

    wrong = wrong_with(page, "large")

    for each in (
        "color-contrast: <p>",
        "label: <input",
        "dark: color-contrast: <i>",
        "edge 1.36:1",
        "small letters",
        "small target",
    ):
        assert any(found.startswith(each) for found in wrong), (each, wrong)
