"""Sign-in attempts: kept by django-axes, under a keyed hash instead of what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from shanzhi.apps.accounts.models import Account, plain_name
from shanzhi.apps.record import sealing
from shanzhi.apps.record import selectors as record

if TYPE_CHECKING:
    from django.http import HttpRequest


def attempt_name(username: str) -> str:
    """What stands for a sign-in name among the failed attempts; often enough a password is typed there."""
    return sealing.look_up(plain_name(username), purpose="sign-in attempt")


def attempt_name_of(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The same, for django-axes (AXES_USERNAME_CALLABLE)."""
    return attempt_name((credentials or request.POST).get("username") or "")


def tries_left(request: HttpRequest, username: str) -> int:
    """How often a password or code may still be typed wrongly before this name is locked."""
    failures = AxesProxyHandler.get_failures(request, {"username": username})
    return max(settings.AXES_FAILURE_LIMIT - failures, 0)


def locked_names(accounts: Iterable[Account]) -> set[str]:
    """Keys of those among the accounts whose sign-in is locked now."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failed = AccessAttempt.objects.filter(attempt_time__gte=since).values("username")
    locked = failed.annotate(failures=Sum("failures_since_start")).filter(
        failures__gte=settings.AXES_FAILURE_LIMIT
    )
    names = set(locked.values_list("username", flat=True))
    return {account.key for account in accounts if names and attempt_name(account.username) in names}


def is_locked(account: Account) -> bool:
    """Whether the account's sign-in is locked now."""
    return account.key in locked_names([account])


def failures_since(account: Account, since: datetime | None) -> int:
    """How often somebody failed to sign in to this account since a moment: told to its holder when he comes in."""
    failed = record.events(act="accounts.sign_in_failed", subject=f"account:{account.key}")
    return failed.filter(at__gt=since).count() if since else 0
