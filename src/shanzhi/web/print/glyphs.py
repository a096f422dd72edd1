"""Which characters the print fonts hold: asked before every print."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from shanzhi.web import wording

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


class MissingGlyphs(Exception):  # noqa: N818 - reads as the thing that happened
    """The print fonts lack these characters: what has them cannot be printed correctly yet."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(
            _(
                "The print font has no glyph for: {characters}. Correct the name if it was mistyped; otherwise ask the "
                "operator to install a font that has it. Nothing was printed."
            ).format(characters=wording.listed(f"{c}{wording.aside(f'U+{ord(c):04X}')}" for c in characters))
        )


def check(text: str) -> None:
    """Raises MissingGlyphs, naming every character of `text` that one of the two fonts lacks."""
    missing = sorted({c for c in text if c not in "\n\r\t" and ord(c) not in held()})
    if missing:
        raise MissingGlyphs("".join(missing))


@lru_cache(maxsize=1)
def held() -> frozenset[int]:
    """Code points that both fonts hold."""
    maps = []
    for path in sorted(FONTS.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)
