"""Roles as code: what each may do. A role is granted over one place and holds for all beneath it."""

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
    READ_AUDIT = "read_audit"  # who did what, when


@dataclass(frozen=True, slots=True)
class Role:
    """A named bundle of permissions."""

    key: str
    name: str | Promise
    says: str | Promise
    may: frozenset[Permission]


def _role(key: str, name: str | Promise, says: str | Promise, *may: Permission) -> Role:
    return Role(key, name, says, frozenset(may))


P = Permission
_ALL_ROLES = (
    _role(
        "operator", _("System operator"), _("Looks after accounts and settings; sees no person's data"),
        P.MANAGE_ACCOUNTS, P.MANAGE_SETTINGS, P.READ_AUDIT,
    ),
    _role(
        "county_office", _("County office"), _("Plans the renewal and sees where every village stands"),
        P.SEE_BOARD, P.SEE_PEOPLE, P.PLAN_RENEWAL, P.DECIDE_STOP, P.PRINT, P.MANAGE_SETTINGS, P.READ_AUDIT,
    ),
    _role(
        "township_clerk", _("Township clerk"), _("Runs the elections of the township's villages"),
        P.SEE_BOARD, P.SEE_PEOPLE, P.EDIT_PEOPLE, P.RUN_ELECTION, P.DECIDE_STOP, P.ENTER_SHEET, P.SETTLE_SHEET, P.PRINT,
    ),
    _role(
        "village_clerk", _("Village clerk"), _("Prepares the village's roll and papers"),
        P.SEE_BOARD, P.SEE_PEOPLE, P.EDIT_PEOPLE, P.RUN_ELECTION, P.ENTER_SHEET, P.PRINT,
    ),
    _role("teller", _("Teller"), _("Types the count sheets of one village"), P.ENTER_SHEET),
)  # fmt: skip
ROLES: Mapping[str, Role] = {role.key: role for role in _ALL_ROLES}
