"""Browsers that are signed in: begun, seen, ended by their owner, by whoever looks after the account, or by time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session as Stored
from django.db import transaction
from django.utils import timezone

from shanzhi.apps.accounts.actions.trail import write
from shanzhi.apps.accounts.models import Account, Session

KEPT_DAYS = 30  # an ended session leaves the list; what it did stands in the record


@transaction.atomic
def begin_session(*, account: Account, session_key: str, browser: str, at: datetime) -> Session:
    """Note a browser that has just signed in; older ones of the account that are long over are forgotten."""
    account.sessions.filter(seen_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return Session.objects.create(
        account=account, session_key=session_key, browser=browser, began_at=at, seen_at=at
    )


def see_session(*, session_key: str, at: datetime) -> None:
    """The browser is still there. Not an event: only when it was last seen."""
    Session.objects.filter(session_key=session_key, ended_at=None).update(seen_at=at)


def move_session(*, old: str, new: str) -> None:
    """The same browser goes on under another key, as after a change of the password."""
    Session.objects.filter(session_key=old, ended_at=None).update(session_key=new)


@transaction.atomic
def end_session(*, session: Session, by: str) -> None:
    """Sign one browser out, wherever it is. Done twice, it is done once."""
    if _end(Session.objects.filter(pk=session.pk)):
        write(by, "accounts.session_ended", session.account, number=1)


@transaction.atomic
def end_sessions(*, account: Account, by: str, keep: str = "") -> int:
    """Sign the account out everywhere, but in the browser that is to be kept. How many were signed out."""
    ended = _end(account.sessions.exclude(session_key=keep) if keep else account.sessions.all())
    if ended:
        write(by, "accounts.session_ended", account, number=ended)
    return ended


@transaction.atomic
def lapse(*, session_key: str) -> None:
    """A session that ran out, for idleness or because its hours were over."""
    session = Session.objects.select_related("account").filter(session_key=session_key, ended_at=None).first()
    if session and _end(Session.objects.filter(pk=session.pk)):
        write(session.account.key, "accounts.timed_out", session.account)


@transaction.atomic
def note_sign_out(*, account: Account, session_key: str = "") -> None:
    """Record that the account signed out."""
    _end(account.sessions.filter(session_key=session_key))
    write(account.key, "accounts.signed_out", account)


def _end(sessions: object) -> int:
    """End those that have not ended: their keys open nothing from now on. How many could still have been used."""
    open_now = list(sessions.select_for_update(no_key=True, of=("self",)).filter(ended_at=None))
    now = timezone.now()
    Stored.objects.filter(session_key__in=[each.session_key for each in open_now]).delete()
    Session.objects.filter(pk__in=[each.pk for each in open_now]).update(ended_at=now)
    since = now - timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return sum(each.seen_at >= since for each in open_now)
