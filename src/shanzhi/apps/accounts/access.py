"""Who may do what where: a live grant of a role that carries the permission, over one of the scopes.

A scope is the id of a place; a caller passes the ids of a place and of everything above it (`Place.scopes`).
Nothing is remembered between two questions: a grant that was revoked a moment ago holds nothing now.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.module_loading import import_string

from shanzhi.apps.accounts.models import Account, Grant, OutsideIdentity, Session
from shanzhi.apps.accounts.roles import MAY_GRANT, ONLY_BELOW, ROLES, Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may(account: Account | AnonymousUser, permission: Permission, scopes: Iterable[int]) -> bool:
    """Whether a grant that is live today gives `permission` over any of the scopes."""
    return not scopes_with(account, permission).isdisjoint(scopes)


def scopes_with(account: Account | AnonymousUser, permission: Permission) -> set[int]:
    """The places over which the account holds `permission` today; empty for strangers and the signed-out."""
    return {grant.scope for grant in live_grants(account) if permission in ROLES[grant.role].may}


def permissions_of(account: Account | AnonymousUser) -> set[Permission]:
    """Everything the account may do anywhere: what the navigation shows."""
    return {permission for grant in live_grants(account) for permission in ROLES[grant.role].may}


def require(account: Account | AnonymousUser, permission: Permission, scopes: Iterable[int]) -> None:
    """Raise Http404 unless the account may: to a stranger the thing does not exist."""
    if not may(account, permission, scopes):
        raise Http404


def live_grants(account: Account | AnonymousUser) -> QuerySet[Grant]:
    """The account's grants that hold today; none for someone signed out or whose account is closed."""
    if not account.is_authenticated or not account.is_active:
        return Grant.objects.none()
    return standing_grants().filter(account=account)


def standing_grants() -> QuerySet[Grant]:
    """Everyone's grants that hold today."""
    today = timezone.localdate()
    return Grant.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, revoked_at=None, role__in=ROLES
    )


def not_over() -> Q:
    """Grants that hold today or will: neither revoked nor past their last day."""
    return (Q(until=None) | Q(until__gte=timezone.localdate())) & Q(revoked_at=None)


def places_managed_by(manager: Account | AnonymousUser) -> dict[int, str]:
    """Ids and labels of the places whose accounts this account looks after. Raises Http404 when there are none.

    Places lie on a higher floor: the settings name the function that knows them.
    """
    if not scopes_with(manager, Permission.MANAGE_ACCOUNTS):
        raise Http404
    return dict(import_string(settings.SCOPE_NAMES)(manager))


def ended_places_managed_by(manager: Account | AnonymousUser) -> list[int]:
    """Ids of places that have ended where this account looked after accounts: those who lost a role there stay in reach."""
    return import_string(settings.ENDED_SCOPES)(scopes_with(manager, Permission.MANAGE_ACCOUNTS))


def place_names(scopes: Iterable[int]) -> dict[int, str]:
    """Names of places by their ids."""
    return import_string(settings.PLACE_NAMES)(scopes)


def grants_not_over(account: Account) -> QuerySet[Grant]:
    """The account's grants that hold today or will hold later."""
    return account.grants.filter(not_over(), role__in=ROLES)


def standing_of(scopes: Iterable[int]) -> dict[int, tuple[str, frozenset[int]]]:
    """The kind of each living place, and the ids of itself and everything above it."""
    return import_string(settings.PLACE_STANDING)(scopes)


def may_grant(manager: Account, role: str, scope: int) -> bool:
    """Whether the manager may give this role over this place: the table stands in `roles`."""
    mine = scopes_with(manager, Permission.MANAGE_ACCOUNTS)
    standing = standing_of({scope, *mine})
    if role not in ROLES or scope not in standing:
        return False
    kind, above = standing[scope]
    return kind in ROLES[role].over and any(
        role in MAY_GRANT.get(standing[each][0], ()) and not (role in ONLY_BELOW and each == scope)
        for each in mine & above & standing.keys()
    )


def roles_grantable_by(manager: Account) -> list[str]:
    """The roles that the manager may give over at least one of his places, in the order of `roles`."""
    mine = scopes_with(manager, Permission.MANAGE_ACCOUNTS)
    kinds = {kind for kind, _above in standing_of(mine).values()}
    return [role for role in ROLES if any(role in MAY_GRANT.get(kind, ()) for kind in kinds)]


def accounts_managed_by(manager: Account | AnonymousUser) -> QuerySet[Account]:
    """Accounts of the manager's places: something was granted to them there, and nothing live beyond."""
    inside = [*places_managed_by(manager), *ended_places_managed_by(manager)]
    beyond = Grant.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()), revoked_at=None)
    return (
        Account.objects.filter(grants__scope__in=inside)
        .exclude(pk__in=beyond.exclude(scope__in=inside).values("account"))
        .distinct()
    )


def account_for(manager: Account | AnonymousUser, key: str) -> Account:
    """An account that the manager looks after, or Http404."""
    return get_object_or_404(accounts_managed_by(manager), key=key)


def grant_for(manager: Account | AnonymousUser, key: str, pk: int) -> Grant:
    """A grant that still stands, of an account that the manager looks after, or Http404."""
    return get_object_or_404(account_for(manager, key).grants, pk=pk, revoked_at=None)


def session_of(account: Account, key: str) -> Session:
    """A browser in which this account is signed in, or Http404."""
    return get_object_or_404(Session, account=account, key=key, ended_at=None)


def identity_of(account: Account, key: str) -> OutsideIdentity:
    """An outside identity of this account, or Http404."""
    return get_object_or_404(OutsideIdentity, account=account, key=key)


def audited_scopes(account: Account | AnonymousUser) -> set[int | None]:
    """The places whose events the account may read, as the record room sees it; Http404 when there are none."""
    scopes = set(import_string(settings.AUDIT_SCOPES)(account))
    if not scopes:
        raise Http404
    return scopes
