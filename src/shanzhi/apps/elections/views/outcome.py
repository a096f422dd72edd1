"""The outcome with its reasons, and its announcement."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import outcomes as act
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.forms import AnnounceForm
from shanzhi.apps.elections.selectors import outcomes
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def outcome(request: HttpRequest, key: str) -> HttpResponse:
    """Who is elected and by which rule; what stops the announcement."""
    election = access.election_for(request.user, key, Permission.SEE_BOARD, Permission.RUN_ELECTION)
    today = timezone.localdate()
    return render(
        request,
        "elections/outcome.html",
        {
            "election": election,
            "page": outcomes.shown(election, today=today),
            "notice": election.notices.filter(kind="result").first(),
            "may_run": access.may(request.user, election, Permission.RUN_ELECTION),
            "may_decide": access.may(request.user, election, Permission.DECIDE_STOP),
            "may_print": access.may(request.user, election, Permission.PRINT),
            "may_sheets": access.may(request.user, election, Permission.ENTER_SHEET),
        },
    )


@login_required
@require_POST
def reckon(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the rules who is elected."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    try:
        act.reckon(election=election, by=request.user.key)
    except Refused as refusal:
        return render(
            request, "elections/refused.html", {"election": election, "refusal": refusal}, status=409
        )
    return redirect("elections:outcome", key)


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, key: str) -> HttpResponse:
    """Announce the result."""
    election = access.election_for(request.user, key, Permission.DECIDE_STOP)
    today = timezone.localdate()
    form = AnnounceForm(request.POST or None, initial={"version": election.version, "announced_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: act.announce(election=election, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(
                request, _("The result is announced and published. Print the notice and post it.")
            )
            return redirect("elections:election", key)
    page = outcomes.shown(election, today=today)
    return render(request, "elections/announce.html", {"form": form, "election": election, "page": page})
