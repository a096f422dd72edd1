"""Making, closing and reopening accounts."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.accounts.actions.grants import grant
from shanzhi.apps.accounts.actions.passwords import use_password
from shanzhi.apps.accounts.actions.sessions import end_sessions
from shanzhi.apps.accounts.actions.trail import refuse_oneself, write
from shanzhi.apps.accounts.models import Account, plain_name
from shanzhi.apps.record.selectors import SYSTEM
from shanzhi.web.refusals import Wrong


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str, role: str, scope: int, since: date | None = None,
    until: date | None = None, reason: str = "", handed_over: bool | None = None,
    same_as: Account | None = None, by: str,
) -> Account:  # fmt: skip
    """An account with its first role. The same form sent twice makes one account.

    A password that somebody else chose is `handed_over`: its holder has to choose another one at the first sign-in.
    `same_as` is an account that got this very password a moment ago: many demo accounts share one slow hash.
    """
    username = plain_name(username)
    asked = {"name": name, "password": password, "role": role, "scope": scope}
    if existing := Account.objects.filter(username=username).first():
        return _repeated(existing, **asked)
    account = Account(username=username, name=name.strip())
    account.must_change = by != SYSTEM if handed_over is None else handed_over
    use_password(account, password, same_as)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # taken since the look: by this very form, pressed twice, or by someone else
        return _repeated(Account.objects.get(username=username), **asked)
    account.past_passwords.create(password=account.password)
    write(by, "accounts.created", account, scope)
    grant(
        account=account, role=role, scope=scope, since=since, until=until,
        reason=reason or _("first role of the account"), by=by,
    )  # fmt: skip
    return account


@transaction.atomic
def close_account(*, account: Account, why: str, by: str) -> None:
    """Close an account whose holder has left or must not come in: nothing is deleted. Done twice, it is done once."""
    refuse_oneself(account, by)
    if Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False, closed_for=why):
        end_sessions(account=account, by=by)
        write(by, "accounts.closed", account, reason=why)
        account.refresh_from_db()


@transaction.atomic
def reopen_account(*, account: Account, by: str) -> None:
    """Let the holder of a closed account come in again, with the roles that still stand."""
    refuse_oneself(account, by)
    if Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True, closed_for=""):
        write(by, "accounts.reopened", account)
        account.refresh_from_db()


def _repeated(existing: Account, *, name: str, password: str, role: str, scope: int) -> Account:
    """The account that the same form made before. Raises Wrong when the name is somebody else's."""
    if (
        existing.name == name.strip()
        and existing.created_at.date() >= timezone.now().date()
        and existing.grants.filter(role=role, scope=scope).exists()
        and existing.check_password(password)
    ):
        return existing
    raise Wrong("username", _("This sign-in name is taken. Choose another one."))
