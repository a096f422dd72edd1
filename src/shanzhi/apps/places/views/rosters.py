"""Pages of the roster: Excel in, checked before it is written; Excel out, with a reason for full numbers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.actions import rosters
from shanzhi.apps.places.bridge import workbook
from shanzhi.apps.places.errors import Refused, Unreadable
from shanzhi.apps.places.forms import ExportForm, RosterForm
from shanzhi.core.cipher import Spoiled
from shanzhi.web import wording

FAULTS_A_PAGE = 100
BACK = "after_roster"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a roster: it is read and checked, nothing is written."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = RosterForm()
    _remember_way_back(request, code)
    if request.method == "POST":
        form = RosterForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made, _checked = actions.check_roster(
                    place=place, content=file.read(), file_name=file.name, today=timezone.localdate(),
                    by=request.user.key,
                )  # fmt: skip
            except Unreadable as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect("places:roster_checked", made.key)
    return render(request, "places/roster.html", {"form": form, "place": place})


def _remember_way_back(request: HttpRequest, code: str) -> None:
    """Whoever came from a page that waits for this roster goes back there once it is written."""
    back = request.GET.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        request.session[BACK] = {"code": code, "to": back}


@login_required
@never_cache
@require_GET
def roster_checked(request: HttpRequest, key: str) -> HttpResponse:
    """What a file would do, with every bad cell."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    contents = rosters.contents_of(held)
    page = Paginator(contents.bad, FAULTS_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "held": held,
        "page": page,
        "place": held.place,
        "unused": wording.listed(contents.unused),
        "absent": contents.absent,
    }
    return render(request, "places/roster_checked.html", shown)


@login_required
@require_POST
def roster_write(request: HttpRequest, key: str) -> HttpResponse:
    """Write what was checked."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    try:
        done = actions.write_roster(
            roster_import=held, good_only=request.POST.get("good_only") == "yes", by=request.user.key
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("places:roster_checked", key)
    messages.success(
        request, _("Written: {new} new, {changed} changed.").format(new=done.new, changed=done.changed)
    )
    back = request.session.get(BACK, {})
    if back.get("code") == held.place.code:
        return redirect(request.session.pop(BACK)["to"])
    return redirect("places:village", held.place.code)


@login_required
@require_POST
def roster_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a checked file away."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    try:
        actions.drop_roster(roster_import=held, by=request.user.key)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The file was thrown away; nothing was written."))
    return redirect("places:village", held.place.code)


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty roster."""
    if not accounts.scopes_with(request.user, Permission.EDIT_PEOPLE):
        raise Http404
    return _file(workbook.template(), "roster-template.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The village's roster as a file: masked, or in full for those who keep the records and say why."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    may_see = accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes)
    form = ExportForm(request.POST or None, may_see=may_see)
    if request.method == "POST" and form.is_valid():
        in_full = form.cleaned_data["numbers"] == "full"
        reason = form.cleaned_data["reason"] if in_full else ""
        try:
            body = workbook.workbook(selectors.roster_rows(place, in_full=in_full))
        except Spoiled:
            form.add_error(None, selectors.NOT_OPENED)
        else:
            rosters.record_export(place=place, reason=reason, by=request.user.key)
            return _file(body, f"{place.code}-roster.xlsx")
    return render(request, "places/export.html", {"form": form, "place": place})


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
