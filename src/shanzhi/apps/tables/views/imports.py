"""Pages of a file on its way in: uploaded, checked, written, taken back; and what was brought in before."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.tables import access, selectors, tasks
from shanzhi.apps.tables.actions import imports
from shanzhi.apps.tables.declared import Scope, Table
from shanzhi.apps.tables.errors import Refused, Unreadable
from shanzhi.apps.tables.forms import FileForm, HeadingsForm
from shanzhi.apps.tables.models import Import
from shanzhi.apps.tables.progress import state
from shanzhi.apps.tables.selectors import actor_names

IMPORTS_A_PAGE = 50
BACK = "after_import"
PATIENCE = timedelta(seconds=20)  # until the page asks whether anybody is at work
AT_WORK = (Import.Status.RECEIVED, Import.Status.ORDERED)


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, table: str, code: str) -> HttpResponse:
    """Upload a file: it is read and checked, nothing is written."""
    declared, scope = access.table_for(request.user, table, code, edit=True)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    _remember_way_back(request, code)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = imports.receive(
            table=declared.key, scope=scope.id, file=file.file, file_name=file.name, by=request.user.key
        )
        try:
            _check(made)
        except Unreadable as refusal:
            form.add_error("file", str(refusal.message))
        else:
            return redirect("tables:imported", made.key)
    return render(request, "tables/upload.html", {"form": form, "table": declared, "scope": scope})


def _check(made: Import) -> None:
    """A small file at once, so that what is wrong with it is said on the form; a large one beside the pages."""
    if tasks.is_small(made):
        imports.check(made=made)
    else:
        tasks.check_import.enqueue(made.key, get_language())


def _remember_way_back(request: HttpRequest, code: str) -> None:
    """Whoever came from a page that waits for this file goes back there once it is written."""
    back = request.GET.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        request.session[BACK] = {"code": code, "to": back}


@login_required
@never_cache
@require_GET
def imported(request: HttpRequest, key: str) -> HttpResponse:
    """Where a file stands: being read, checked with every fault, written, taken back."""
    made, table, scope = access.import_for(request.user, key)
    shown = {"made": made, "table": table, "scope": scope, "status": Import.Status}
    if made.status in AT_WORK:
        at = state(made.key)
        waits_long = at is None and timezone.now() - made.received_at > PATIENCE
        return render(request, "tables/working.html", shown | {"progress": at, "waits_long": waits_long})
    if made.status == Import.Status.UNKNOWN:
        form = HeadingsForm(table, made.facts["headings"], _taken(made, table))
        return render(request, "tables/headings.html", shown | {"form": form})
    number = int(page) if (page := request.GET.get("page", "1")).isdigit() and len(page) < 6 else 1
    return render(request, "tables/imported.html", shown | selectors.checked(made, table, number))


def _taken(made: Import, table: Table) -> dict[str, str]:
    """Columns whose heading is known already: column -> heading."""
    names = {name: column.key for column in table.columns for name in column.names}
    return {names[name]: name for name in reversed(made.facts["headings"]) if name in names}


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the work has come, for the page's script."""
    made, _table, _scope = access.import_for(request.user, key)
    at = state(made.key)
    return JsonResponse(
        {"working": made.status in AT_WORK, "done": at.done if at else 0, "of": at.of if at else 0}
    )


@login_required
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Go on with work that was broken off: nothing of it had been written."""
    made, _table, _scope = access.import_for(request.user, key)
    if made.status in AT_WORK and state(made.key) is None:
        work = tasks.check_import if made.status == Import.Status.RECEIVED else tasks.write_import
        work.enqueue(made.key, get_language())
    return redirect("tables:imported", key)


@login_required
@require_http_methods(["GET", "POST"])
def headings(request: HttpRequest, key: str) -> HttpResponse:
    """Say which column of the file is which."""
    made, table, scope = access.import_for(request.user, key)
    names = made.facts.get("names") or made.facts.get("headings") or []
    taken = dict(made.facts["headings"]) if "names" in made.facts else _taken(made, table) if names else {}
    form = HeadingsForm(table, names, taken, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            imports.say_headings(made=made, meanings=form.meanings(), by=request.user.key)
            _check(made)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return redirect("tables:imported", key)
    shown = {"form": form, "made": made, "table": table, "scope": scope}
    return render(request, "tables/headings.html", shown)


@login_required
@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write what was checked."""
    made, _table, scope = access.import_for(request.user, key)
    try:
        ordered = imports.order(
            made=made, good_only=request.POST.get("good_only") == "yes", by=request.user.key
        )
        if not tasks.is_small(made):
            tasks.write_import.enqueue(made.key, get_language())
            return redirect("tables:imported", key)
        done = imports.write(made=ordered)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("tables:imported", key)
    messages.success(
        request, _("Written: {new} new, {changed} changed.").format(new=done.new, changed=done.changed)
    )
    return _way_back(request, scope, key)


def _way_back(request: HttpRequest, scope: Scope, key: str) -> HttpResponse:
    if request.session.get(BACK, {}).get("code") == scope.code:
        return redirect(request.session.pop(BACK)["to"])
    return redirect("tables:imported", key)


@login_required
@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a checked file away."""
    made, table, scope = access.import_for(request.user, key)
    try:
        imports.drop(made=made, by=request.user.key)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("tables:imported", key)
    messages.success(request, _("The file was thrown away; nothing was written."))
    return redirect("tables:upload", table.key, scope.code)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what an import wrote: first what that would do, then doing it."""
    made, table, scope = access.import_for(request.user, key)
    try:
        if request.method == "POST":
            done = imports.undo(made=made, by=request.user.key)
            messages.success(
                request,
                _("Taken back: {removed} removed, {restored} as they were before, {kept} stay.").format(
                    removed=done.removed, restored=done.restored, kept=done.kept
                ),
            )
            return redirect("tables:imported", key)
        foreseen = imports.foresee_undo(made=made) if selectors.can_be_undone(made) else None
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("tables:imported", key)
    if foreseen is None:
        return redirect("tables:imported", key)
    return render(
        request, "tables/undo.html", {"made": made, "table": table, "scope": scope, "foreseen": foreseen}
    )


@login_required
@require_GET
def history(request: HttpRequest, table: str, code: str) -> HttpResponse:
    """What was brought into a table of a place, by whom, and what became of it."""
    declared, scope = access.table_for(request.user, table, code, edit=True)
    page = Paginator(selectors.history(declared.key, [scope.id]), IMPORTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    names = actor_names(each.by for each in page)
    rows = [{"made": each, "by": names.get(each.by, "")} for each in page]
    return render(
        request, "tables/history.html", {"table": declared, "scope": scope, "page": page, "rows": rows}
    )
