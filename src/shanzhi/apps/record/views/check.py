"""Page: check a downloaded proof in the browser, with nothing but the log's public key."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shanzhi.apps.record import selectors
from shanzhi.web.kept import kept


@kept
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Everything is reckoned by the visitor's own browser; the server receives nothing."""
    number = request.GET.get("document", "")
    shown = (
        selectors.document(int(number))
        if number.isascii() and number.isdigit() and len(number) < 19
        else None
    )
    return render(request, "record/verify.html", {"log_key": selectors.log_key(), "document": shown})
