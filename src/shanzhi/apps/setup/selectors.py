"""Whether the set-up is open, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import sealing
from shanzhi.apps.setup.models import Draft


@dataclass(frozen=True, slots=True)
class Township:
    """A township of the draft with its villages and communities."""

    name: str
    code: str
    below: list[str]


def draft() -> Draft | None:
    """The draft, while there is no county and somebody has started the program for one."""
    return None if places.county() else Draft.objects.first()


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(each for each in code.casefold() if each.isalnum())


def fits(held: Draft, code: str) -> bool:
    """Whether this is the code that the terminal showed."""
    return bool(held.digest) and held.digest in sealing.look_ups(plain(code), purpose="set-up code")


def townships(held: Draft) -> list[Township]:
    """The places of the draft, by township."""
    rows, _faults = places.codes_checked(held.content, held.county_code)
    found: dict[str, Township] = {}
    for row in rows:
        found.setdefault(row.township_code, Township(row.township_name, row.township_code, [])).below.append(
            row.name
        )
    return list(found.values())
