"""How a reader wants to see pages: with large letters or not, light, dark, or as his system does.

A cookie says it to every page; an account carries it to the next computer (`accounts.actions.keep_look`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

COOKIE = "shanzhi_look"
SIZES = ("normal", "large")
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen; unless something was, letters of the usual size, light or dark as the system."""

    size: str = SIZES[0]
    theme: str = THEMES[0]

    def __str__(self) -> str:
        return f"{self.size}-{self.theme}"

    @property
    def large(self) -> bool:
        return self.size == "large"

    def but(self, asked: Mapping[str, str]) -> Look:
        """The same with what is asked for; words that mean nothing change nothing."""
        size, theme = asked.get("size"), asked.get("theme")
        return replace(
            self,
            size=size if size in SIZES else self.size,
            theme=theme if theme in THEMES else self.theme,
        )


def read(text: str | None) -> Look:
    """From the cookie or the account; anything else than a look is the usual one."""
    size, _, theme = (text or "").partition("-")
    return Look().but({"size": size, "theme": theme})
