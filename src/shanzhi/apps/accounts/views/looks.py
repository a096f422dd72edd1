"""Who looked at what, for whoever reads the audit trail of these places."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shanzhi.apps.accounts import access, selectors
from shanzhi.apps.accounts.forms import LookFilterForm

A_PAGE = 50


@login_required
@never_cache
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Every look at something protected under the reader's places, newest first."""
    scopes = access.audited_scopes(request.user)
    form = LookFilterForm(request.GET or None)
    by = form.cleaned_data["by"].strip() if form.is_bound and form.is_valid() else ""
    page = Paginator(selectors.looks_under(scopes, by), A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "lines": selectors.looks_told(request.user, page.object_list)}
    return render(request, "accounts/looks.html", shown)
