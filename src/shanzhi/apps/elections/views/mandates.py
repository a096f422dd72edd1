"""Proxies: written mandates between two lines of the roll."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import mandates as act
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.forms import MandateForm, PostingForm, attempt
from shanzhi.apps.elections.selectors import mandates as held


@login_required
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest, key: str) -> HttpResponse:
    """The mandates, and a form for one more."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    form = MandateForm(request.POST or None, initial={"written_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {
            "near_kin": {"": None, "yes": True, "no": False}[form.cleaned_data["near_kin"]]
        }
        if attempt(form, lambda: act.accept(election=election, by=request.user.key, **data)):
            messages.success(request, _("The mandate has been accepted."))
            return redirect("elections:mandates", key)
    return render(
        request,
        "elections/mandates.html",
        {
            "form": form,
            "election": election,
            "mandates": held.live(election),
            "posting": PostingForm(initial={"version": election.version, "posted_on": timezone.localdate()}),
        },
    )


@login_required
@require_POST
def end(request: HttpRequest, key: str, mandate_key: str) -> HttpResponse:
    """The voter takes the mandate back, or it fell away."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    mandate = get_object_or_404(election.mandates, key=mandate_key, ended_on=None)
    act.end(mandate=mandate, today=timezone.localdate(), by=request.user.key)
    return redirect("elections:mandates", key)


@login_required
@require_POST
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Post the names of both sides (VCOL-18-15)."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    form = PostingForm(request.POST)
    if form.is_valid():
        try:
            act.post(election=election, by=request.user.key, today=timezone.localdate(), **form.cleaned_data)
        except Refused as refusal:
            return render(
                request, "elections/refused.html", {"election": election, "refusal": refusal}, status=409
            )
        messages.success(request, _("The proxies are published. Print the list and put it on the board."))
    return redirect("elections:mandates", key)
