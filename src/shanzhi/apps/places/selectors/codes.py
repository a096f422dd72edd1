"""A codes file looked over before a county is made of it."""

from __future__ import annotations

from shanzhi.apps.places.bridge import codes


def codes_text(content: bytes) -> str:
    """The text of a codes file, UTF-8 or GBK. Raises Unreadable."""
    return codes.decoded(content)


def codes_checked(content: str, county_code: str) -> tuple[list[codes.Row], list[tuple[int, str]]]:
    """The good rows, and every bad one with its number and why. Raises Unreadable or Wrong."""
    return codes.check(content, codes.county_code(county_code))
