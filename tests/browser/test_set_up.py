"""The first hour in a real browser: from an empty database to an operator with a phone, and every page of it for every eye."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from shanzhi.apps.accounts import actions as accounts
from shanzhi.apps.places.models import Place
from shanzhi.apps.setup import actions
from tests import cast
from tests.apps.accounts import phone
from tests.apps.setup.test_walk import BAD, ROWS
from tests.browser.conftest import PHONE, SCREEN, _listen
from tests.browser.house import window
from tests.browser.test_every_eye import AXE, wrong_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

PASSWORD = "shan-zhi-2026-x"
ROUNDS = pytest.mark.parametrize(
    ("language", "size", "screen"),
    [("zh-hans", "normal", SCREEN), ("en", "large", PHONE)],
    ids=["zh-desk", "en-phone-large"],
)


class Walk:
    """A window whose every page is asked about on the way."""

    def __init__(self, page: Page, size: str) -> None:
        assert AXE.exists(), "axe is not there: ./test browser fetches it"
        self.page, self.size, self.wrong = page, size, []
        self.axe = AXE.read_text(encoding="utf-8")

    def look(self) -> None:
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(self.axe)
        self.wrong += [f"{self.page.url}: {each}" for each in wrong_with(self.page, self.size)]
        self.page.emulate_media(color_scheme="light")

    def press(self) -> None:
        self.page.locator("main .btn-primary").first.click()

    def fill(self, **typed: str) -> None:
        for name, value in typed.items():
            self.page.fill(f"main [name={name}]", value)


def file_of(rows: list[str]) -> dict[str, Any]:
    return {"name": "codes.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode("gb18030")}


@pytest.fixture
def walk(
    new_context: Callable[..., BrowserContext], live_server: Any, heard: list[str]
) -> Callable[..., Walk]:
    def begin(language: str, size: str, screen: dict[str, int]) -> Walk:
        context = new_context(base_url=live_server.url, viewport=screen, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        page = window(context, None, language, live_server.url, size)
        _listen(page, heard)
        return Walk(page, size)

    return begin


@ROUNDS
def test_from_an_empty_database_to_an_operator_with_a_phone(
    transactional_db: None,
    walk: Callable[..., Walk],
    settings: Any,
    language: str,
    size: str,
    screen: dict[str, int],
):
    settings.SECOND_FACTOR = "required"
    code = actions.issue_code()
    one = walk(language, size, screen)
    page = one.page

    page.goto("/")
    one.press()
    one.look()
    one.fill(code=code)
    one.press()
    one.fill(county_name="交口县", county_code="141130")
    page.set_input_files("main [name=file]", file_of(BAD))
    one.press()
    expect(page.locator("main table tbody tr")).to_have_count(3)
    one.look()
    page.set_input_files("main [name=file]", file_of(ROWS))
    one.press()
    one.look()
    page.locator("main summary").first.click()
    expect(page.get_by_text("云梦村委会")).to_be_visible()
    one.press()
    one.look()
    one.fill(name="李运维", username="yunwei", password=PASSWORD, again=PASSWORD)
    one.press()
    one.fill(username="yunwei", password=PASSWORD)
    one.press()
    one.look()
    secret = phone.shown_secret(page.content())
    one.fill(code=phone.code(secret))
    one.press()
    expect(page.locator(".codes li")).to_have_count(10)
    one.look()
    one.press()
    expect(page.locator(".card-now a")).to_have_count(4)  # office, auditor, a clerk for each township
    one.look()

    assert Place.objects.filter(kind="village").count() == 2
    assert not one.wrong, "\n".join(one.wrong)


@ROUNDS
def test_the_second_step_by_paper_and_the_pages_around_it(
    people: cast.Accounts, walk: Callable[..., Walk], language: str, size: str, screen: dict[str, int]
):
    codes = phone.tie(people.teller)
    one = walk(language, size, screen)
    page = one.page

    page.goto("/account/sign-in/")
    one.fill(username="jipiao", password=cast.PASSWORD)
    one.press()
    one.fill(code=phone.wrong_code())
    one.press()
    expect(page.locator("main .notice-stop")).to_be_visible()
    one.look()
    one.fill(code=codes[0])
    one.press()
    page.goto("/account/own/")
    one.look()
    for address in (
        "/account/own/sessions/",
        "/account/own/phone/",
        "/account/own/phone/codes/",
        "/account/own/phone/remove/",
    ):
        page.goto(address)
        one.look()
    accounts.set_password(account=people.teller, password=PASSWORD, by=people.operator.key)
    page.goto("/account/sign-in/")
    one.fill(username="jipiao", password=PASSWORD)
    one.press()
    one.fill(code=codes[1])
    one.press()
    expect(page.locator("main [name=again]")).to_be_visible()
    one.look()

    assert not one.wrong, "\n".join(one.wrong)
