"""The reader's look in a cookie: every page reads it there, and signing in brings along what the account remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from shanzhi.web import look


def remembered(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: `request.look`; when it was changed meanwhile, the browser keeps the new one for a year."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.look = known = look.read(request.COOKIES.get(look.COOKIE))
        response = get_response(request)
        if request.look != known:
            response.set_cookie(
                look.COOKIE, str(request.look), max_age=settings.LANGUAGE_COOKIE_AGE, httponly=True,
                secure=settings.BEHIND_TLS, samesite="Lax",
            )  # fmt: skip
        return response

    return answer


@receiver(user_logged_in, dispatch_uid="look")
def bring_along(request: HttpRequest | None, user: Any, **_more: object) -> None:
    """What the account remembers goes before what this browser does; an account that never chose changes nothing."""
    if user.look and hasattr(request, "look"):
        request.look = look.read(user.look)
