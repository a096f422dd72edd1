"""Pages about people: a village's list, one person, one household, and what is changed about them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms import CorrectionForm, HouseholdForm, KinForm, LeftForm, PersonForm, ReasonForm
from shanzhi.core.cipher import Spoiled
from shanzhi.web.refusals import attempt

PEOPLE_A_PAGE = 50


@login_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The villages whose people one may see."""
    scopes = accounts.scopes_with(request.user, Permission.SEE_PEOPLE)
    if not scopes:
        raise Http404
    return render(request, "places/places.html", {"rows": selectors.villages_with_numbers(scopes)})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def village(request: HttpRequest, code: str) -> HttpResponse:
    """The people of one village, numbers masked; filters stay in the address, but never a number that was typed.

    Addresses are kept by browsers and by servers on the way: what holds digits is answered where it was sent.
    """
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    may_edit = accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes)
    typed = request.POST if request.method == "POST" else request.GET
    query = typed.get("q", "").strip()[:40]
    by_number = may_edit and request.method == "POST"
    if request.method == "POST" and not any(each.isdigit() for each in query):
        return redirect(f"{request.path}?{urlencode({'q': query})}" if query else request.path)
    found = selectors.search(place, query, by_last_digits=by_number, by_whole_number=by_number)
    pages = Paginator(found[:PEOPLE_A_PAGE] if request.method == "POST" else found, PEOPLE_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = [(person, selectors.masked_id(person), selectors.masked_phone(person)) for person in page]
    shown = {"place": place, "page": page, "rows": rows, "q": query, "may_edit": may_edit}
    return render(request, "places/village.html", shown)


@login_required
@never_cache
@require_GET
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: what the records hold, numbers masked."""
    who = access.person_for(request.user, key, Permission.SEE_PEOPLE)
    shown = {
        "who": who,
        "masked_id": selectors.masked_id(who),
        "masked_phone": selectors.masked_phone(who),
        "kin": selectors.kin_of(who),
        "may_edit": accounts.may(request.user, Permission.EDIT_PEOPLE, who.place.scopes),
    }
    return render(request, "places/person.html", shown)


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
@require_http_methods(["GET", "POST"])
def person_left(request: HttpRequest, key: str) -> HttpResponse:
    """Someone moved away, died, or was entered by mistake."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    today = timezone.localdate()
    form = LeftForm(request.POST or None, initial={"left_on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: actions.mark_left(person=who, today=today, by=request.user.key, **form.cleaned_data)
        ):
            messages.success(request, _("{name} is no longer in the list.").format(name=who.name))
            return redirect("places:person", key)
    return render(request, "places/person_left.html", {"form": form, "who": who})


@login_required
@require_http_methods(["GET", "POST"])
def person_back(request: HttpRequest, key: str) -> HttpResponse:
    """Someone was marked as gone by mistake, or came back. Asks first."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    if request.method == "POST":
        try:
            actions.take_back_left(person=who, by=request.user.key)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return redirect("places:person", key)
    return render(request, "places/person_back.html", {"who": who})


@login_required
@require_http_methods(["GET", "POST"])
def person_kin(request: HttpRequest, key: str) -> HttpResponse:
    """Record a relation: search the other person first, then say what the relation is."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    query = request.GET.get("q", "").strip()[:40]
    people = (
        [
            each
            for each in selectors.search(who.place, query, by_whole_number=False)[:21]
            if each.pk != who.pk
        ][:20]
        if query
        else []
    )
    form = KinForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        other = form.people[form.cleaned_data["other"]]
        relation = form.cleaned_data["relation"]
        if attempt(
            form, lambda: actions.set_kin(person=who, other=other, relation=relation, by=request.user.key)
        ):
            return redirect("places:person", key)
    return render(request, "places/person_kin.html", {"form": form, "who": who, "q": query})


@login_required
@require_http_methods(["GET", "POST"])
def kin_remove(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Take a relation off the record. Asks first."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    relative = get_object_or_404(selectors.relatives_of(who), key=other)
    if request.method == "POST":
        actions.remove_kin(person=who, other=relative, by=request.user.key)
        return redirect("places:person", key)
    return render(request, "places/kin_remove.html", {"who": who, "other": relative})


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
