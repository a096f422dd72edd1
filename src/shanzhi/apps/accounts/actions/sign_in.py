"""What is on record of signing in: that it was done, that it failed, that a name was locked and opened again."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.actions.trail import NOBODY, write
from shanzhi.apps.accounts.models import Account, plain_name


@transaction.atomic
def note_sign_in(*, account: Account, how: str = "password", second: str = "") -> None:
    """Record that the account signed in: by what, and by which second factor."""
    write(account.key, "accounts.signed_in", account, how=how, second=second)


@transaction.atomic
def note_failure(*, username: str, how: str = "password") -> None:
    """Record a failed try; a name that nobody has is not written anywhere: often enough a password is typed there."""
    if account := Account.objects.filter(username=plain_name(username)).first():
        write(NOBODY, "accounts.sign_in_failed", account, how=how)


@transaction.atomic
def note_lockout(*, username: str) -> None:
    """Record that a sign-in name was locked."""
    if account := Account.objects.filter(username=plain_name(username)).first():
        write(NOBODY, "accounts.locked", account)


@transaction.atomic
def unlock(*, account: Account, by: str) -> None:
    """Let someone try again who typed a wrong password or code too often."""
    AxesProxyHandler.reset_attempts(username=selectors.attempt_name(account.username))
    write(by, "accounts.unlocked", account)
