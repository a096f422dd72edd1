"""The page read aloud by the browser's own voice, and what a page says told to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

# A browser with voices: this one has none. It says at once what it is given, and keeps it.
VOICES = """(languages) => {
  const said = (window.said = []);
  const speech = new EventTarget();
  Object.assign(speech, {
    getVoices: () => languages.map((lang) => ({ lang, name: lang })),
    cancel: () => { speech.held = null; },
    speak: (each) => {
      said.push([each.lang, each.text]);
      speech.held = each;
    },
    goOn: () => { const each = speech.held; speech.held = null; each.onend(); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


@pytest.fixture
def hears(new_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., Page]:
    def opens(*languages: str) -> Page:
        context = new_context(base_url=live_server.url)
        context.add_init_script(f"({VOICES})({list(languages)!r})")
        page = context.new_page()
        page.goto("/")
        return page

    return opens


def test_the_page_is_read_piece_by_piece_in_its_own_language_and_stops_on_request(
    county: cast.County, hears: Callable[..., Page]
):
    page = hears("en-GB", "zh-HK", "zh-CN")
    button = page.get_by_role("button", name="朗读")
    button.click()
    expect(page.locator("h1")).to_have_class("being-read")
    page.evaluate("speechSynthesis.goOn()")
    page.evaluate("speechSynthesis.goOn()")
    said = page.evaluate("said")
    assert said[0] == ["zh-CN", "村民委员会选举"]
    assert said[1] == ["zh-CN", "查找您的村"]
    page.get_by_role("button", name="停止朗读").click()
    expect(button).to_have_text("朗读")
    expect(page.locator(".being-read")).to_have_count(0)


def test_it_ends_by_itself_and_says_everything_once(county: cast.County, hears: Callable[..., Page]):
    page = hears("zh-CN")
    page.get_by_role("button", name="朗读").click()
    for _piece in range(60):
        if not page.evaluate("speechSynthesis.held"):
            break
        page.evaluate("speechSynthesis.goOn()")
    said = [text for _language, text in page.evaluate("said")]
    assert sum("柳树沟村委会" in text for text in said) == 1
    expect(page.get_by_role("button", name="朗读")).to_have_text("朗读")


@pytest.mark.parametrize("languages", [[], ["en-GB", "de-DE"]])
def test_without_a_voice_for_the_language_there_is_no_button(
    county: cast.County, hears: Callable[..., Page], languages: list[str]
):
    expect(hears(*languages).get_by_role("button", name="朗读")).to_be_hidden()


def test_what_stops_somebody_is_the_first_thing_that_he_is_told(
    people: cast.Accounts, desk: Callable[..., Desk]
):
    clerk = desk()
    clerk.opens("/account/sign-in/")
    clerk.fills_in({"登录名": "dongchuan", "密码": "not-the-password"})
    clerk.presses("登录")
    expect(clerk.page.get_by_role("alert").first).to_be_focused()
