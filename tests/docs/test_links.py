"""Every link of every guide leads somewhere: to a file that is there, and to a heading that it has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, committed

GUIDES = sorted(path for path in committed() if path.suffix == ".md")
FENCED = re.compile(r"^(```|:::).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


def links_of(text: str) -> list[str]:
    """Without those in code; what leads outside is not asked for, here or in CI."""
    plain = re.sub(r"`[^`\n]+`", "", FENCED.sub("", text))
    return [found for groups in LINK.findall(plain) if (found := next(filter(None, groups), ""))]


@cache
def anchors_of(path: Path) -> set[str]:
    """The headings as they are linked to: small letters, marks left out, spaces as hyphens."""
    heads = HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    plain = (re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", head).lower() for head in heads)
    return {re.sub(r"[^\w\- ]", "", head).strip().replace(" ", "-") for head in plain}


def faults(path: Path, links: list[str]) -> list[str]:
    wrong = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists():
            wrong.append(f"{link}: no such file")
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target):
            wrong.append(f"{link}: no such heading")
    return wrong


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path):
    assert faults(path, links_of(path.read_text(encoding="utf-8"))) == []


def test_the_check_would_see_it():
    text = "[a](README.md) [b](gone.md) [c](README.md#two-commands) [d](README.md#three) `[e](f.md)` [g](https://x.example/)"

    assert faults(ROOT / "x.md", links_of(text)) == [
        "gone.md: no such file",
        "README.md#three: no such heading",
    ]


def test_every_guide_and_every_picture_is_led_to():
    told = {
        (path.parent / link.partition("#")[0]).resolve()
        for path in GUIDES
        for link in links_of(path.read_text(encoding="utf-8"))
    }
    docs = ROOT / "docs"
    lone = [
        path.relative_to(ROOT).as_posix()
        for path in committed()
        if path.is_relative_to(docs) and path.suffix in {".md", ".png"} and path not in told
    ]

    assert lone == ["docs/glossary.md", "docs/index.md"]  # those that only Sphinx leads to
