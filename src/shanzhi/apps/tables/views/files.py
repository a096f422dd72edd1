"""Files that go out: the empty template, the rows that have faults, a table for a purpose."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.tables import access, selectors, tasks
from shanzhi.apps.tables.actions import exports
from shanzhi.apps.tables.bridge import workbook
from shanzhi.apps.tables.declared import Scope
from shanzhi.apps.tables.forms import ExportForm
from shanzhi.apps.tables.models import Export, Import
from shanzhi.apps.tables.progress import state
from shanzhi.apps.tables.wording import NOT_OPENED
from shanzhi.core.cipher import Spoiled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
MOST_FILTER = 100


@login_required
@require_GET
def template(request: HttpRequest, table: str) -> HttpResponse:
    """The empty table."""
    declared = access.template_for(request.user, table)
    return _sent(
        HttpResponse(workbook.template(declared), content_type=XLSX), f"{declared.key}-template.xlsx"
    )


@login_required
@require_GET
def faults(request: HttpRequest, key: str) -> HttpResponse:
    """The rows that have faults, as they stood in the file, with what is wrong: to mend and upload again."""
    made, table, scope = access.import_for(request.user, key)
    # They hold numbers in full, so they go back to nobody but whoever brought them.
    if made.status != Import.Status.CHECKED or not made.bad or made.by != request.user.key:
        raise Http404
    body = workbook.with_faults(made.facts["columns"], selectors.bad_rows(made, table))
    return _sent(HttpResponse(body, content_type=XLSX), f"{scope.code}-{table.key}-to-mend.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, table: str, code: str) -> HttpResponseBase:
    """A table of a place as a file, for a purpose; what the screen showed comes along as filters in the address."""
    declared, scope = access.table_for(request.user, table, code, edit=False)
    may_edit = accounts.may(request.user, declared.edit, scope.above)
    purposes = [each for each in declared.purposes if may_edit or not each.in_full]
    form = ExportForm(purposes, request.POST or None)
    filters = {name: value[:MOST_FILTER] for name, value in request.GET.items() if value}
    if request.method == "POST" and form.is_valid():
        ordered = {
            "table": declared, "scope": scope, "purpose": form.chosen, "filters": filters, "form": form.cleaned_data["form"],
            "reason": form.cleaned_data.get("reason", "") if form.chosen.in_full else "", "by": request.user.key,
        }  # fmt: skip
        if declared.is_large(scope):
            made = exports.order(**ordered)
            tasks.make_export.enqueue(made.key)
            return redirect("tables:exported", made.key)
        try:
            made, body = exports.hand_over(**ordered)
        except Spoiled:
            form.add_error(None, NOT_OPENED)
        else:
            return _sent(HttpResponse(body, content_type=TYPES[made.form]), _name(made, scope))
    shown = {"form": form, "table": declared, "scope": scope, "filtered": list(declared.filtered(filters))}
    return render(request, "tables/export.html", shown)


@login_required
@never_cache
@require_GET
def exported(request: HttpRequest, key: str) -> HttpResponse:
    """Where a large file stands: being made, ready, no longer kept."""
    made, table, scope = access.export_for(request.user, key)
    shown = {
        "made": made,
        "table": table,
        "scope": scope,
        "progress": state(made.key),
        "status": Export.Status,
    }
    return render(request, "tables/exported.html", shown | {"kept": made.parts.exists()})


@login_required
@require_GET
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """A large file that is ready."""
    made, _table, scope = access.export_for(request.user, key)
    if made.status != Export.Status.READY or not made.parts.exists():
        raise Http404
    return _sent(StreamingHttpResponse(_pieces(made), content_type=TYPES[made.form]), _name(made, scope))


def _pieces(made: Export) -> Iterator[bytes]:
    yield from selectors.export_pieces(made)


def _name(made: Export, scope: Scope) -> str:
    return f"{scope.code}-{made.table}.{made.form}"


def _sent(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
