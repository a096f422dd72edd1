"""For programs that watch the installation: no page, no session, no words about a county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.apps.upkeep import access
from shanzhi.apps.upkeep.bridge import figures
from shanzhi.apps.upkeep.selectors import health


@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing, not even the database: restarting would not mend that."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 or 503; what is wrong is told to watchers only."""
    found = health.faults()
    body: dict[str, object] = {"ready": not found}
    if found and access.is_watcher(request):
        body["faults"] = found
    return JsonResponse(body, status=503 if found else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures, for this machine or with the token."""
    access.watchers_only(request)
    return HttpResponse(figures.text(health.figures()), content_type=figures.TYPE)
