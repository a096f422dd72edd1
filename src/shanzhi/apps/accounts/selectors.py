"""Questions about accounts: what they hold, whether they are locked, how many tries are left."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.models import Account, Grant, plain_name
from shanzhi.apps.accounts.roles import ROLES
from shanzhi.apps.record import sealing

if TYPE_CHECKING:
    from django.http import HttpRequest

# Letters and digits that nobody confuses when reading them aloud or off a slip of paper.
CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A grant in words."""

    id: int
    role: str | Promise
    says: str | Promise
    place: str
    since: date
    until: date | None


def roles_held(account: Account) -> list[HeldRole]:
    """What the account holds today, in words."""
    grants = list(access.live_grants(account))
    names = access.place_names({grant.scope for grant in grants})
    return [_in_words(grant, names) for grant in grants]


def _in_words(grant: Grant, names: Mapping[int, str]) -> HeldRole:
    role = ROLES[grant.role]
    return HeldRole(grant.pk, role.name, role.says, names[grant.scope].strip(), grant.since, grant.until)


def home_of(account: Account) -> int | None:
    """The place under which the account's own doings are recorded: that of its first role."""
    return access.live_grants(account).values_list("scope", flat=True).first()


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant with whose it is, for a list that goes by place."""

    id: int
    account: Account
    role: str | Promise
    scope: int
    place: str
    holds: bool


def granted_over(scopes: Iterable[int]) -> list[HeldGrant]:
    """What is granted over these very places and has not ended."""
    return _held(Grant.objects.filter(access.not_over(), scope__in=list(scopes), account__is_active=True))


def grants_in_words(ids: Iterable[int]) -> list[HeldGrant]:
    """Grants by their ids, ended ones too."""
    return _held(Grant.objects.filter(pk__in=list(ids)))


def _held(grants: QuerySet[Grant]) -> list[HeldGrant]:
    found = list(grants.select_related("account").order_by("account__name", "pk"))
    names = access.place_names({each.scope for each in found})
    return [
        HeldGrant(
            each.pk,
            each.account,
            ROLES[each.role].name,
            each.scope,
            names.get(each.scope, ""),
            not each.revoked_at,
        )
        for each in found
        if each.role in ROLES
    ]


def managed_by(manager: Account) -> QuerySet[Account]:
    """The accounts that the manager looks after."""
    return access.accounts_managed_by(manager)


@dataclass(frozen=True, slots=True)
class Line:
    """One account in the list."""

    account: Account
    roles: list[HeldRole]
    locked: bool


def lines(accounts: Iterable[Account], places: Mapping[int, str]) -> list[Line]:
    """The accounts with what they hold today at `places`, in two queries however many they are."""
    accounts = list(accounts)
    locked = locked_names(accounts)
    held: dict[int, list[HeldRole]] = {}
    for grant in access.standing_grants().filter(account__in=accounts):
        held.setdefault(grant.account_id, []).append(_in_words(grant, places))
    return [Line(each, held.get(each.pk, []), each.key in locked) for each in accounts]


def new_password() -> str:
    """A password to hand over on paper: twelve clear characters in groups of four (about 59 bits)."""
    letters = "".join(secrets.choice(CLEAR_LETTERS) for _ in range(12))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


# Sign-in attempts: kept by django-axes, under a keyed hash instead of what was typed.


def attempt_name(username: str) -> str:
    """What stands for a sign-in name among the failed attempts; often enough a password is typed there."""
    return sealing.look_up(plain_name(username), purpose="sign-in attempt")


def attempt_name_of(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The same, for django-axes (AXES_USERNAME_CALLABLE)."""
    return attempt_name((credentials or request.POST).get("username") or "")


def tries_left(request: HttpRequest, username: str) -> int:
    """How often a password may still be typed wrongly before this name is locked."""
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
