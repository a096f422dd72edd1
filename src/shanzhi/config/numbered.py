"""Every request has a number: in its log lines, in its answer, and on the page that says something went wrong."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase

from shanzhi.apps.upkeep.bridge import figures
from shanzhi.config import logs

logger = logging.getLogger("shanzhi.requests")
GIVEN = re.compile(r"[0-9a-f]{12,64}")  # what a proxy of our own gives (nginx: $request_id)
NO_PAGE = "none"
METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"}


def requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: give the number and count the answer, by page. SHANZHI_ACCESS_LOG=1 writes a line each; no address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
        request.number = given[:12] if GIVEN.fullmatch(given) else secrets.token_hex(6)
        began = time.perf_counter()
        logs.REQUEST.set(
            request.number
        )  # until the next one: Django tells of a refusal after the last middleware
        logs.PAGE.set("")
        response = get_response(request)
        response.headers.setdefault("X-Request-ID", request.number)
        _count(request, response.status_code, time.perf_counter() - began)
        return response

    return answer


def _count(request: HttpRequest, status: int, seconds: float) -> None:
    page, method = page_of(request), request.method if request.method in METHODS else "other"
    figures.answered(page=page, method=method, status=status, seconds=seconds)
    if settings.ACCESS_LOG:
        logs.PAGE.set(page)
        told = {"method": method, "status": status, "ms": round(seconds * 1000)}
        logger.info("answered", extra={"figures": told})


class Named:
    """Middleware, the innermost: which page this is, for the lines that its view writes; and its database errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        logs.PAGE.set(page_of(request))

    def process_exception(self, _request: HttpRequest, wrong: Exception) -> None:
        if isinstance(wrong, DatabaseError):
            figures.database_failed()


def page_of(request: HttpRequest) -> str:
    """The name of the page in the site map."""
    match = getattr(request, "resolver_match", None)
    if match and match.view_name:
        return match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else NO_PAGE
