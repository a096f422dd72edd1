"""Candidates: proposed, checked, decided, posted; names written in on ballots."""

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
from shanzhi.apps.elections.actions import candidates as act
from shanzhi.apps.elections.forms import (
    FactsForm,
    NominationForm,
    PostingForm,
    StandForm,
    WithdrawForm,
    WriteInForm,
)
from shanzhi.apps.elections.models import Candidate
from shanzhi.apps.elections.selectors import candidates as people
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.elections.views import search
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def candidates(request: HttpRequest, key: str) -> HttpResponse:
    """Who is proposed for which post, with what the rules find and what a person decided."""
    election = access.election_for(request.user, key, Permission.SEE_PEOPLE)
    today = timezone.localdate()
    posts = people.by_post(election, today=today)
    statuses = [each.candidate.status for post in posts for each in post.people]
    return render(
        request,
        "elections/candidates.html",
        {
            "election": election,
            "posts": posts,
            "waiting": Candidate.Status.PROPOSED in statuses,
            "standing": Candidate.Status.STANDING in statuses,
            "short": any(post.standing <= post.seats for post in posts),
            "slate": people.slate_findings(election, today=today),
            "may_run": access.may(request.user, election, Permission.RUN_ELECTION),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a nomination."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    looked = search.asked(request)
    first = {"nominated_on": timezone.localdate()}
    form = NominationForm(
        looked.sent,
        people=rolls.found(election, looked.query),
        query=looked.query,
        seats=election.seats,
        initial=first,
    )
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("post", "source", "nominated_on")}
        if attempt(
            form, lambda: act.propose(election=election, person=form.chosen, by=request.user.key, **data)
        ):
            messages.success(request, _("{name} has been entered.").format(name=form.chosen.name))
            return redirect("elections:candidates", key)
    return render(request, "elections/propose.html", {"form": form, "election": election, "q": looked.query})


@login_required
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, key: str, candidate_key: str) -> HttpResponse:
    """Record what was found out about the statutory bars."""
    election, candidate = _candidate(request, key, candidate_key)
    form = FactsForm(request.POST or None, initial=FactsForm.of(candidate))
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["facts_source"]
        if attempt(
            form,
            lambda: act.state_facts(
                candidate=candidate,
                facts=form.facts,
                source=source,
                by=request.user.key,
                version=form.cleaned_data["version"],
            ),
        ):
            return redirect("elections:candidate_decide", key, candidate_key)
    words = {True: _("yes"), False: _("no"), None: _("not known yet")}
    found = {
        "form": form,
        "election": election,
        "candidate": candidate,
        "stands_now": [(form.fields[bar].label, words[getattr(candidate, bar)]) for bar in act.BARS],
    }
    return render(request, "elections/facts.html", found)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: str, candidate_key: str) -> HttpResponse:
    """Decide whether a nominee stands: the rules find, a person decides."""
    election, candidate = _candidate(request, key, candidate_key)
    today = timezone.localdate()
    form = StandForm(request.POST or None, initial={"version": candidate.version})
    if request.method == "POST" and form.is_valid():
        stands = form.cleaned_data["stands"] == "yes"
        reason = form.cleaned_data["reason"]
        if attempt(
            form,
            lambda: act.decide(
                candidate=candidate,
                stands=stands,
                reason=reason,
                today=today,
                by=request.user.key,
                version=form.cleaned_data["version"],
            ),
        ):
            return redirect("elections:candidates", key)
    findings = people.findings(candidate, today=today)
    return render(
        request,
        "elections/candidate_decide.html",
        {"form": form, "election": election, "candidate": candidate, "findings": findings},
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: str, candidate_key: str) -> HttpResponse:
    """A nominee steps back."""
    election, candidate = _candidate(request, key, candidate_key)
    form = WithdrawForm(request.POST or None, initial={"version": candidate.version})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        today = timezone.localdate()
        if attempt(
            form,
            lambda: act.withdraw(
                candidate=candidate,
                reason=reason,
                today=today,
                by=request.user.key,
                version=form.cleaned_data["version"],
            ),
        ):
            return redirect("elections:candidates", key)
    return render(
        request, "elections/withdraw.html", {"form": form, "election": election, "candidate": candidate}
    )


@login_required
@require_http_methods(["GET", "POST"])
def post_list(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the list of candidates."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    today = timezone.localdate()
    form = PostingForm(request.POST or None, initial={"version": election.version, "posted_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: act.post_list(election=election, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(
                request, _("The candidates are published. Print the notice and put it on the board.")
            )
            return redirect("elections:election", key)
    return render(
        request,
        "elections/candidates_post.html",
        {"form": form, "election": election, "posts": people.by_post(election, today=today)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def write_in(request: HttpRequest, key: str) -> HttpResponse:
    """Add a name that voters wrote on their ballots."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    looked = search.asked(request)
    form = WriteInForm(
        looked.sent, people=rolls.found(election, looked.query), query=looked.query, seats=election.seats
    )
    if form.is_valid():
        post = form.cleaned_data["post"]
        if attempt(
            form, lambda: act.write_in(election=election, person=form.chosen, post=post, by=request.user.key)
        ):
            messages.success(
                request, _("{name} has been added to the count sheets.").format(name=form.chosen.name)
            )
            return redirect("elections:sheets", key)
    return render(request, "elections/write_in.html", {"form": form, "election": election, "q": looked.query})


def _candidate(request: HttpRequest, key: str, candidate_key: str) -> tuple[object, Candidate]:
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    candidate = get_object_or_404(
        Candidate.objects.select_related(
            "person__household", "election__village__parent", "election__renewal"
        ),
        key=candidate_key,
        election=election,
    )
    return election, candidate
