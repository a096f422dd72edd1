"""Proxies: written mandates between two lines of the roll."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from shanzhi.apps.elections.forms import MandateForm, PostingForm
from shanzhi.apps.elections.models import Mandate
from shanzhi.apps.elections.selectors import mandates as held
from shanzhi.web.refusals import attempt

if TYPE_CHECKING:
    from shanzhi.apps.elections.models import Election


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
    return _page(request, election, form)


@login_required
@require_POST
def end(request: HttpRequest, key: str, mandate_key: str) -> HttpResponse:
    """The voter takes the mandate back, or it fell away."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    mandate = get_object_or_404(Mandate, key=mandate_key, principal__roll__election=election.roll_holder)
    try:
        act.end(mandate=mandate, election=election, today=timezone.localdate(), by=request.user.key)
    except Refused as refusal:
        found = {"election": election, "refusal": refusal}
        return render(request, "elections/refused.html", found, status=409)
    messages.success(request, _("The proxy has ended."))
    return redirect("elections:mandates", key)


@login_required
@require_POST
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Post the names of both sides (VCOL-18-15)."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    today = timezone.localdate()
    posting = PostingForm(request.POST, initial={"version": election.version})
    if posting.is_valid() and attempt(
        posting, lambda: act.post(election=election, by=request.user.key, today=today, **posting.cleaned_data)
    ):
        messages.success(request, _("The proxies are published. Print the list and put it on the board."))
        return redirect("elections:election", key)
    return _page(request, election, MandateForm(initial={"written_on": today}), posting)


def _page(
    request: HttpRequest, election: Election, form: MandateForm, posting: PostingForm | None = None
) -> HttpResponse:
    first = {"version": election.version, "posted_on": timezone.localdate()}
    found = {
        "form": form,
        "election": election,
        "mandates": held.live(election),
        "posting": posting or PostingForm(initial=first),
        "open": election.stage in {"candidates", "voting"},
        "not_on_board": held.not_on_board(election),
    }
    return render(request, "elections/mandates.html", found)
