"""Every change to places and people: a verb, atomic, with a named actor, written to the record."""

from shanzhi.apps.places.actions import people, rosters
from shanzhi.apps.places.actions.codes import apply_codes, compare_codes, drop_codes
from shanzhi.apps.places.actions.county import load_divisions, load_holidays, set_local_setting
from shanzhi.apps.places.actions.people import (
    add_person,
    correct_household,
    correct_person,
    mark_left,
    remove_kin,
    reveal_numbers,
    set_kin,
    take_back_left,
)
from shanzhi.apps.places.actions.rosters import check_roster, drop_roster, write_roster

__all__ = [
    "add_person",
    "apply_codes",
    "check_roster",
    "compare_codes",
    "correct_household",
    "correct_person",
    "drop_codes",
    "drop_roster",
    "load_divisions",
    "load_holidays",
    "mark_left",
    "people",
    "remove_kin",
    "reveal_numbers",
    "rosters",
    "set_kin",
    "set_local_setting",
    "take_back_left",
    "write_roster",
]
