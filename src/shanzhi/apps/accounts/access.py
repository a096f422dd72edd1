"""Who may do what where: a live grant of a role that carries the permission, over one of the scopes.

A scope is the id of a place; a caller passes the ids of a place and of everything above it (`Place.scopes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.accounts.roles import ROLES, Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may(account: Account | AnonymousUser, permission: Permission, scopes: Iterable[int]) -> bool:
    """Whether a grant that is live today gives `permission` over any of the scopes."""
    return not scopes_with(account, permission).isdisjoint(scopes)


def scopes_with(account: Account | AnonymousUser, permission: Permission) -> set[int]:
    """The places over which the account holds `permission` today; empty for strangers and the signed-out."""
    return {grant.scope for grant in _live(account) if permission in ROLES[grant.role].may}


def permissions_of(account: Account | AnonymousUser) -> set[Permission]:
    """Everything the account may do anywhere: what the navigation shows."""
    return {permission for grant in _live(account) for permission in ROLES[grant.role].may}


def require(account: Account | AnonymousUser, permission: Permission, scopes: Iterable[int]) -> None:
    """Raise Http404 unless the account may: to a stranger the thing does not exist."""
    if not may(account, permission, scopes):
        raise Http404


def live_grants() -> QuerySet[Grant]:
    """Grants that hold today, of accounts that are not closed."""
    today = timezone.localdate()
    return Grant.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, role__in=ROLES, account__is_active=True
    )


def _live(account: Account | AnonymousUser) -> Iterator[Grant]:
    """The account's live grants, read once a request: they hang on the account that the request carries."""
    if not account.is_authenticated:
        return
    held = account.__dict__.get("_live_grants")
    if held is None:
        held = account.__dict__["_live_grants"] = list(live_grants().filter(account=account))
    yield from held
