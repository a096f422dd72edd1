"""What the rooms above hold of a person: they lie on higher floors, so the settings name the function that knows them.

Each room answers three questions (see `elections.selectors.persons`): `sections(ids)` for the printout of what is held,
`ties(ids)` for what stands in the way of merging an entry now, `kept(ids)` for whom its records have to keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what is held on one person, as a table in words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Room(Protocol):
    """What a room answers about people, by their ids."""

    def sections(self, ids: list[int]) -> list[Section]: ...

    def ties(self, ids: list[int]) -> dict[int, list[str]]: ...

    def kept(self, ids: list[int]) -> set[int]: ...


def _rooms() -> list[Room]:
    return import_string(settings.PERSON_ROOMS)()


def sections(ids: Iterable[int]) -> list[Section]:
    """What every room holds of one person (and of entries merged into it)."""
    every = list(ids)
    return [section for room in _rooms() for section in room.sections(every) if section.rows]


def ties(ids: Iterable[int]) -> dict[int, list[str]]:
    """What is under way in other rooms and names these entries."""
    found: dict[int, list[str]] = {}
    every = list(ids)
    for room in _rooms():
        for pk, words in room.ties(every).items():
            found.setdefault(pk, []).extend(words)
    return found


def kept(ids: Iterable[int]) -> set[int]:
    """Those whom the records of some room have to keep (votes, posts, money)."""
    every = list(ids)
    return {pk for room in _rooms() for pk in room.kept(every)}
