"""Page: the audit trail, for those who may read it, under filters that stand in the address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shanzhi.apps.record import access, actions, prints, selectors
from shanzhi.apps.record.forms import AuditFilterForm

A_PAGE = 50


@login_required
@never_cache
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Events of the reader's places, newest first. Pages turn by the number of an event: nothing is counted."""
    scopes = access.audit_scopes(request.user)
    actions.sign_for_reader("audit")
    form = AuditFilterForm(request.GET or None)
    before, after = _number(request, "before"), _number(request, "after")
    found = selectors.events(scopes=scopes, **form.asked(), before=before, after=after)
    events, newer, older = selectors.page_of(found, A_PAGE, after=after)
    return render(
        request,
        "record/audit.html",
        {
            "form": form,
            "lines": selectors.told(events),
            "newer": events[0].index if events and newer and (before or after) else None,
            "older": events[-1].index if events and older else None,
            "turned": before is not None or after is not None,
        },
    )


@login_required
@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The events under the filters as a workbook. That they were taken out is itself recorded."""
    return _taken_out(request, "xlsx", prints.trail, prints.XLSX)


@login_required
@never_cache
@require_GET
def export_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table of text, for other programs."""
    return _taken_out(request, "csv", prints.trail_csv, "text/csv; charset=utf-8")


def _taken_out(request: HttpRequest, ending: str, write: prints.Write, kind: str) -> HttpResponse:
    scopes = access.audit_scopes(request.user)
    asked = AuditFilterForm(request.GET or None).asked()
    book, rows = write(selectors.events(scopes=scopes, **asked))
    actions.note_audit_export(
        by=request.user.key, scope=selectors.home(scopes), rows=rows, asked=sorted(asked), kind=ending
    )
    response = HttpResponse(book, content_type=kind)
    name = f"audit-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
