"""Every change to places and people: a verb, atomic, with a named actor, written to the record."""

from shanzhi.apps.places.actions import people
from shanzhi.apps.places.actions.codes import apply_codes, compare_codes, drop_codes
from shanzhi.apps.places.actions.county import load_divisions, load_holidays, set_local_setting
from shanzhi.apps.places.actions.duplicates import (
    answer_claim,
    claim,
    keep_apart,
    merge,
    take_back_merge,
    withdraw_claim,
)
from shanzhi.apps.places.actions.kin import confirm_kin, deny_kin, remove_kin, set_kin
from shanzhi.apps.places.actions.lives import (
    change_residence,
    keep_past_residences,
    mark_left,
    record_arrival,
    record_return,
    take_back_left,
    transfer,
)
from shanzhi.apps.places.actions.people import add_person, correct_household, correct_person, reveal_numbers
from shanzhi.apps.places.actions.rights import ask_correction, decide_correction, forget_person, note_print
from shanzhi.apps.places.actions.searching import index_people, note_search_by_digits, rebuild_index

__all__ = [
    "add_person",
    "answer_claim",
    "apply_codes",
    "ask_correction",
    "change_residence",
    "claim",
    "compare_codes",
    "confirm_kin",
    "correct_household",
    "correct_person",
    "decide_correction",
    "deny_kin",
    "drop_codes",
    "forget_person",
    "index_people",
    "keep_apart",
    "keep_past_residences",
    "load_divisions",
    "load_holidays",
    "mark_left",
    "merge",
    "note_print",
    "note_search_by_digits",
    "people",
    "rebuild_index",
    "record_arrival",
    "record_return",
    "remove_kin",
    "reveal_numbers",
    "set_kin",
    "set_local_setting",
    "take_back_left",
    "take_back_merge",
    "transfer",
    "withdraw_claim",
]
