"""A cell as a spreadsheet holds it -> the text that a person meant."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FORMULA: Final = ("=", "+", "-", "@")  # a cell that begins so may be run by a spreadsheet
_STRANGE: Final = re.compile(
    "[\u3000！-～\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U0001bca0-\U0001bca3\U000e0001-\U000e007f]"
)


def plain(cell: object) -> str:
    """A cell as text: full-width forms made narrow, invisible characters and outer spaces gone.

    Only the width changes: a rare character of a name keeps its own form. A whole number loses the ".0" of a float,
    and yes and no become 是 and 否.
    """
    if isinstance(cell, str):
        text = cell if cell.isascii() or not _STRANGE.search(cell) else _narrowed(cell)
        text = text.strip()
        return text.removeprefix("'").strip() if text.startswith("'") else text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return "" if cell is None else str(cell)


def _narrowed(text: str) -> str:
    seen = (c for c in text if unicodedata.category(c) != "Cf")
    return "".join(
        unicodedata.normalize("NFKC", c) if "！" <= c <= "～" or c == "\u3000" else c for c in seen
    )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `plain` reads it back as it was."""
    return f"'{text}" if text.startswith((*FORMULA, "\t", "\r")) else text
