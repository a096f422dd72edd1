"""Reading what a command is given: files, days, and how an answer is printed."""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from shanzhi.cli.errors import Unusable

LARGEST_FILE = 16 * 1024 * 1024
FIRST_YEAR, LAST_YEAR = 1990, 2199


# How sure the house is of a rule's wording, for those that it has not read in a public copy.
GRADES = {
    "from_memory": "凭记忆，启用前须县里确认 from memory: the county signs off before real use",
    "practice": "惯例或我们的理解，须县里确认 practice or our reading: the county confirms",
}


def file_bytes(field: str, name: str) -> bytes:
    """The bytes of a file, or of standard input for "-"."""
    if name == "-":
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise Unusable(field, name, "at most 16 MB")
        return data
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)  # a device has no size to ask for
    except OSError as problem:
        raise Unusable(field, name, f"a file that can be read ({problem.strerror})") from None
    if len(data) > LARGEST_FILE:
        raise Unusable(field, name, "a file of at most 16 MB")
    return data


def json_file(field: str, name: str) -> Any:
    """The JSON value in a file; a key given twice is refused."""
    try:
        value = json.loads(file_bytes(field, name).decode("utf-8-sig"), object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode(
            "utf-8"
        )  # half a character (a lone surrogate) cannot be shown
    except (ValueError, RecursionError) as problem:
        raise Unusable(field, name, f"UTF-8 JSON ({problem})") from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unusable(key, value, "each key once")
        found[key] = value
    return found


def toml_file(field: str, name: str) -> dict[str, Any]:
    """The settings in a TOML file."""
    try:
        return tomllib.loads(file_bytes(field, name).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Unusable(field, name, f"UTF-8 TOML ({problem})") from None


def day(field: str, text: str) -> date:
    """A civil day as 2026-12-20, of a year in which the rules can be counted on."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Unusable(field, text, "a day as 2026-12-20") from None
    if found.isoformat() != text:  # 2026-W51-7 is a day to Python, not to a clerk
        raise Unusable(field, text, "a day as 2026-12-20")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unusable(field, text, f"a day of the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def print_json(value: Any) -> None:
    """The answer as UTF-8 JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
