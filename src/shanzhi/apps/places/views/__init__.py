"""Pages of the places room."""

from shanzhi.apps.places.views import (
    below,
    codes,
    county,
    divisions,
    duplicates,
    kin,
    lives,
    maps,
    person,
    rights,
    searching,
)

__all__ = [
    "below",
    "codes",
    "county",
    "divisions",
    "duplicates",
    "kin",
    "lives",
    "maps",
    "person",
    "rights",
    "searching",
]
