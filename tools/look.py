"""Look at the whole house in five minutes: every page of a running sample county, at three widths, on contact sheets.

    ./run --port 8410                              # in another window
    .venv/bin/python tools/look.py --port 8410     # then open var/look/index.html

    --language en        in English                --look large-dark    with large letters, on dark
    --paper              as they come out of a printer, by pdftoppm
    --only sheets        pages whose name holds this word

Follows the links of every role, one page of each kind; it presses no button and changes nothing. Needs Chromium.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("SHANZHI_VAR", ROOT / "var"))
WIDTHS = (360, 768, 1366)
TALLEST = 2400  # pixels: a longer page shows its beginning
ROLES = ("", "kangcheng", "shikou", "shuangchi", "shuitou", "kangchengcun-1", "county", "operator")
HARVEST = {
    "elections": 2,
    "elections._": 20,
    "elections._.candidates": 4,
    "elections._.roll": 4,
    "elections._.objections": 3,
    "elections._.outcome": 6,
}
A_SHEET = 1  # pages
STYLE = """body { margin: 8px; font: 14px sans-serif; background: #777 } h2 { margin: 8px 0; color: #fff }
div { display: flex; gap: 8px; align-items: flex-start } img { background: #fff } a { color: #fff }"""


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--port", default="8000")
    options.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
    options.add_argument("--look", default="normal-light")
    options.add_argument("--paper", action="store_true")
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    home = f"http://127.0.0.1:{chosen.port}"
    folder = VAR / "look"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with sync_playwright() as machine:
        browser = machine.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        rows = []
        for page, name in _pages(browser, home, chosen.language, chosen.look):
            if chosen.only in name:
                rows.append((name, _paper(page, folder) if chosen.paper else _screens(page, folder)))
                print(f"{len(rows)} {name} {urlsplit(page.url).path}", flush=True)
        _bind(browser, folder, rows)


def _pages(browser: Browser, home: str, language: str, look: str) -> Iterator[tuple[Page, str]]:
    """One page of each kind, each with the first role that comes to it."""
    seen: set[str] = set()
    for who in ROLES:
        context = browser.new_context(base_url=home)
        page = _signed_in(context, who)
        context.add_cookies(
            [
                {"name": "django_language", "value": language, "url": home},
                {"name": "shanzhi_look", "value": look, "url": home},
            ]
        )
        yield from _walk(page, home, seen)
        context.close()


def _signed_in(context: BrowserContext, who: str) -> Page:
    page = context.new_page()
    if who:
        words = (VAR / "demo_sign_ins.txt").read_text("utf-8")
        password = re.search(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}", words)
        page.goto("/account/sign-in/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", password[0] if password else "")
        page.click("main button.btn-primary")
        page.wait_for_load_state()
    return page


def _walk(page: Page, home: str, seen: set[str]) -> Iterator[tuple[Page, str]]:
    waiting, known = ["/account/start/", "/"], {"/account/start/", "/"}
    harvested = {kind: HARVEST.get(kind, 1) for kind in seen if kind not in HARVEST}
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        harvested[kind] = harvested.get(kind, 0) + 1
        if harvested[kind] > HARVEST.get(kind, 1):
            continue
        if not _opens(page, path):
            seen.add(kind)
            continue
        kind = _kind(urlsplit(page.url).path)
        if kind not in seen:
            seen.add(kind)
            yield page, kind
            page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
        links = page.evaluate("() => [...document.querySelectorAll('a[href]')].map((each) => each.href)")
        for link in links:
            path = link.removeprefix(home).partition("#")[0]
            if link.startswith(home) and path not in known:
                known.add(path)
                waiting.append(path)


def _opens(page: Page, path: str) -> bool:
    """Whether a page stands there, and not a file."""
    try:
        answer = page.goto(path)
    except Error:  # a download
        return False
    return answer is not None and answer.ok and "html" in answer.headers.get("content-type", "")


def _kind(path: str) -> str:
    """The address without what names one thing in it: numbers, codes and keys."""
    parts = path.partition("?")[0].strip("/").split("/")
    plain = ["_" if re.search(r"[0-9A-Z]", part) or len(part) == 16 else part for part in parts]
    return ".".join(plain) or "front"


def _screens(page: Page, folder: Path) -> list[str]:
    made = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        name = f"{_kind(urlsplit(page.url).path)}-{width}.png"
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.screenshot(
            path=folder / name, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}
        )
        made.append(name)
    return made


def _paper(page: Page, folder: Path) -> list[str]:
    stem = _kind(urlsplit(page.url).path)
    page.pdf(path=folder / f"{stem}.pdf", prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-r", "60", "-l", "3", "-png", f"{stem}.pdf", stem], cwd=folder, check=True)
    return [file.name for file in sorted(folder.glob(f"{stem}-*.png"))]


def _bind(browser: Browser, folder: Path, rows: list[tuple[str, list[str]]]) -> None:
    """An index to scroll through, and pictures of it, a few pages on each."""
    if not rows:
        sys.exit("no such page")

    def written(some: list[tuple[str, list[str]]]) -> str:
        body = "".join(
            f"<h2>{html.escape(name)}</h2><div>{''.join(f'<img src={each!r}>' for each in pictures)}</div>"
            for name, pictures in some
        )
        return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"

    (folder / "index.html").write_text(written(rows), "utf-8")
    page = browser.new_page(viewport={"width": sum(WIDTHS) + 40, "height": 800})
    draft = folder / "sheet.html"
    for start in range(0, len(rows), A_SHEET):
        draft.write_text(written(rows[start : start + A_SHEET]), "utf-8")
        page.goto(draft.as_uri())
        page.screenshot(path=folder / f"sheet-{start // A_SHEET + 1:02}.png", full_page=True)
    draft.unlink()
    print(f"{len(rows)} pages: {folder / 'index.html'}")


if __name__ == "__main__":
    main()
