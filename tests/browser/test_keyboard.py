"""A clerk without a mouse: from the sign-in page to a count sheet by the keyboard alone, and never lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import SCREEN
from tests.browser.house import pages_of_the_table, window
from tests.browser.village import write_files
from tests.pages.conftest import World, election_under_way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

HERE = """async () => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  window.reached = (window.reached || new Set()).add(each);
  const style = getComputedStyle(each);
  const inView = () => {
    const box = each.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  for (let frame = 0; frame < 60 && !inView(); frame += 1) await new Promise(requestAnimationFrame); // it scrolls there
  return {
    words: (each.labels?.[0]?.innerText || each.ariaLabel || each.innerText || each.value || "").trim(),
    seen: inView() && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
    html: each.outerHTML.slice(0, 80),
  };
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)
  .filter((each) => each.type !== "radio" || each === document.querySelector(`[name="${each.name}"]`)).length"""
FROM_THE_TOP = """() => {
  const body = document.body;
  body.tabIndex = -1;
  body.focus();
  body.removeAttribute("tabindex");
}"""
FAR = 120  # presses


class Keys:
    """Somebody at a keyboard. Words are those on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, words: str) -> None:
        """Tab by Tab, and seeing at every one where he is."""
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            if here is None:
                continue
            assert here["seen"], f"nobody sees where he is: {here}"
            if here["words"].split("\n")[0].replace(" 选填", "").startswith(words):
                return
        pytest.fail(f"“{words}” is not reached by Tab")

    def types(self, fields: dict[str, object]) -> None:
        for label, value in fields.items():
            self.goes_to(label)
            self.page.keyboard.type(str(value))

    def presses(self, words: str, key: str = "Enter") -> None:
        self.goes_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


@pytest.fixture
def keys(new_context: Callable[..., BrowserContext], live_server: Any) -> Keys:
    page = new_context(base_url=live_server.url, viewport=SCREEN).new_page()
    page.goto("/account/sign-in/")
    return Keys(page)


def signs_in(keys: Keys, username: str) -> None:
    keys.page.keyboard.type(username)  # the page puts one into the first field
    keys.types({"密码": cast.PASSWORD})
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def test_a_roster_comes_in_by_the_keyboard_alone(
    people: cast.Accounts, county: cast.County, keys: Keys, tmp_path: Path
):
    _faulty, clean = write_files(tmp_path)
    signs_in(keys, "dongchuan")
    keys.presses("人员")
    keys.presses(county.village.full_name)
    keys.presses("导入名册")
    keys.goes_to("文件")
    with keys.page.expect_file_chooser() as chooser:
        keys.page.keyboard.press("Space")
    chooser.value.set_files(clean)
    keys.presses("检查")
    keys.presses("写入")
    expect(keys.page.locator("main")).to_contain_text("61")


def test_a_count_sheet_is_typed_by_the_keyboard_alone(people: cast.Accounts, county: cast.County, keys: Keys):
    election = road.counting(road.renewal(county), county.village)
    road.type_account(election)
    signs_in(keys, "jipiao")
    keys.presses("录入计票单")
    keys.presses("录入第1张计票单")
    keys.types(
        {"本批选票": 36, "废票": 1, "王秀兰": 25, "李建国": 9, "张桂英": 24, "刘志强": 22, "陈玉梅": 12}
    )
    keys.presses("保存这张单")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("计票单")


@pytest.fixture
def world(county: cast.County, people: cast.Accounts) -> World:
    return election_under_way(county, people)


def test_on_every_page_the_first_key_skips_to_the_content_and_every_thing_is_reached(
    world: World, new_context: Callable[..., BrowserContext], live_server: Any
):
    windows: dict[str, Page] = {}
    wrong: list[str] = []
    for account, address in pages_of_the_table(world):
        who = account.username if account else ""
        if who not in windows:
            windows[who] = window(
                new_context(base_url=live_server.url, viewport=SCREEN), account, "zh-hans", live_server.url
            )
        page = windows[who]
        page.goto(address)
        wrong += [f"{address}: {each}" for each in _wrong_with(page)]
    assert not wrong, "\n".join(wrong)


def _wrong_with(page: Page) -> list[str]:
    """From the top to the bottom by Tab: the skip link first, each thing once, seen where one is, and out again."""
    page.evaluate(FROM_THE_TOP)
    page.keyboard.press("Tab")
    first = page.evaluate(HERE)
    if first is None:
        return ["nothing is reached"]
    wrong = [] if "跳" in first["words"] else [f"first comes {first['html']}"]
    expected = page.evaluate(FOCUSABLE)
    for _press in range(expected * 2 + 20):  # a date is three things in one
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            break
        if not here["seen"]:
            wrong.append(f"nobody sees where he is: {here['html']}")
    else:
        wrong.append("the keys never come out of the page")
    reached = page.evaluate("reached.size")
    return wrong if reached >= expected else [*wrong, f"{reached} of {expected} things are reached"]
