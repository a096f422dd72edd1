"""Changes to accounts. Each is written to the record in its own transaction, and names nobody.

`by` is the key of who acts, or "system" for the command line and the sample county.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import access, selectors
from shanzhi.apps.accounts.models import Account, Grant, plain_name
from shanzhi.apps.record import actions as record
from shanzhi.web.look import Look
from shanzhi.web.refusals import Refused, Wrong


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str, role: str, scope: int, until: date | None = None,
    same_as: Account | None = None, by: str,
) -> Account:  # fmt: skip
    """An account with its first role. The same form sent twice makes one account.

    `same_as` is an account that got this very password a moment ago: many demo accounts share one slow hash.
    """
    username = plain_name(username)
    asked = {"name": name, "password": password, "role": role, "scope": scope}
    if existing := Account.objects.filter(username=username).first():
        return _repeated(existing, **asked)
    account = Account(username=username, name=name.strip())
    _use_password(account, password, same_as)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # taken since the look: by this very form, pressed twice, or by someone else
        return _repeated(Account.objects.get(username=username), **asked)
    _write(by, "accounts.created", account, scope)
    grant(account=account, role=role, scope=scope, until=until, by=by)
    return account


@transaction.atomic
def set_password(*, account: Account, password: str, by: str) -> None:
    """Give the account another password; every browser that it is signed in from is signed out."""
    _use_password(account, password)
    account.save(update_fields=["password"])
    _write(by, "accounts.password_set", account, own=account.key == by)


@transaction.atomic
def grant(
    *, account: Account, role: str, scope: int, until: date | None = None, reason: str = "", by: str
) -> Grant:
    """Grant a role over a place and all beneath it, from today. Nobody grants to himself."""
    _refuse_oneself(account, by)
    today = timezone.localdate()
    if until is not None and until < today:
        raise Wrong("until", _("The last day lies in the past. Leave it empty or choose a later day."))
    granted, is_new = Grant.objects.get_or_create(
        account=account, role=role, scope=scope, since=today, revoked_at=None,
        defaults={"until": until, "granted_by": by, "reason": reason},
    )  # fmt: skip
    if is_new:
        _write(by, "accounts.granted", account, scope, role=role, until=until and until.isoformat())
    return granted


@transaction.atomic
def revoke(*, grant: Grant, by: str) -> None:
    """Take a role away, from this moment on. Done twice, it is done once. Nobody revokes his own."""
    _refuse_oneself(grant.account, by)
    ended = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        _write(by, "accounts.revoked", grant.account, grant.scope, role=grant.role)


@transaction.atomic
def end_grants(scopes: Iterable[int], *, by: str) -> list[int]:
    """Take away all that is granted over these very places, because they end; ids of what was taken away.

    Nothing is carried over to what follows them: a grant over a village of 300 would become one over 3,000. Whoever
    looks after the accounts is shown the list and grants anew.
    """
    ending = Grant.objects.select_for_update(no_key=True).filter(access.not_over(), scope__in=list(scopes))
    ended = list(ending.select_related("account"))
    Grant.objects.filter(pk__in=[each.pk for each in ended]).update(revoked_at=timezone.now())
    for each in ended:
        _write(by, "accounts.place_ended", each.account, each.scope, role=each.role)
    return [each.pk for each in ended]


@transaction.atomic
def unlock(*, account: Account, by: str) -> None:
    """Let someone try again who typed a wrong password too often."""
    AxesProxyHandler.reset_attempts(username=selectors.attempt_name(account.username))
    _write(by, "accounts.unlocked", account)


@transaction.atomic
def keep_look(*, account: Account, look: Look, by: str) -> None:
    """Remember how its owner wants to see pages. Not in the record: it is nobody's business how well somebody sees."""
    if account.key != by:
        raise Refused(_("Nobody chooses for somebody else how pages look."))
    account.look = str(look)
    account.save(update_fields=["look"])


@transaction.atomic
def note_sign_in(*, account: Account) -> None:
    """Record that the account signed in."""
    _write(account.key, "accounts.signed_in", account)


@transaction.atomic
def note_sign_out(*, account: Account) -> None:
    """Record that the account signed out."""
    _write(account.key, "accounts.signed_out", account)


@transaction.atomic
def note_lockout(*, username: str) -> None:
    """Record that a sign-in name was locked; a name that nobody has is not written anywhere."""
    if account := Account.objects.filter(username=plain_name(username)).first():
        _write("nobody", "accounts.locked", account)


def _write(by: str, act: str, account: Account, scope: int | None = None, **facts: object) -> None:
    record.write(
        by=by, act=act, subject=f"account:{account.key}", scope=scope or selectors.home_of(account), **facts
    )


def _use_password(account: Account, password: str, same_as: Account | None = None) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Wrong("password", *error.messages) from None
    if same_as is not None:
        account.password = same_as.password
    else:
        account.set_password(password)


def _repeated(existing: Account, *, name: str, password: str, role: str, scope: int) -> Account:
    """The account that the same form made before. Raises Wrong when the name is somebody else's."""
    if (
        existing.name == name.strip()
        and existing.grants.filter(role=role, scope=scope, since=timezone.localdate()).exists()
        and existing.check_password(password)
    ):
        return existing
    raise Wrong("username", _("This sign-in name is taken. Choose another one."))


def _refuse_oneself(account: Account, by: str) -> None:
    if account.key == by:
        raise Refused(_("Nobody changes his own roles. Ask another operator, or the county office."))
