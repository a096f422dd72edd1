"""Pages for whom the records are about: a printout of everything, requests to correct, deletion by rule."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, prints, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms import CorrectionDecisionForm, CorrectionRequestForm, HeldForm
from shanzhi.apps.places.selectors import rights
from shanzhi.core.cipher import Spoiled
from shanzhi.web.print import MissingGlyphs
from shanzhi.web.refusals import attempt

LINES_A_PAGE = 50


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is held on a person, and who looked, as one paper; the print is on record."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = HeldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_print(person=who, by=request.user.key, **form.cleaned_data)  # first: it shows itself
            body = prints.held_on(who, in_full=form.cleaned_data["in_full"], today=timezone.localdate())
        except MissingGlyphs as missing:
            form.add_error(None, str(missing))
        except Spoiled:
            form.add_error(None, selectors.NOT_OPENED)
        else:
            answer = HttpResponse(body, content_type="application/pdf")
            answer["Content-Disposition"] = 'inline; filename="held.pdf"'
            return answer
    return render(request, "places/held.html", {"form": form, "who": who})


@login_required
@require_http_methods(["GET", "POST"])
def correction_new(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody asks to have something put right: the clock starts."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    today = timezone.localdate()
    form = CorrectionRequestForm(request.POST or None, initial={"asked_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: actions.ask_correction(person=who, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(request, _("The request is on record; its clock runs."))
            return redirect("places:person", key)
    days = rights.correction_days(who.place, today)
    return render(request, "places/correction_new.html", {"form": form, "who": who, "days": days})


@login_required
@never_cache
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """Requests to correct in the villages whose records one keeps; those with the least time first."""
    scopes = _kept_scopes(request)
    decided = request.GET.get("show") == "all"
    page = Paginator(rights.requests(scopes, all_of_them=decided), LINES_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "places/corrections.html", {"page": page, "decided": decided})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """One request: what is asked, and the decision."""
    asked = access.request_for(request.user, key)
    form = CorrectionDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.decide_correction(
                request=asked, today=today, by=request.user.key, **form.cleaned_data
            ),
        ):
            messages.success(request, _("The decision is on record. Tell the person."))
            return redirect("places:corrections")
    return render(request, "places/correction.html", {"form": form, "asked": asked})


@login_required
@never_cache
@require_GET
def keeping(request: HttpRequest) -> HttpResponse:
    """Keeping times with who set them, and the entries whose time is over."""
    scopes = _kept_scopes(request)
    today = timezone.localdate()
    due = rights.due_to_be_forgotten(scopes, today=today)
    page = Paginator(due, LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "places/keeping.html", {"page": page, "rules": rights.keeping_rules(today)})


@login_required
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Make one entry anonymous. Asks first: it cannot be taken back."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    if request.method == "POST":
        try:
            actions.forget_person(person=who, today=timezone.localdate(), by=request.user.key)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("places:person", key)
        messages.success(
            request, _("The entry is anonymous. Its key stays, so that old proofs still verify.")
        )
        return redirect("places:keeping")
    return render(request, "places/forget.html", {"who": who})


def _kept_scopes(request: HttpRequest) -> set[int]:
    scopes = accounts.scopes_with(request.user, Permission.EDIT_PEOPLE)
    if not scopes:
        raise Http404
    return scopes
