"""The one door to tables: of a place, to somebody who may there, or they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.tables import registry
from shanzhi.apps.tables.declared import Scope, Table
from shanzhi.apps.tables.models import Export, Import

if TYPE_CHECKING:
    from shanzhi.apps.accounts.models import Account


def table_for(account: Account, key: str, code: str, *, edit: bool) -> tuple[Table, Scope]:
    """A table of a place, for somebody who may change it there, or only see it; or 404."""
    table, scope = _table(key), registry.scope_of(code=code)
    if scope is None:
        raise Http404
    accounts.require(account, table.edit if edit else table.see, scope.above)
    return table, scope


def template_for(account: Account, key: str) -> Table:
    """A table whose template the account may fetch: it may bring rows in somewhere."""
    table = _table(key)
    if not accounts.scopes_with(account, table.edit):
        raise Http404
    return table


def import_for(account: Account, key: str) -> tuple[Import, Table, Scope]:
    """An import, for somebody who may change its table there, or 404."""
    made = get_object_or_404(Import, key=key)
    table, scope = _table(made.table), registry.scope_of(pk=made.scope)
    if scope is None:
        raise Http404
    accounts.require(account, table.edit, scope.above)
    return made, table, scope


def export_for(account: Account, key: str) -> tuple[Export, Table, Scope]:
    """An export that the account itself ordered, while it may still see the table there; or 404."""
    made = get_object_or_404(Export, key=key, by=account.key if account.is_authenticated else "")
    table, scope = _table(made.table), registry.scope_of(pk=made.scope)
    if scope is None:
        raise Http404
    accounts.require(account, table.see, scope.above)
    return made, table, scope


def _table(key: str) -> Table:
    try:
        return registry.table(key)
    except KeyError:
        raise Http404 from None
