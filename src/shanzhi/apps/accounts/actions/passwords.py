"""Passwords: long enough, not one that everybody knows, and not one of the last few."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.actions.sessions import end_sessions
from shanzhi.apps.accounts.actions.sign_in import unlock
from shanzhi.apps.accounts.actions.trail import write
from shanzhi.apps.accounts.models import Account
from shanzhi.web.refusals import Wrong


@transaction.atomic
def set_password(*, account: Account, password: str, by: str, keep: str = "") -> None:
    """Give the account another password; every browser that it is signed in from is signed out.

    `keep` is the session of somebody who changes his own. A password that another one sets is handed over: it has to
    be changed at the next sign-in.
    """
    held = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    _refuse_known(held, password)
    use_password(held, password)
    held.must_change = held.key != by
    held.save(update_fields=["password", "password_set_at", "must_change"])
    held.past_passwords.create(password=held.password)
    _forget_older(held)
    end_sessions(account=held, by=by, keep=keep)
    if held.must_change and selectors.is_locked(held):
        unlock(account=held, by=by)  # whoever was locked out by the old one may try the new one at once
    write(by, "accounts.password_set", held, own=held.key == by)
    account.refresh_from_db()


def use_password(account: Account, password: str, same_as: Account | None = None) -> None:
    """Put a password that keeps the rules on the account, which is not saved. Raises Wrong with every reason."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Wrong("password", *error.messages) from None
    account.password_set_at = timezone.now()
    if same_as is not None:
        account.password = same_as.password
    else:
        account.set_password(password)


def _refuse_known(account: Account, password: str) -> None:
    """Raises Wrong for the password of today and the last few before it."""
    last = settings.PASSWORD_HISTORY
    past = list(account.past_passwords.values_list("password", flat=True)[:last])
    if last and any(check_password(password, each) for each in {account.password, *past}):
        raise Wrong(
            "password",
            ngettext(
                "This is your last password. Choose one that you have not had.",
                "This is one of your last %(number)d passwords. Choose one that you have not had.",
                last,
            )
            % {"number": last},
        )


def _forget_older(account: Account) -> None:
    kept = account.past_passwords.values_list("pk", flat=True)[: max(settings.PASSWORD_HISTORY, 1)]
    account.past_passwords.exclude(pk__in=list(kept)).delete()
