"""When the disk is full or read-only, or the database is gone: a page that says so, and keeps what was typed.

Everything that nobody caught ends in `went_wrong`. Whoever only reads is helped as far as a disk can still be read.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.views.kept import LEFT_OUT
from shanzhi.config.language import wished
from shanzhi.web import trouble

READING = ("GET", "HEAD", "OPTIONS")
COME_AGAIN = {trouble.BUSY: 10, trouble.GONE: 30}  # seconds; a disk takes longer to mend
WORDS = {
    trouble.FULL: _("disk full"), trouble.READ_ONLY: _("no writing"), trouble.BUSY: _("too busy"),
    trouble.GONE: _("data out of reach"), trouble.BROKEN: _("disk faulty"),
}  # fmt: skip
MOST_KEPT = 200_000  # characters that go out again in a page


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Django's last resort: the page for trouble with the ground, or the one for a fault of ours."""
    kind = trouble.kind_of(sys.exc_info()[1])
    if kind is None:
        with translation.override(wished(request)):
            return HttpResponse(loader.get_template("500.html").render(_number(request), request), status=500)
    return answer(request, kind)


def answer(request: HttpRequest, kind: str, *, after: bool = False) -> HttpResponse:
    """What happened, what became of what was sent, and whom to call. `after`: the page itself had done its work."""
    trouble.note(kind, f"{request.method}{', after the page had done its work' if after else ''}")
    sent = request.method not in READING
    _throw_away(request)
    fields = _typed(request) if sent and not after else None
    with translation.override(wished(request)):
        page = loader.get_template("503.html").render(
            {
                "kind": kind, "word": WORDS[kind], "sent": sent, "sure": kind in trouble.SURE and not after, "fields": fields,
                "file": sent and not after and _holds_a_file(request), "contact": settings.CONTACT,
                "at": timezone.now(), "address": request.get_full_path(), **_number(request),
            },
            request,
        )  # fmt: skip
    response = HttpResponse(page, status=503)
    response["Retry-After"] = str(COME_AGAIN.get(kind, 300))
    response["Cache-Control"] = "private, no-store"
    return response


def _number(request: HttpRequest) -> dict[str, str]:
    """The number under which the log tells of this request."""
    return {"request_number": getattr(request, "number", "")}


class Sessions(SessionMiddleware):
    """Django's own; but a page that was only read is shown even when the disk no longer takes the session."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        try:
            return super().process_response(request, response)
        except Exception as error:
            kind = trouble.kind_of(error)
            if kind is None:
                raise
            if request.method in READING:
                trouble.note(kind, "a session that was not saved")
                return response
            return answer(request, kind, after=True)


def _throw_away(request: HttpRequest) -> None:
    """Half a file that was coming in when the disk was full: it must not keep the disk full."""
    for handler in getattr(request, "_upload_handlers", []):
        with suppress(OSError):
            handler.upload_interrupted()


def _typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The form's fields, to be sent again; None when it cannot be: a password or a file was in it, or it is not ours.

    Only what has passed the check against forged forms goes out again as a form of this house.
    """
    if not getattr(request, "csrf_processing_done", False) or _holds_a_file(request):
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if any(part in name for name, _value in fields for part in LEFT_OUT if part != LEFT_OUT[0]):
        return None
    fields = [(name, value) for name, value in fields if name != LEFT_OUT[0]]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MOST_KEPT else None


def _holds_a_file(request: HttpRequest) -> bool:
    """Where the body could not even be read, it was a file that did not fit."""
    if request.content_type != "multipart/form-data":
        return False
    try:
        return bool(request.FILES) or not request.POST  # a form that could not be read is empty from then on
    except Exception:  # whatever broke the reading breaks it again
        return True
