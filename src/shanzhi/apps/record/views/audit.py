"""Page: the audit trail, for those who may read it, under filters that stand in the address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
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
    """Events of the reader's places, newest first."""
    scopes = access.audit_scopes(request.user)
    actions.sign_for_reader("audit")
    form = AuditFilterForm(request.GET or None)
    found = selectors.events(scopes=scopes, **form.asked())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = selectors.told(page.object_list)
    return render(request, "record/audit.html", {"form": form, "page": page, "lines": lines})


@login_required
@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The events under the filters as a workbook. That they were taken out is itself recorded."""
    scopes = access.audit_scopes(request.user)
    form = AuditFilterForm(request.GET or None)
    asked = form.asked()
    book, rows = prints.trail(selectors.events(scopes=scopes, **asked))
    actions.note_audit_export(by=request.user.key, scope=selectors.home(scopes), rows=rows)
    response = HttpResponse(book, content_type=prints.XLSX)
    response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate().isoformat()}.xlsx"'
    return response
