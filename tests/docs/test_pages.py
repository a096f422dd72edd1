"""The documentation builds without a warning; a clerk's task is one printed side of A4."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.architecture.house import ROOT
from tests.browser.conftest import CHROMIUM, browser_type_launch_args  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Page

TASKS = sorted((ROOT / "docs/clerk").rglob("*.md"))


def test_the_documentation_builds_without_a_warning(built: tuple[Path, str]):
    folder, complaints = built

    assert complaints == ""
    assert (folder / "index.html").exists()


def test_each_task_is_told_in_both_languages():
    told = {
        language: {path.stem for path in TASKS if path.parent.name == language} for language in ("zh", "en")
    }

    assert told["zh"] == told["en"]
    assert len(told["zh"]) > 10


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install the package chromium")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_task_is_one_side_of_paper(built: tuple[Path, str], page: Page, language: str):
    folder, _ = built
    long = {}
    for task in (path for path in TASKS if path.parent.name == language):
        page.goto((folder / "clerk" / language / f"{task.stem}.html").as_uri())
        sides = len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)
        if sides != 1:
            long[task.stem] = sides

    assert long == {}
