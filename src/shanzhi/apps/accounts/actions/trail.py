"""How this room writes to the record: under the account's key, at the place of its first role."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.models import Account
from shanzhi.apps.record import actions as record
from shanzhi.web.refusals import Refused

NOBODY = "nobody"  # who tried is not known


def write(by: str, act: str, account: Account, scope: int | None = None, **facts: object) -> None:
    """Record what was done to an account. Facts hold keys, counts and words of ours, never what was typed."""
    record.write(
        by=by, act=act, subject=f"account:{account.key}", scope=scope or selectors.home_of(account), **facts
    )


def refuse_oneself(account: Account, by: str) -> None:
    """Nobody changes what he himself may do."""
    if account.key == by:
        raise Refused(_("Nobody changes his own roles. Ask another operator, or the county office."))
