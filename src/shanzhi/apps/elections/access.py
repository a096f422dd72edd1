"""The one door to an election: fetched with permission, or it does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections.models import Election, Renewal

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account


def election_for(account: Account, key: str, *permissions: Permission) -> Election:
    """The election, for someone who holds any of the permissions over its village. A stranger gets 404."""
    election = get_object_or_404(
        Election.objects.select_related("village__parent", "renewal__county", "parent__parent"), key=key
    )
    if not any(may(account, election, permission) for permission in permissions):
        raise Http404
    return election


def may(account: Account, election: Election, permission: Permission) -> bool:
    """Whether the account holds this permission over the election's village."""
    return accounts.may(account, permission, election.village.scopes)


def renewal_for(account: Account, key: str, permission: Permission) -> Renewal:
    """The renewal, for someone with the permission over its county, or 404."""
    renewal = get_object_or_404(Renewal.objects.select_related("county"), key=key)
    if not accounts.may(account, permission, renewal.county.scopes):
        raise Http404
    return renewal
