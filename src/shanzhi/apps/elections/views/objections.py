"""Objections to the posted roll, on their clock."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import objections as act
from shanzhi.apps.elections.forms import ObjectionForm, VerdictForm
from shanzhi.apps.elections.models import Objection
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.elections.views import search
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def objections(request: HttpRequest, key: str) -> HttpResponse:
    """Every objection with its clock."""
    election = access.election_for(request.user, key, Permission.SEE_PEOPLE)
    return render(
        request,
        "elections/objections.html",
        {
            "election": election,
            "objections": rolls.objections(election, today=timezone.localdate()),
            "may_run": access.may(request.user, election, Permission.RUN_ELECTION),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, key: str) -> HttpResponse:
    """Take up an objection."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    today = timezone.localdate()
    looked = search.asked(request)
    form = ObjectionForm(
        looked.sent,
        people=rolls.found(election, looked.query),
        query=looked.query,
        initial={"filed_on": today},
    )
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("about", "says", "objector", "filed_on")}
        if attempt(
            form,
            lambda: act.file(election=election, person=form.chosen, today=today, by=request.user.key, **data),
        ):
            messages.success(
                request, _("The objection has been taken up. It must be decided within three days.")
            )
            return redirect("elections:objections", key)
    return render(
        request, "elections/objection_form.html", {"form": form, "election": election, "q": looked.query}
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: str, objection_key: str) -> HttpResponse:
    """Decide an objection."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    objection = get_object_or_404(
        Objection.objects.select_related(
            "person", "roll__election__village__parent", "roll__election__renewal"
        ),
        key=objection_key,
        roll__election=election.roll_holder,
    )
    today = timezone.localdate()
    form = VerdictForm(request.POST or None, initial={"decided_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: act.decide(objection=objection, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(
                request, _("The decision is recorded and published. Answer the objector and post it.")
            )
            return redirect("elections:objections", key)
    return render(
        request,
        "elections/objection_decide.html",
        {"form": form, "election": election, "objection": objection},
    )
