"""How long somebody went to school: by age, the same for the same person on any day, without a throw of the dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shanzhi.apps.places.sample.villagers import Villager

# Born before -> levels, each as often as its number says; "" is unknown.
LEVELS = (
    (1945, (("none", 38), ("primary", 44), ("junior", 14), ("senior", 4))),
    (1960, (("none", 14), ("primary", 48), ("junior", 30), ("senior", 8))),
    (1980, (("none", 3), ("primary", 28), ("junior", 54), ("senior", 13), ("college", 2))),
    (1995, (("primary", 8), ("junior", 52), ("senior", 22), ("college", 11), ("bachelor", 7))),
    (2005, (("junior", 28), ("senior", 32), ("college", 22), ("bachelor", 16), ("graduate", 2))),
    (2013, (("primary", 35), ("junior", 65))),
)
ONE_IN_UNKNOWN = 9


def education(each: Villager) -> str:
    """The level of schooling; nobody has asked one in nine, and small children have none to be asked about."""
    drawn = int(each.id_number[11:17])
    if drawn % ONE_IN_UNKNOWN == 0:
        return ""
    for before, levels in LEVELS:
        if each.born.year < before:
            return _drawn(levels, drawn * 7919 % 100)
    return ""


def _drawn(levels: tuple[tuple[str, int], ...], part: int) -> str:
    for level, share in levels:
        part -= share
        if part < 0:
            return level
    return levels[-1][0]
