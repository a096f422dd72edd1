"""Roles as code: what each may do, over which kind of place it is held, and who may grant it.

A role is granted over one place and holds for all beneath it.

| who looks after accounts of | may grant |
|---|---|
| the county | county office, auditor, department reviewer, inspector; operator of a township; every clerk and teller |
| a township | township clerk, village clerk and teller of the township |

Nobody grants the role that he holds himself over the same place: another operator of the county is made on the server
(`manage.py create_operator`). Nobody holds two roles that are kept apart (DJ-04): who manages accounts does not read
the audit trail, and an auditor changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that may be done somewhere."""

    SEE_BOARD = "see_board"  # stages and clocks of the villages; no person's data
    SEE_PEOPLE = "see_people"  # households and people, numbers masked
    EDIT_PEOPLE = "edit_people"  # add, correct, import people
    PLAN_RENEWAL = "plan_renewal"  # open a renewal, set its window and local settings
    RUN_ELECTION = "run_election"  # roll, objections, candidates, mandates, account
    DECIDE_STOP = "decide_stop"  # record a decision where the law stops; announce
    ENTER_SHEET = "enter_sheet"  # type count sheets
    SETTLE_SHEET = "settle_sheet"  # settle a difference between two entries
    PRINT = "print"  # named rolls, slips, notices
    MANAGE_ACCOUNTS = "manage_accounts"  # make accounts, grant and revoke roles
    MANAGE_SETTINGS = "manage_settings"  # holiday tables, local settings
    READ_AUDIT = "read_audit"  # who did what, when; who looked at what


@dataclass(frozen=True, slots=True)
class Role:
    """A named bundle of permissions; `over`: the kinds of places that it is granted over."""

    key: str
    name: str | Promise
    says: str | Promise
    over: frozenset[str]
    may: frozenset[Permission]


def _role(key: str, name: str | Promise, says: str | Promise, over: str, *may: Permission) -> Role:
    return Role(key, name, says, frozenset(over.split()), frozenset(may))


P = Permission
_ALL_ROLES = (
    _role(
        "operator", _("System operator"),
        _("Looks after accounts and settings; sees no person's data and does not read the audit trail"),
        "county township", P.MANAGE_ACCOUNTS, P.MANAGE_SETTINGS,
    ),
    _role(
        "auditor", _("Auditor"), _("Searches and exports the audit trail, sees who looked at what; changes nothing"),
        "county township", P.READ_AUDIT,
    ),
    _role(
        "county_office", _("County office"), _("Plans the renewal and sees where every village stands"), "county",
        P.SEE_BOARD, P.SEE_PEOPLE, P.PLAN_RENEWAL, P.DECIDE_STOP, P.PRINT, P.MANAGE_SETTINGS, P.READ_AUDIT,
    ),
    _role(
        "department_reviewer", _("Department reviewer"),
        _("Will answer questions about nominees; until those pages are built it opens only its own account"), "county",
    ),
    _role(
        "inspector", _("Inspector"),
        _("Will open sealed reports; until those pages are built it opens only its own account"), "county",
    ),
    _role(
        "township_clerk", _("Township clerk"), _("Runs the elections of the township's villages"), "township",
        P.SEE_BOARD, P.SEE_PEOPLE, P.EDIT_PEOPLE, P.RUN_ELECTION, P.DECIDE_STOP, P.ENTER_SHEET, P.SETTLE_SHEET, P.PRINT,
    ),
    _role(
        "village_clerk", _("Village clerk"), _("Prepares the village's roll and papers"), "village community",
        P.SEE_BOARD, P.SEE_PEOPLE, P.EDIT_PEOPLE, P.RUN_ELECTION, P.ENTER_SHEET, P.PRINT,
    ),
    _role("teller", _("Teller"), _("Types the count sheets of one village"), "village", P.ENTER_SHEET),
)  # fmt: skip
ROLES: Mapping[str, Role] = {role.key: role for role in _ALL_ROLES}

# Who may grant what, by the kind of the place over which somebody looks after accounts.
MAY_GRANT: Mapping[str, frozenset[str]] = {
    "county": frozenset(ROLES),
    "township": frozenset({"township_clerk", "village_clerk", "teller"}),
}
ONLY_BELOW = frozenset({"operator"})  # granted over places beneath one's own, never over the same

# Kept apart (DJ-04): nobody holds both permissions of a pair, wherever.
APART: tuple[tuple[Permission, Permission], ...] = ((P.MANAGE_ACCOUNTS, P.READ_AUDIT),)
ALONE = frozenset({"auditor"})  # held together with no role that may do anything


def clash(role: str, held: frozenset[str] | set[str]) -> str:
    """The role among those held that must not be held together with `role`; empty when there is none."""
    for other in sorted(held - {role}):
        both = (ROLES[role].may, ROLES[other].may)
        if {role, other} & ALONE and all(both):
            return other
        if any(
            (one in both[0] and two in both[1]) or (two in both[0] and one in both[1]) for one, two in APART
        ):
            return other
    return ""
