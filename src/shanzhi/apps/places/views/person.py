"""Pages about one person or household: what the records hold, and what is corrected in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.forms import CorrectionForm, HouseholdForm, PersonForm, ReasonForm
from shanzhi.apps.places.selectors import lives as told
from shanzhi.core.cipher import Spoiled
from shanzhi.core.law.kinship import is_near
from shanzhi.web.refusals import attempt

WAY_BACK = "people_list"


@login_required
@never_cache
@require_GET
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: what the records hold, numbers masked; near relatives and wider kin apart."""
    who = access.person_for(request.user, key, Permission.SEE_PEOPLE)
    may_edit = accounts.may(request.user, Permission.EDIT_PEOPLE, who.place.scopes)
    seen = accounts.scopes_with(request.user, Permission.SEE_PEOPLE)
    kin = [
        (relation, other, not seen.isdisjoint(other.place.scopes))
        for relation, other in selectors.kin_of(who)
    ]
    living = may_edit and not who.left
    shown = {
        "who": who,
        "masked_id": selectors.masked_id(who),
        "masked_phone": selectors.masked_phone(who),
        "near": [each for each in kin if is_near(each[0])],
        "wider": [each for each in kin if not is_near(each[0])],
        "suggested": selectors.suggestions_for(who) if living else [],
        "findings": selectors.contradictions_of(who, timezone.localdate()),
        "merges": [each for each in selectors.merges_of(who) if each.other_id == who.pk or may_edit],
        "requests": who.correction_requests.filter(verdict="") if may_edit else [],
        "may_edit": may_edit,
        "way_back": _way_back(request, who.place.code),
    }
    return render(request, "places/person.html", shown)


def _way_back(request: HttpRequest, code: str) -> str:
    """The list from which the reader came, as it was narrowed; else the village's."""
    kept = request.session.get(WAY_BACK, "")
    return kept if kept.startswith(reverse("places:places")) else reverse("places:village", args=[code])


@login_required
@never_cache
@require_GET
def person_history(request: HttpRequest, key: str) -> HttpResponse:
    """One person's history as sentences; what was done with the entry; who looked at it."""
    who = access.person_for(request.user, key, Permission.SEE_PEOPLE)
    may_edit = accounts.may(request.user, Permission.EDIT_PEOPLE, who.place.scopes)
    shown = {"who": who, "history": told.history(who), "may_edit": may_edit}
    if may_edit:
        shown |= {"doings": told.doings(who), "looks": told.looks(who)}
    return render(request, "places/person_history.html", shown)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def person_reveal(request: HttpRequest, key: str) -> HttpResponse:
    """The numbers in full, once, to somebody who says why; the look is on record."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = ReasonForm(request.POST or None)
    shown: dict[str, object] = {"form": form, "who": who}
    if request.method == "POST" and form.is_valid():
        try:
            numbers = actions.reveal_numbers(person=who, by=request.user.key, **form.cleaned_data)
        except Spoiled:
            form.add_error(None, selectors.NOT_OPENED)
        else:
            shown["id_number"], shown["phone"] = numbers
    return render(request, "places/person_reveal.html", shown)


@login_required
@sensitive_post_parameters("id_number", "phone")
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add someone to a village's records."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.add_person(place=place, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(request, _("{name} has been added.").format(name=form.cleaned_data["name"]))
            return redirect("places:village", code)
    return render(request, "places/person_form.html", {"form": form, "place": place})


@login_required
@sensitive_post_parameters("id_number", "phone")
@require_http_methods(["GET", "POST"])
def person_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct an entry."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    first = {name: getattr(who, name) for name in (*actions.people.PLAIN, "version")}
    form = CorrectionForm(request.POST or None, initial=first | {"household": who.household.number})
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.correct_person(person=who, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(request, _("The entry has been corrected."))
            return redirect("places:person", key)
    return render(request, "places/person_form.html", {"form": form, "place": who.place, "who": who})


@login_required
@require_GET
def household(request: HttpRequest, key: str) -> HttpResponse:
    """One household with its members."""
    held = access.household_for(request.user, key, Permission.SEE_PEOPLE)
    shown = {
        "household": held,
        "members": selectors.household_with_members(held),
        "may_edit": accounts.may(request.user, Permission.EDIT_PEOPLE, held.place.scopes),
    }
    return render(request, "places/household.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def household_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct a household's villager group and address."""
    held = access.household_for(request.user, key, Permission.EDIT_PEOPLE)
    form = HouseholdForm(request.POST or None, initial={"group": held.group, "address": held.address})
    if request.method == "POST" and form.is_valid():
        actions.correct_household(household=held, by=request.user.key, **form.cleaned_data)
        return redirect("places:household", key)
    return render(request, "places/household_form.html", {"form": form, "household": held})
