"""Synthetic people for the sample county: the same for the same seed, none of them real.

Size and shape: about 26,000 rural households, 73,000 registered people, of whom about half live there; many elders
among those who do. Names are put together by chance. An ID number passes every check, but its first six digits are
a code that no county has, and a phone number lies in a range that no operator gives out: neither can be anybody's.
"""

from shanzhi.apps.places.sample.households import HOUSEHOLDS, SMALLEST, people, sizes
from shanzhi.apps.places.sample.land import lay_out
from shanzhi.apps.places.sample.living import live_on
from shanzhi.apps.places.sample.names import AVOIDED
from shanzhi.apps.places.sample.roster import roster_file, roster_rows, with_faults
from shanzhi.apps.places.sample.settling import settle, today
from shanzhi.apps.places.sample.villagers import Maker, Villager

__all__ = [
    "AVOIDED",
    "HOUSEHOLDS",
    "SMALLEST",
    "Maker",
    "Villager",
    "lay_out",
    "live_on",
    "people",
    "roster_file",
    "roster_rows",
    "settle",
    "sizes",
    "today",
    "with_faults",
]
