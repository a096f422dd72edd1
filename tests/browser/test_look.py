"""Every page of the gates' table on a phone and on a desk: nothing sticks out, everything has its heading and label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.house import pages_of_the_table, window
from tests.pages.conftest import World, election_under_way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

SMALLEST_TARGET = 40  # pixels; web.css gives 44

# What a page is asked, in the page itself; every answer names the thing that is wrong.
LOOK = """(smallest) => {
  const wrong = [];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".unseen");
  const name = (each) => each.outerHTML.replace(/\\s+/g, " ").slice(0, 90);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`wider than the screen: ${root.scrollWidth}`);
  const heads = [...document.querySelectorAll("h1")];
  if (heads.length !== 1) wrong.push(`${heads.length} main headings`);
  if (!heads.every((each) => shown(each) && each.innerText.trim())) wrong.push("a main heading that nobody sees");
  if (!root.lang || !document.title.trim()) wrong.push("no language or title");
  const fields = "input:not([type=hidden]), select, textarea";
  for (const each of document.querySelectorAll(fields)) {
    if (!each.labels?.length && !each.ariaLabel) wrong.push(`no label: ${name(each)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`twice the id ${id}`);
  if (document.querySelector("main h3") && !document.querySelector("main h2")) wrong.push("a level of headings left out");
  for (const each of document.querySelectorAll("button, a.btn, .tap, .main-nav a, summary")) {
    const box = each.getBoundingClientRect();
    if (smallest && shown(each) && box.width && (box.height < smallest || box.width < smallest))
      wrong.push(`too small to tap, ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(each)}`);
  }
  return wrong;
}"""


in_both_languages = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def world(county: cast.County, people: cast.Accounts) -> World:
    return election_under_way(county, people)


@pytest.fixture
def look(new_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., list[str]]:
    """Looks at addresses, each with the account of its reader, on a phone and then on a desk."""

    def at(pages: Iterable[tuple[cast.Account | None, str]], language: str) -> list[str]:
        windows: dict[str, Page] = {}
        found: list[str] = []
        for account, address in pages:
            who = account.username if account else ""
            if who not in windows:
                context = new_context(base_url=live_server.url)
                windows[who] = window(context, account, language, live_server.url)
            found += [f"{address}: {each}" for each in _wrong_with(windows[who], address)]
        return found

    return at


def _wrong_with(page: Page, address: str) -> list[str]:
    said: list[str] = []

    def listen(message: Any) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", listen)
    page.set_viewport_size(PHONE)
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        said.append(f"answers {answer and answer.status}")
    said += [f"phone: {each}" for each in page.evaluate(LOOK, SMALLEST_TARGET)]
    page.set_viewport_size(SCREEN)
    said += [f"desk: {each}" for each in page.evaluate(LOOK, 0)]
    page.remove_listener("console", listen)
    return said


@in_both_languages
def test_every_page_of_the_table_fits_and_can_be_read_and_tapped(
    world: World, look: Callable[..., Any], language: str
):
    wrong = look(pages_of_the_table(world), language)
    assert not wrong, "\n".join(wrong)


@in_both_languages
def test_the_pages_of_a_count_and_its_result_fit_as_well(
    county: cast.County, people: cast.Accounts, look: Callable[..., Any], language: str
):
    renewal = road.renewal(county)
    counting = road.counting(renewal, county.second_village)
    road.type_account(counting)
    road.type_batch(counting, *road.WON, by=[road.FIRST])
    road.type_batch(counting, 24, 9, 24, 22, 12, by=[road.SECOND])
    announced = road.announced(renewal, county.village, road.SECOND_ROUND)
    counted = road.counted(renewal, county.west_village)
    east, west = people.township_clerk, people.other_clerk
    at_count, told, soon = (f"/elections/{each.key}/" for each in (counting, announced, counted))
    wrong = look(
        [
            (east, at_count), (east, f"{at_count}sheets/"), (east, f"{at_count}sheets/batch/1/settle/"),
            (east, f"{at_count}sheets/batch/2/"), (people.teller, "/elections/"), (east, told),
            (east, f"{told}outcome/"), (west, soon), (west, f"{soon}outcome/"), (west, f"{soon}outcome/announce/"),
            (east, "/elections/"), (None, f"/v/{county.village.code}/"), (None, "/"),
            (None, f"/record/{announced.notices.last().document}/"),
        ],
        language,
    )  # fmt: skip
    assert not wrong, "\n".join(wrong)
