"""A session ends after half an hour without a click, and after eight hours in any case (DJ-02; both are settings).

What was typed when it ran out is not lost: `config.lapsed` keeps it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from shanzhi.apps.accounts import actions
from shanzhi.apps.accounts.views.entering import BEGAN, SEEN
from shanzhi.web import trouble

A_LOOK = 60  # seconds: no more often is it written down that somebody is still there


def limited(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a session that has run out is no session any more."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SEEN in request.session:
            _look(request)
        return get_response(request)

    return answer


def _look(request: HttpRequest) -> None:
    session, now = request.session, timezone.now()
    idle = now.timestamp() - session[SEEN]
    if (
        idle >= settings.SESSION_IDLE_MINUTES * 60
        or now.timestamp() - session[BEGAN] >= settings.SESSION_HOURS * 3600
    ):
        actions.lapse(session_key=session.session_key)
        session.flush()
    elif idle >= A_LOOK:
        session[SEEN] = int(now.timestamp())
        with trouble.passed_over("a session that was seen"):
            actions.see_session(session_key=session.session_key, at=now)
