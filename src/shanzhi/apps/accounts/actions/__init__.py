"""Changes to accounts. Each is written to the record in its own transaction, and names nobody.

`by` is the key of who acts, or "system" for the command line and the sample county.
"""

from shanzhi.apps.accounts.actions.accounts import close_account, create_account, reopen_account
from shanzhi.apps.accounts.actions.grants import end_grants, grant, revoke
from shanzhi.apps.accounts.actions.look import keep_look
from shanzhi.apps.accounts.actions.outside import link_outside, note_refused, unlink_outside
from shanzhi.apps.accounts.actions.passwords import set_password
from shanzhi.apps.accounts.actions.second_factor import (
    check_code,
    new_recovery_codes,
    remove_second_factor,
    reset_second_factor,
    set_up_second_factor,
)
from shanzhi.apps.accounts.actions.sessions import (
    begin_session,
    end_session,
    end_sessions,
    lapse,
    move_session,
    note_sign_out,
    see_session,
)
from shanzhi.apps.accounts.actions.sign_in import note_failure, note_lockout, note_sign_in, unlock

__all__ = [
    "begin_session",
    "check_code",
    "close_account",
    "create_account",
    "end_grants",
    "end_session",
    "end_sessions",
    "grant",
    "keep_look",
    "lapse",
    "link_outside",
    "move_session",
    "new_recovery_codes",
    "note_failure",
    "note_lockout",
    "note_refused",
    "note_sign_in",
    "note_sign_out",
    "remove_second_factor",
    "reopen_account",
    "reset_second_factor",
    "revoke",
    "see_session",
    "set_password",
    "set_up_second_factor",
    "unlink_outside",
    "unlock",
]
