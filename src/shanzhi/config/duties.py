"""Right after signing in some things come first: a password of one's own, a second step. Until then nothing else is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware

from shanzhi.apps.accounts.views import entering
from shanzhi.apps.accounts.views.kept import keep

# What stays open meanwhile: the duties themselves, leaving, and how the page looks and speaks.
OPEN = {
    "accounts:own_password", "accounts:second_factor", "accounts:sign_in", "accounts:sign_out", "accounts:look",
    "set_language",
}  # fmt: skip


@sync_only_middleware
class first_things_first:  # noqa: N801 - named like the other middlewares of this folder
    """Middleware: every page leads to what has to be done first; a form that was sent is kept until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN:
            return None
        if not request.user.is_authenticated or not request.session.get(entering.DUTIES):
            return None
        held = keep(request) if request.method == "POST" and not request.FILES else ""
        return entering.first_duty(request, kept=held, wanted=request.get_full_path())
