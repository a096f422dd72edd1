"""One election: where it stands, its clocks, the plan, recorded facts and decisions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import renewals, road
from shanzhi.apps.elections.forms import AttestForm, DayForm, DecisionForm, PlanForm
from shanzhi.apps.elections.models import Candidate
from shanzhi.apps.elections.selectors import overview as overviews
from shanzhi.apps.elections.views import steps
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def overview(request: HttpRequest, key: str) -> HttpResponse:
    """Everything about one election on one page."""
    election = access.election_for(request.user, key, Permission.SEE_BOARD, Permission.RUN_ELECTION)
    page = overviews.overview(election, today=timezone.localdate())
    may = {
        "run": access.may(request.user, election, Permission.RUN_ELECTION),
        "decide": access.may(request.user, election, Permission.DECIDE_STOP),
        "print": access.may(request.user, election, Permission.PRINT),
        "people": access.may(request.user, election, Permission.SEE_PEOPLE),
        "sheets": access.may(request.user, election, Permission.ENTER_SHEET),
    }
    found = {
        "election": election,
        "page": page,
        "may": may,
        "now": steps.steps(election, page),
        "stops": steps.stops(election, page),
        "day_page": steps.day_page(election),
    }
    return render(request, "elections/election.html", found)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Set the election day and the seats."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    seats = dict.fromkeys(Candidate.Post.values, 0) | election.seats if election.seats else {}
    first = {"version": election.version, "election_day": election.election_day, **seats}
    form = PlanForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: renewals.set_plan(
                election=election, election_day=data["election_day"], seats=form.seats, version=data["version"],
                by=request.user.key,
            ),
        ):  # fmt: skip
            messages.success(request, _("The election day and the seats have been saved."))
            return redirect("elections:election", key)
    days = overviews.back_plan(election, form["election_day"].value())
    return render(request, "elections/plan.html", {"form": form, "election": election, "days": days})


@login_required
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, key: str) -> HttpResponse:
    """Set or move the election day."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    first = {"version": election.version, "election_day": election.election_day}
    form = DayForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: renewals.set_day(
                election=election, today=timezone.localdate(), by=request.user.key, **form.cleaned_data
            ),
        ):
            messages.success(request, _("The election day has been saved."))
            return redirect("elections:election", key)
    days = overviews.back_plan(election, form["election_day"].value())
    return render(request, "elections/plan.html", {"form": form, "election": election, "days": days})


@login_required
@require_http_methods(["GET", "POST"])
def attest(request: HttpRequest, key: str) -> HttpResponse:
    """Record a fact that a body decided."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    form = AttestForm(
        request.POST or None, initial={"kind": request.GET.get("kind", "")}, stage=election.stage
    )
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: renewals.attest(election=election, by=request.user.key, **form.cleaned_data)
        ):
            messages.success(request, _("Recorded. It is shown as recorded, not checked."))
            return redirect("elections:election", key)
    return render(request, "elections/attest.html", {"form": form, "election": election})


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Record a decision to go on where a rule stops."""
    election = access.election_for(request.user, key, Permission.DECIDE_STOP)
    first = {"about": request.GET.get("about", ""), "rule": request.GET.get("rule", "")}
    form = DecisionForm(request.POST or None, initial=first)
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: road.decide_stop(
                election=election, today=today, by=request.user.key, **form.cleaned_data
            ),
        ):
            messages.success(request, _("The decision has been recorded with its reason."))
            return redirect("elections:election", key)
    stops = overviews.stops(election, form["about"].value() or "", today=today)
    finding = next((each for each in stops if each.rule == form["rule"].value()), None)
    return render(request, "elections/decide.html", {"form": form, "election": election, "finding": finding})
