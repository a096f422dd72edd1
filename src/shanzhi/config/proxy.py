"""Who asks, when a web server with TLS stands before this one: that server's own word, and nobody else's.

Each proxy adds the address it was called from at the end of `X-Forwarded-For`. Whatever stands further left came from
the visitor and may be invented, so only as many entries are believed as there are proxies of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def client_address(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the visitor's own address in REMOTE_ADDR; without proxies of our own it is left as it is."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if settings.PROXIES:
            passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if len(passed_on) >= settings.PROXIES:
                request.META["REMOTE_ADDR"] = _plain(
                    passed_on[-settings.PROXIES], request.META["REMOTE_ADDR"]
                )
        return get_response(request)

    return answer


def _plain(address: str, otherwise: str) -> str:
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return otherwise
