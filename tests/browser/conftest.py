"""A real Chromium against a real server: skipped, and said so, where no Chromium is found."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

# Playwright runs an event loop in this thread; the ORM calls beside it are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install the package chromium"))


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
def faults(page: Page) -> Iterator[list[str]]:
    """What the page's console complains of, a breach of the content security policy included; none by the end."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


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


def no_wider_than_the_screen(page: Page) -> None:
    """Nothing sticks out to the side."""
    wide = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1], page.url
