"""Take the guides' pictures from a running sample county: docs/pictures/*.png.

    ./run --port 8410                          # in another window; or SHANZHI_VAR=... for a fresh sample
    .venv/bin/python tools/pictures.py --port 8410

Only reads pages, except that it checks and throws away the roster with faults. Needs Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
VAR = Path(os.environ.get("SHANZHI_VAR", ROOT / "var"))
LARGEST = 120 * 1024  # bytes: a guide is read on a village's line
DESK, PHONE = (1100, 700), (360, 720)
VILLAGE = "141130101208"  # its roster lies ready


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--port", default="8000")
    home = f"http://127.0.0.1:{options.parse_args().port}"
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as machine:
        browser = machine.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with _page(browser, home, DESK, "kangcheng") as page:
            _shoot(page, "board")
            _import(page, home)
            _through(page, home, "康城镇康城村委会", "sheets/", "settle")
        with _page(browser, home, DESK, "shikou") as page:
            _through(page, home, "石口镇石口村委会", "outcome/", "outcome")
        with _page(browser, home, PHONE) as page:
            page.goto(f"{home}/record/?kind=result")
            page.locator("main a[href^='/record/']:not([href*='?'])").first.click()
            _shoot(page, "notice")
            page.goto(f"{home}/verify/{page.url.replace(f'{home}/record/', '?document=').rstrip('/')}")
            page.locator("main button").click()
            page.get_by_role("heading", name="核验通过").or_(page.get_by_text("核验通过")).first.wait_for()
            _shoot(page, "verify")


@contextmanager
def _page(browser: Browser, home: str, size: tuple[int, int], who: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    if who:
        words = (VAR / "demo_sign_ins.txt").read_text("utf-8")
        password = re.search(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}", words)
        page.goto(f"{home}/account/sign-in/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", password[0] if password else "")
        page.click("main button.btn-primary")
    yield page
    context.close()


def _import(page: Page, home: str) -> None:
    page.goto(f"{home}/tables/roster/{VILLAGE}/in/")
    page.set_input_files("input[type=file]", VAR / "sample/roster-shangjiagou-faults.xlsx")
    page.click("main button.btn-primary")
    _shoot(page, "import")
    page.get_by_role("button", name="作废此文件").click()


def _through(page: Page, home: str, village: str, where: str, name: str) -> None:
    page.goto(f"{home}/elections/")
    page.get_by_role("link", name=village, exact=True).first.click()
    page.goto(page.url + where)
    if name == "settle":
        page.get_by_role("link", name="对照核实").first.click()
    _shoot(page, name)


def _shoot(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    page.evaluate("window.scrollTo(0, 0)")  # the ribbon of the sample county is at the top
    page.screenshot(path=path)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path} has {path.stat().st_size} bytes, more than {LARGEST}")
    print(path.relative_to(ROOT), path.stat().st_size)


if __name__ == "__main__":
    main()
