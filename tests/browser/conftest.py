"""A real Chromium against a real server: skipped, and said so, where no Chromium is found."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.browser.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

# Playwright runs an event loop in this thread; the ORM calls beside it are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine: install the package chromium")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; as root it wants no sandbox, and it need not look up anything outside."""
    quiet = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What the consoles of all windows complain of, a breach of the security policy included; nothing by the end."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def faults(page: Page, heard: list[str]) -> list[str]:
    """The same for the one window of a test that needs no more."""
    _listen(page, heard)
    return heard


def _listen(page: Page, heard: list[str]) -> None:
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))


@pytest.fixture
def desk(
    new_context: Callable[..., BrowserContext], live_server: Any, heard: list[str]
) -> Callable[..., Desk]:
    """Sits somebody down at a browser of his own: `desk()` a visitor, `desk("dongchuan")` who signs in by that name."""

    def sit_down(username: str = "", *, phone: bool = False, **how: Any) -> Desk:
        context = new_context(base_url=live_server.url, viewport=PHONE if phone else SCREEN, **how)
        context.set_default_timeout(10_000)
        page = context.new_page()
        _listen(page, heard)
        if username:
            sign_in(page, live_server, username)
        return Desk(page)

    return sit_down


@pytest.fixture
def county(transactional_db: None) -> cast.County:
    return cast.make_county()


@pytest.fixture
def people(county: cast.County) -> cast.Accounts:
    return cast.make_accounts(county)


def sign_in(page: Page, server: Any, username: str) -> None:
    """Sign in by the page, as a person does."""
    page.goto(f"{server.url}/account/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", cast.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def no_wider_than_the_screen(page: Page) -> None:
    """Nothing sticks out to the side."""
    wide = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1], page.url
