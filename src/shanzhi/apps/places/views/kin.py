"""Pages about relatives: recorded, confirmed, turned down, removed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms import KinForm
from shanzhi.web.refusals import attempt

FOUND_AT_MOST = 20


@login_required
@require_http_methods(["GET", "POST"])
def person_kin(request: HttpRequest, key: str) -> HttpResponse:
    """Record a relation: search the other person first, then say what the relation is. What is typed is sent."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    query = request.POST.get("q", "").strip()[:40]
    found = selectors.search(who.place, query, by_whole_number=False)[: FOUND_AT_MOST + 1] if query else []
    form = KinForm(
        request.POST if "relation" in request.POST else None,
        people=[each for each in found if each.pk != who.pk][:FOUND_AT_MOST],
        initial={"q": query},
    )
    if form.is_bound and form.is_valid():
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
@require_POST
def kin_confirm(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """A relation that follows from others is right: it goes on record."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    relative = access.person_for(request.user, other, Permission.EDIT_PEOPLE)
    try:
        actions.confirm_kin(person=who, other=relative, by=request.user.key)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The relation is on record."))
    return redirect("places:person", key)


@login_required
@require_POST
def kin_deny(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """A relation that seems to follow is not so: it is not suggested again."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    relative = access.person_for(request.user, other, Permission.EDIT_PEOPLE)
    actions.deny_kin(person=who, other=relative, by=request.user.key)
    return redirect("places:person", key)
