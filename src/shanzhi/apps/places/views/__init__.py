"""Pages of the places room."""

from shanzhi.apps.places.views import (
    codes,
    county,
    divisions,
    duplicates,
    kin,
    lives,
    person,
    rights,
    rosters,
    searching,
)

__all__ = [
    "codes",
    "county",
    "divisions",
    "duplicates",
    "kin",
    "lives",
    "person",
    "rights",
    "rosters",
    "searching",
]
