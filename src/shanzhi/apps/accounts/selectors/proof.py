"""How an account proves who it is, and what it has to put in order before anything else."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import Account, OutsideIdentity, SecondFactor
from shanzhi.apps.accounts.selectors.accounts import CLEAR_LETTERS
from shanzhi.apps.record import sealing
from shanzhi.core import otp

PROVIDER_NAMES: dict[str, str | Promise] = {
    "oidc": _("the unified sign-in"), "weixin": _("WeChat"), "dingtalk": _("DingTalk"),
}  # fmt: skip


def second_factor_required() -> bool:
    """Whether this county asks everyone for a second step (SHANZHI_SECOND_FACTOR)."""
    return settings.SECOND_FACTOR == "required"


def has_second_factor(account: Account) -> bool:
    """Whether a phone is tied to the account."""
    return SecondFactor.objects.filter(account=account).exists()


def recovery_codes_left(account: Account) -> int:
    """How many codes on paper still hold."""
    return account.recovery_codes.filter(used_at=None).count()


def new_recovery_code() -> str:
    """A code for paper: ten clear characters in two groups (about 49 bits)."""
    letters = "".join(secrets.choice(CLEAR_LETTERS) for _each in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def plain_code(typed: str) -> str:
    """A code as it is compared, however wide or spaced it was typed."""
    return "".join(each for each in unicodedata.normalize("NFKC", typed).casefold() if each.isalnum())


def phone_address(secret: bytes, *, name: str, issuer: str) -> str:
    """What the QR code says to the app on the phone."""
    label = quote(f"{issuer}:{name}", safe=":")
    asked = urlencode({"secret": otp.letters(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{asked}"


def password_is_old(account: Account) -> bool:
    """Whether the county's interval for changing passwords is over (DJ-02; SHANZHI_PASSWORD_DAYS, 0: never)."""
    days = settings.PASSWORD_DAYS
    return bool(days) and account.password_set_at + timedelta(days=days) <= timezone.now()


def duties(account: Account) -> list[str]:
    """What has to be done right after signing in, before anything else is open: in this order."""
    found = []
    if account.must_change:
        found.append("handed_over")
    elif password_is_old(account):
        found.append("old_password")
    if second_factor_required() and not has_second_factor(account):
        found.append("second_factor")
    return found


def providers() -> dict[str, str]:
    """The houses through which somebody may sign in here, by id; none without settings."""
    return {provider: provider_name(provider) for provider in settings.OUTSIDE}


def provider_name(provider: str) -> str:
    """What a provider is called on the page."""
    return settings.OUTSIDE.get(provider) or str(PROVIDER_NAMES.get(provider, provider))


def outside_digest(provider: str, uid: str) -> str:
    """What stands for an outside identity in our tables; the number itself is not kept."""
    return sealing.look_up(uid, purpose=f"outside identity at {provider}")


def outside_identity(provider: str, uid: str) -> OutsideIdentity | None:
    """The link of an outside identity to an account, if there is one."""
    digests = sealing.look_ups(uid, purpose=f"outside identity at {provider}")
    return (
        OutsideIdentity.objects.select_related("account")
        .filter(provider=provider, digest__in=digests)
        .first()
    )


def links_of(account: Account) -> list[tuple[str, str, OutsideIdentity | None]]:
    """Each provider with its name and the account's link to it, if there is one; links to providers that are off, too."""
    held = {each.provider: each for each in account.outside_identities.all()}
    every = [*settings.OUTSIDE, *(each for each in held if each not in settings.OUTSIDE)]
    return [(each, provider_name(each), held.get(each)) for each in every]
