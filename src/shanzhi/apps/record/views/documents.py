"""Pages: everything that was published, and one document in plain words with its proof."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanzhi.apps.record import actions, selectors
from shanzhi.apps.record.models import Document
from shanzhi.web.kept import kept

A_PAGE = 30


@kept
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Published documents, newest first; the log's own daily entries only when asked for."""
    kind = request.GET.get("kind", "")
    place = request.GET.get("place", "")
    found = selectors.documents_of(kind=kind, place_code=place if place.isdigit() else "")
    if not kind:
        found = found.exclude(kind=actions.AUDIT_ROOT)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "record/list.html", {"page": page, "kind": kind, "kinds": selectors.KINDS})


@kept
@require_GET
def document(request: HttpRequest, number: int) -> HttpResponse:
    """One document: what it says, who issued it and when, and the lines that also stand on the paper."""
    shown = _published(number)
    return render(
        request,
        "record/document.html",
        {
            "document": shown,
            "data": selectors.shown(shown),
            "body": selectors.template_of(shown),
            "lines": selectors.paper_lines(shown),
        },
    )


@require_GET
def bundle(request: HttpRequest, number: int) -> HttpResponse:
    """The file that proves a document offline; `?from=<size>` adds that history was only added to since."""
    shown = _published(number)
    older = request.GET.get("from", "")
    if older and not (older.isascii() and older.isdigit() and int(older[:19])):
        return _say(_("from: the size of an older log, a whole number from 1"), 400)
    made = selectors.bundle_of(shown, from_size=int(older[:19]) if older else None)
    if made is None:
        return _say(_("The signature of the log is still pending. Please try again in a minute."), 503)
    response = HttpResponse(made, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="shanzhi-{number}.json"'
    patch_cache_control(response, no_cache=True)
    return response


@require_GET
def body(_request: HttpRequest, number: int) -> HttpResponse:
    """The published bytes, exactly as they were sealed."""
    shown = _published(number)
    response = HttpResponse(bytes(shown.body), content_type=shown.media_type)
    patch_cache_control(response, public=True, max_age=365 * 24 * 3600, immutable=True)
    return response


def _published(number: int) -> Document:
    """The document; a signature that is still pending is made good first."""
    found = selectors.document(number)
    if found is None:
        raise Http404
    if selectors.checkpoint_over(found) is None:
        actions.sign_for_reader("public")
    return found


def _say(text: str, status: int) -> HttpResponse:
    return JsonResponse({"error": text}, status=status, json_dumps_params={"ensure_ascii": False})
