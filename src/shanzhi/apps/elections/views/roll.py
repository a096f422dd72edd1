"""The roll: made, read line by line with its reasons, posted, corrected; declarations that it depends on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import corrections, declarations
from shanzhi.apps.elections.actions import rolls as act
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.forms import CorrectionForm, DeclarationForm, PostingForm
from shanzhi.apps.elections.selectors import revision, rolls
from shanzhi.apps.elections.views import search
from shanzhi.web.refusals import attempt

LINES_A_PAGE = 50
SHOWS = {  # the filters of selectors.rolls, in words
    "listed": gettext_lazy("On the roll"),
    "class_1": gettext_lazy("Class 1"),
    "class_2": gettext_lazy("Class 2"),
    "class_3": gettext_lazy("Class 3"),
    "not_listed": gettext_lazy("Not on the roll"),
    "unknown": gettext_lazy("A fact is not known"),
}


@login_required
@require_GET
def roll(request: HttpRequest, key: str) -> HttpResponse:
    """The lines of the roll, each with its reason; filters stay in the address."""
    election = access.election_for(request.user, key, Permission.SEE_PEOPLE)
    may_run = access.may(request.user, election, Permission.RUN_ELECTION)
    lines = rolls.lines(election, show=request.GET.get("show", ""), query=request.GET.get("q", ""))
    return render(
        request,
        "elections/roll.html",
        {
            "election": election,
            "holder": election.roll_holder,
            "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
            "counts": rolls.counts(election),
            "show": request.GET.get("show", ""),
            "q": request.GET.get("q", ""),
            "shows": SHOWS.items(),
            "may_make": may_run and election.stage in {"planned", "roll"},
            "may_correct": may_run and election.stage in {"roll_posted", "candidates", "voting"},
            "has_codes": rolls.has_codes(election),
            "may_forget": election.stage == "announced"
            and rolls.has_codes(election)
            and access.may(request.user, election, Permission.DECIDE_STOP),
            "differences": revision.differences(election) if election.stage in revision.POSTED else [],
            "may_print": access.may(request.user, election, Permission.PRINT),
        },
    )


@login_required
@require_POST
def make(request: HttpRequest, key: str) -> HttpResponse:
    """Make the roll, or make it anew."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    try:
        act.make(election=election, today=timezone.localdate(), by=request.user.key)
    except Refused as refusal:
        return _refused(request, election, refusal)
    messages.success(request, _("The roll has been made. Read it, then post it."))
    return redirect("elections:roll", key)


@login_required
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Post the roll: the page says what follows before the button is pressed."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    today = timezone.localdate()
    form = PostingForm(request.POST or None, initial={"version": election.version, "posted_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: act.post(election=election, today=today, by=request.user.key, **form.cleaned_data)
        ):
            messages.success(
                request, _("The roll is posted and sealed. Print it and put it on the board today.")
            )
            return redirect("elections:election", key)
    return render(
        request,
        "elections/roll_post.html",
        {"form": form, "election": election, "counts": rolls.counts(election)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, key: str) -> HttpResponse:
    """Record what people say for this election: those away, and those from elsewhere."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    looked = search.asked(request)
    people = rolls.undeclared(election, looked.query)
    form = DeclarationForm(
        looked.sent, people=people, query=looked.query, initial={"made_on": timezone.localdate()}
    )
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("kind", "made_on", "note")}
        if attempt(
            form,
            lambda: declarations.declare(election=election, person=form.chosen, by=request.user.key, **data),
        ):
            messages.success(request, _("Recorded for {name}.").format(name=form.chosen.name))
            return redirect(request.get_full_path())
    found = {
        "form": form,
        "election": election,
        "q": looked.query,
        "made": rolls.declarations(election),
        "may_take_back": election.stage in {"planned", "roll"},
    }
    return render(request, "elections/declare.html", found)


@login_required
@require_POST
def take_back(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take back a declaration recorded by mistake."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    declaration = get_object_or_404(election.declarations.select_related("person", "election"), pk=pk)
    try:
        declarations.take_back(declaration=declaration, by=request.user.key)
    except Refused as refusal:
        return _refused(request, election, refusal)
    return redirect("elections:declare", key)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Change the posted roll for a recorded reason."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    today = timezone.localdate()
    looked = search.asked(request)
    form = CorrectionForm(
        looked.sent,
        people=rolls.found(election, looked.query),
        query=looked.query,
        initial={"made_on": today},
    )
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("change", "reason", "made_on")}
        if attempt(
            form,
            lambda: corrections.correct(
                election=election, person=form.chosen, today=today, by=request.user.key, **data
            ),
        ):
            messages.success(request, _("The roll has been corrected, and the correction is published."))
            return redirect("elections:roll", key)
    return render(request, "elections/correct.html", {"form": form, "election": election, "q": looked.query})


@login_required
@require_POST
def open_candidates(request: HttpRequest, key: str) -> HttpResponse:
    """The time for objections is over: go on to the candidates."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    try:
        act.close_objections(election=election, today=timezone.localdate(), by=request.user.key)
    except Refused as refusal:
        return _refused(request, election, refusal)
    return redirect("elections:candidates", key)


@login_required
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Delete the salts and codes of a roll whose election is over; asked once, because nothing brings them back."""
    election = access.election_for(request.user, key, Permission.DECIDE_STOP)
    if request.method == "GET":
        return render(request, "elections/roll_forget.html", {"election": election})
    try:
        act.forget(election=election, by=request.user.key)
    except Refused as refusal:
        return _refused(request, election, refusal)
    messages.success(request, _("The salts and codes of the roll have been deleted."))
    return redirect("elections:roll", key)


def _refused(request: HttpRequest, election: object, refusal: Refused) -> HttpResponse:
    """A button that could not be carried out: say why, on a page of its own, with the findings."""
    return render(
        request,
        "elections/refused.html",
        {"election": election, "refusal": refusal, "findings": getattr(refusal, "findings", ())},
        status=409,
    )
