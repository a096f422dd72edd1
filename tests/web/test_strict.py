"""What holds for every page of the house: nothing inline, readable colours, error pages that say what to do."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

SOURCE = Path(__file__).parents[2] / "src/shanzhi"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
LOOKS = SOURCE / "web/static/web"
PALETTES = {name: (LOOKS / f"{name}.css").read_text(encoding="utf-8") for name in ("web", "dark")}
FORBIDDEN = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*[\x22\x27]|javascript:|https?://(?!www\.w3\.org)",
    re.I,
)


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(file):
    assert FORBIDDEN.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        '<p style="x">',
        "<style>",
        "<script>x</script>",
        '<a onclick="x">',
        '<script src="https://a.example/x.js">',
    ],
)
def test_the_check_would_see_it(spoiled):
    assert FORBIDDEN.search(spoiled)


def colour(name: str, palette: str) -> str:
    return re.search(rf"--{name}: (#[0-9a-f]{{6}});", PALETTES[palette])[1]


def brightness(code: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "ground"),
        ("ink-soft", "paper"),
        ("ink-soft", "ground"),
        ("ink-soft", "head"),
        ("brand", "paper"),
        ("brand", "ground"),
        ("brand", "brand-pale"),
        ("brand-dark", "brand-pale"),
        ("good", "good-pale"),
        ("warn", "warn-pale"),
        ("stop", "paper"),
        ("stop", "stop-pale"),
        ("ink", "warn-pale"),
        ("ink", "brand-pale"),
        ("on-brand", "brand"),
        ("on-brand", "brand-dark"),
        ("on-good", "good"),
        ("on-stop", "stop"),
        ("on-stop", "stop-dark"),
        ("ribbon-ink", "ribbon"),
    ],
)
def test_words_stand_out_from_their_ground(text, ground, palette):
    assert contrast(colour(text, palette), colour(ground, palette)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("line", ["line-strong", "focus", "brand", "stop"])
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_the_edge_of_what_can_be_pressed_and_the_mark_of_the_keyboard_stand_out(line, ground, palette):
    assert contrast(colour(line, palette), colour(ground, palette)) >= 3


def test_every_colour_of_the_light_look_has_its_dark_one_and_no_rule_writes_a_colour():
    names = {name: set(re.findall(r"--([a-z-]+): #", text)) for name, text in PALETTES.items()}
    loose = [
        line
        for file in ("web", "narrow", "elder")
        for line in (LOOKS / f"{file}.css").read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9a-f]{3,6}\b", line) and not re.match(r"  --[a-z-]+: #", line)
    ]

    assert names["web"] == names["dark"]
    assert loose == []


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_says_what_to_do_in_both_languages_and_needs_no_database(name):
    with translation.override("zh-hans"):
        zh = render_to_string(name)
    with translation.override("en"):
        en = render_to_string(name)

    assert "<li>" in zh
    assert "<li>" in en
    assert not re.search(r"[a-z]{4,} [a-z]{4,} [a-z]{4,}", re.sub(r"<[^>]*>", "", zh))
    assert not re.search(r"[\u4e00-\u9fff]", en)
