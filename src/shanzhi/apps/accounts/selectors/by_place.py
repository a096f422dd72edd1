"""Grants in words, for a list that goes by place: what ends when a place ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.accounts.roles import ROLES


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant with whose it is."""

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
            each.pk, each.account, ROLES[each.role].name, each.scope, names.get(each.scope, ""), not each.revoked_at
        )
        for each in found
        if each.role in ROLES
    ]  # fmt: skip
