"""A guide says on a button what stands on the button: its words are those of the catalogues."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib
import pytest

from tests.architecture.house import ROOT, SOURCE

CHINESE = [*sorted((ROOT / "docs/clerk/zh").glob("*.md")), ROOT / "docs/clerk.zh-CN.md"]
BUTTON = re.compile(r"\*\*\[(.+?)\]\*\*(?!\()")
HOLE = re.compile(r"\d+|%\(\w+\)s|%\(\w+\)d|\{\w*\}|…+")


def plain(words: str) -> str:
    """Without what differs from time to time: a number, a name."""
    return HOLE.sub("…", words).replace(" ", "")


@cache
def on_screen() -> set[str]:
    entries = [entry for file in SOURCE.rglob("*.po") for entry in polib.pofile(str(file))]
    return {plain(words) for entry in entries for words in (entry.msgstr, *entry.msgstr_plural.values())}


@pytest.mark.parametrize("path", CHINESE, ids=lambda path: path.name)
def test_every_button_of_a_guide_stands_on_the_screen(path: Path):
    said = BUTTON.findall(path.read_text(encoding="utf-8"))

    assert [words for words in said if plain(words) not in on_screen()] == []


def test_the_check_would_see_it():
    assert plain("只写入没有问题的…行") in on_screen()
    assert plain("没有这个按钮") not in on_screen()
