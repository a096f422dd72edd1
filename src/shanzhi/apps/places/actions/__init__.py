"""Every change to places and people: a verb, atomic, with a named actor, written to the record."""

from shanzhi.apps.places.actions import people, rosters
from shanzhi.apps.places.actions.county import load_divisions, load_holidays, set_local_setting
from shanzhi.apps.places.actions.people import add_person, correct_person, mark_left, set_kin
from shanzhi.apps.places.actions.rosters import check_roster, drop_roster, write_roster

__all__ = [
    "add_person",
    "check_roster",
    "correct_person",
    "drop_roster",
    "load_divisions",
    "load_holidays",
    "mark_left",
    "people",
    "rosters",
    "set_kin",
    "set_local_setting",
    "write_roster",
]
