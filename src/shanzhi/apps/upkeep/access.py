"""Who may read figures and findings: a program on this machine, or one that shows the token."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest


def is_watcher(request: HttpRequest) -> bool:
    """On this machine itself, past no proxy; or with the token."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        return True
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def watchers_only(request: HttpRequest) -> None:
    """404 to everybody else."""
    if not is_watcher(request):
        raise Http404
