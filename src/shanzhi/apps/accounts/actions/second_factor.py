"""The second factor: codes of an app on a phone, ten codes on paper, and what is done when the phone is gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.actions.sessions import end_sessions
from shanzhi.apps.accounts.actions.sign_in import unlock
from shanzhi.apps.accounts.actions.trail import write
from shanzhi.apps.accounts.models import Account, RecoveryCode, SecondFactor
from shanzhi.apps.record import sealing
from shanzhi.core import otp
from shanzhi.web.refusals import Refused, Wrong

RECOVERY_CODES = 10


@transaction.atomic
def set_up_second_factor(*, account: Account, secret: bytes, code: str, at: datetime, by: str) -> list[str]:
    """Tie the account to the phone that shows this code; an earlier phone counts no more. The codes for paper.

    The codes are told this once: only their keyed hashes are kept.
    """
    step = otp.accept(secret, selectors.plain_code(code), at=at.timestamp(), after=0)
    if step is None:
        raise Wrong("code", _("This code is not right. Type the six figures that the phone shows now."))
    replaced, _rows = SecondFactor.objects.filter(account=account).delete()
    factor = SecondFactor(account=account, last_step=step)
    factor.secret = sealing.seal(factor, "secret", secret.hex())
    factor.save()
    codes = _write_codes(account)
    write(by, "accounts.second_factor_set", account, replaced=bool(replaced))
    return codes


def check_code(*, account: Account, typed: str, at: datetime) -> str:
    """What a typed code is: "app", "paper", or "" for a wrong one. Each holds once: a second time it is wrong."""
    typed = selectors.plain_code(typed)
    if len(typed) == otp.DIGITS and typed.isdigit():
        return "app" if _use_step(account, typed, at) else ""
    return "paper" if _use_recovery_code(account, typed) else ""


@transaction.atomic
def new_recovery_codes(*, account: Account, by: str) -> list[str]:
    """Ten new codes for paper; the old ones hold no more."""
    if not selectors.has_second_factor(account):
        raise Refused(_("Set up the codes on the phone first."))
    codes = _write_codes(account)
    write(by, "accounts.recovery_codes_made", account)
    return codes


@transaction.atomic
def remove_second_factor(*, account: Account, by: str) -> None:
    """The holder wants to sign in with the password alone, where the county leaves that open."""
    if selectors.second_factor_required():
        raise Refused(_("This county asks everyone for a second step. You can move it to another phone."))
    if _forget(account):
        write(by, "accounts.second_factor_removed", account)


@transaction.atomic
def reset_second_factor(*, account: Account, why: str, by: str) -> None:
    """For someone whose phone and paper are gone: he is signed out everywhere, and sets up a phone anew."""
    if account.key == by:
        raise Refused(_("Your own phone is changed on the page of your own account."))
    if _forget(account):
        end_sessions(account=account, by=by)
        if selectors.is_locked(account):
            unlock(account=account, by=by)
        write(by, "accounts.second_factor_reset", account, reason=why)


def _use_step(account: Account, code: str, at: datetime) -> bool:
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is None:
        return False
    secret = bytes.fromhex(sealing.unseal(factor, "secret"))
    step = otp.accept(secret, code, at=at.timestamp(), after=factor.last_step)
    if step is None:
        return False
    # Two browsers with one code at once: the database lets one of them through.
    return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))


@transaction.atomic
def _use_recovery_code(account: Account, typed: str) -> bool:
    digests = sealing.look_ups(typed, purpose=_purpose(account))
    used = account.recovery_codes.filter(digest__in=digests, used_at=None).update(used_at=timezone.now())
    if used:
        left = account.recovery_codes.filter(used_at=None).count()
        write(account.key, "accounts.recovery_code_used", account, left=left)
    return bool(used)


def _write_codes(account: Account) -> list[str]:
    account.recovery_codes.all().delete()
    codes = [selectors.new_recovery_code() for _each in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            account=account, digest=sealing.look_up(selectors.plain_code(code), purpose=_purpose(account))
        )
        for code in codes
    )
    return codes


def _forget(account: Account) -> bool:
    deleted, _rows = SecondFactor.objects.filter(account=account).delete()
    account.recovery_codes.all().delete()
    return bool(deleted)


def _purpose(account: Account) -> str:
    return f"recovery code of {account.key}"
