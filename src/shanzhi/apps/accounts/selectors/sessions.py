"""Where an account is signed in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from shanzhi.apps.accounts.models import Account, Session


def open_sessions(account: Account) -> QuerySet[Session]:
    """Browsers that are signed in: not ended, and not run out by idleness or by their hours."""
    now = timezone.now()
    return account.sessions.filter(
        ended_at=None,
        seen_at__gte=now - timedelta(minutes=settings.SESSION_IDLE_MINUTES),
        began_at__gte=now - timedelta(hours=settings.SESSION_HOURS),
    )
