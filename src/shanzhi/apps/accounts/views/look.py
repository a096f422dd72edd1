"""Large letters, light or dark: chosen on every page, by anyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import actions


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Into the browser of whoever chose, and into his account if he is signed in; then back to the page."""
    request.look = request.look.but(request.POST)
    if request.user.is_authenticated:
        actions.keep_look(account=request.user, look=request.look, by=request.user.key)
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(page if ours else "/")
