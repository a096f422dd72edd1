"""Who lives where in the sample county: from the dice alone, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random

from shanzhi.apps.elections.sample.stand import FIRST_OF_ITS_SCENE, ROSTER, STANDS
from shanzhi.apps.places import sample as people

SMALL_SCENE, SMALL_OTHER = 64, 3  # households a village of the small county, with a scene and without
SMALLEST_BEGUN, LARGEST_BEGUN, ROSTER_HOUSEHOLDS = 100, 330, 96
SCENES = {stand.code: stand.scene for stand in STANDS}

Households = list[tuple[str, str, list[people.Villager]]]


def peopled(
    codes: Iterable[str], seed: int, *, today: date, small: bool = False
) -> Iterator[tuple[str, Households]]:
    """The villages in the order of their codes, each with its households: the same for the same seed."""
    dice = Random(seed)  # noqa: S311 - invented people, no secrets
    maker = people.Maker(dice, today)
    for code, size in _sizes(sorted(codes), dice, small=small).items():
        known = SCENES.get(code) != "roll_unknown"
        yield code, list(people.people(size, maker, arrivals_known=known))


def _sizes(codes: list[str], dice: Random, *, small: bool) -> dict[str, int]:
    if small:
        begun = {ROSTER, *(stand.code for stand in FIRST_OF_ITS_SCENE)}
        return {code: SMALL_SCENE if code in begun else SMALL_OTHER for code in codes}
    drawn = people.sizes(len(codes) - 1, dice)
    places = iter(drawn)
    sizes = {code: ROSTER_HOUSEHOLDS if code == ROSTER else next(places) for code in codes}
    return _largest_aside(sizes)


def _largest_aside(sizes: dict[str, int]) -> dict[str, int]:
    """The largest villages have not begun: a visitor can read through a roll, and the build stays short."""
    waiting = sorted((code for code in sizes if code not in SCENES), key=lambda code: (sizes[code], code))
    smaller = [code for code in waiting if SMALLEST_BEGUN < sizes[code] <= LARGEST_BEGUN and code != ROSTER]
    for code in SCENES:
        if sizes[code] > LARGEST_BEGUN and smaller:
            other = smaller.pop()
            sizes[code], sizes[other] = sizes[other], sizes[code]
    return sizes
