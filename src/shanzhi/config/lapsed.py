"""Somebody signed out for idleness presses a button: nothing that he typed is lost, and he ends at no dead address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shanzhi.apps.accounts.views import session


def back_to_the_form(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a form sent without a session is kept until he has signed in; a form's address that is opened says so.

    A file cannot be kept: with one in it, the form leads back to its own page, to choose the file again.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if request.method == "POST" and response.headers.get("Location", "").startswith(f"{sign_in}?"):
            if not request.FILES:
                return session.sign_in_first(request)
            messages.warning(
                request,
                _("You were signed out meanwhile, and the file was not saved. Sign in and choose it again."),
            )
            response.headers["Location"] = f"{sign_in}?{urlencode({'next': _page_of(request)})}"
        elif response.status_code == 405 and request.method == "GET":
            return render(request, "405.html", status=405)
        return response

    return answer


def _page_of(request: HttpRequest) -> str:
    """The page that holds the form, when the browser tells and it is one of ours; else the front page."""
    told = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        told, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(told) if ours else urlsplit("/")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
