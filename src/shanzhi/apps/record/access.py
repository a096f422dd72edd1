"""Who may read the audit trail. Accounts and places lie on higher floors: the settings name the function that knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def audit_scopes(account: AbstractBaseUser | AnonymousUser) -> frozenset[int | None]:
    """The places whose events the account may read; None among them: events of no place. Raises Http404 for none."""
    scopes = frozenset(import_string(settings.AUDIT_SCOPES)(account))
    if not scopes:
        raise Http404
    return scopes
