"""The board: where every village stands, what it has to do next, and how many days are left."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import renewals
from shanzhi.apps.elections.forms import RenewalForm, VillagesForm
from shanzhi.apps.elections.selectors import board as boards
from shanzhi.apps.places import selectors as places
from shanzhi.core import divisions
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The villages of one's scope; for a teller, the counts that wait."""
    scopes = accounts.scopes_with(request.user, Permission.SEE_BOARD)
    if not scopes:
        tasks = accounts.scopes_with(request.user, Permission.ENTER_SHEET)
        if not tasks:
            raise Http404  # accounts:start never leads here without a role
        return render(request, "elections/teller_board.html", {"elections": boards.counting(tasks)})
    township = divisions.padded(request.GET.get("township", ""))
    rows = boards.rows(
        scopes,
        today=timezone.localdate(),
        township=township,
        stage=request.GET.get("stage", ""),
    )
    return render(
        request,
        "elections/board.html",
        {
            "rows": rows,
            "communities": boards.communities(scopes, township=township),
            "townships": boards.townships(scopes),
            "township": township,
            "stage": request.GET.get("stage", ""),
            "stages": boards.STAGE_NAMES,
            "summary": boards.summary(rows),
            "may_plan": bool(accounts.scopes_with(request.user, Permission.PLAN_RENEWAL)),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def renewal_new(request: HttpRequest) -> HttpResponse:
    """Open a renewal for the county."""
    county = places.county()
    if county is None or not accounts.may(request.user, Permission.PLAN_RENEWAL, county.scopes):
        raise Http404
    form = RenewalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        settings = {key: data.pop(key) for key in ("woman", "turnout_in_round_2", "add_down")}
        if attempt(
            form, lambda: renewals.open_renewal(county=county, settings=settings, by=request.user.key, **data)
        ):
            return redirect("elections:renewals")
    return render(request, "elections/renewal_form.html", {"form": form, "county": county})


@login_required
@require_GET
def renewal_list(request: HttpRequest) -> HttpResponse:
    """The county's renewals."""
    county = places.county()
    if county is None or not accounts.may(request.user, Permission.PLAN_RENEWAL, county.scopes):
        raise Http404
    return render(request, "elections/renewals.html", {"renewals": boards.renewals(county), "county": county})


@login_required
@require_http_methods(["GET", "POST"])
def renewal_villages(request: HttpRequest, key: str) -> HttpResponse:
    """Put villages into a renewal."""
    renewal = access.renewal_for(request.user, key, Permission.PLAN_RENEWAL)
    waiting = boards.villages_outside(renewal)
    form = VillagesForm(request.POST or None, villages=waiting)
    if request.method == "POST" and form.is_valid():
        chosen = {int(pk) for pk in form.cleaned_data["villages"]}
        villages = [village for village in waiting if village.pk in chosen]
        if attempt(
            form, lambda: renewals.open_elections(renewal=renewal, villages=villages, by=request.user.key)
        ):
            messages.success(
                request, _("{number} villages have joined the renewal.").format(number=len(villages))
            )
            return redirect("elections:board")
    return render(
        request, "elections/renewal_villages.html", {"form": form, "renewal": renewal, "waiting": waiting}
    )
