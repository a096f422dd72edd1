"""What lies below a village: its hamlets and villager groups, and where a household lies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, selectors
from shanzhi.apps.places.actions import below as actions
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms.maps import GroupForm, HamletForm, HouseholdPointForm
from shanzhi.apps.places.models import Group, Hamlet
from shanzhi.apps.places.selectors import maps
from shanzhi.apps.places.views.maps import with_map
from shanzhi.web.maps import allow_map
from shanzhi.web.refusals import attempt


@login_required
@require_GET
def below(request: HttpRequest, code: str) -> HttpResponse:
    """A village's hamlets and villager groups, with forms for one more of each."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    hamlets = list(selectors.hamlets_of(place))
    shown = {
        "place": place, "groups": selectors.groups_of(place), "hamlets": hamlets,
        "may_edit": accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes),
    }  # fmt: skip
    return render(request, "places/below.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a villager group."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    first = {"name": request.GET.get("name", "")[:30]}
    form = GroupForm(request.POST or None, hamlets=selectors.hamlets_of(place), initial=first)
    if request.method == "POST" and form.is_valid():
        add = {"place": place, "since": timezone.localdate(), "by": request.user.key, **form.cleaned_data}
        if attempt(form, lambda: actions.open_group(**add)):
            return redirect("places:below", place.code)
    return _form(request, form, place, _("Enter a villager group"))


@login_required
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, key: str) -> HttpResponse:
    """Another name or hamlet for a villager group."""
    held = _of(request, Group, key)
    first = {"name": held.name, "hamlet": held.hamlet.key if held.hamlet else ""}
    form = GroupForm(request.POST or None, hamlets=selectors.hamlets_of(held.place), initial=first)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.change_group(group=held, by=request.user.key, **form.cleaned_data)):
            return redirect("places:below", held.place.code)
    return _form(request, form, held.place, held.name, end="places:group_end", key=key)


@login_required
@require_POST
def group_end(request: HttpRequest, key: str) -> HttpResponse:
    """A villager group ends."""
    return _end(request, _of(request, Group, key), actions.end_group, "group")


@login_required
@require_http_methods(["GET", "POST"])
def hamlet_new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a hamlet, with its point."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = HamletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: actions.open_hamlet(
                place=place, name=data["name"], point=_point(data), since=timezone.localdate(), by=request.user.key
            ),
        ):  # fmt: skip
            return redirect("places:below", place.code)
    return _form(request, form, place, _("Enter a hamlet"), pick=True)


@login_required
@require_http_methods(["GET", "POST"])
def hamlet(request: HttpRequest, key: str) -> HttpResponse:
    """Another name or point for a hamlet."""
    held = _of(request, Hamlet, key)
    form = HamletForm(request.POST or None, initial={"name": held.name, **_typed(held)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: actions.change_hamlet(
                hamlet=held, name=data["name"], point=_point(data), by=request.user.key
            ),
        ):
            return redirect("places:below", held.place.code)
    return _form(request, form, held.place, held.name, pick=True, end="places:hamlet_end", key=key)


@login_required
@require_POST
def hamlet_end(request: HttpRequest, key: str) -> HttpResponse:
    """A hamlet is given up."""
    return _end(request, _of(request, Hamlet, key), actions.end_hamlet, "hamlet")


@login_required
@require_http_methods(["GET", "POST"])
def household_point(request: HttpRequest, key: str) -> HttpResponse:
    """Where a household lies: two numbers, or a tap on the map."""
    held = access.household_for(request.user, key, Permission.EDIT_PEOPLE)
    first = {"hamlet": held.hamlet.key if held.hamlet else "", **_typed(held)}
    form = HouseholdPointForm(request.POST or None, hamlets=selectors.hamlets_of(held.place), initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: actions.point_household(
                household=held, point=_point(data), hamlet=data["hamlet"], by=request.user.key
            ),
        ):
            messages.success(request, _("The household's place on the map has been saved."))
            return redirect("places:household", key)
    title = _("Where household {number} lies").format(number=held.number)
    return _form(request, form, held.place, title, pick=True)


def _of(request: HttpRequest, model: Any, key: str) -> Any:
    held = get_object_or_404(model.objects.select_related("place__parent"), key=key, place__valid_until=None)
    accounts.require(request.user, Permission.EDIT_PEOPLE, held.place.scopes)
    return held


def _point(data: dict[str, Any]) -> Any:
    return actions.point_of(data["longitude"], data["latitude"], data["datum"])


def _typed(row: Any) -> dict[str, str]:
    return {"longitude": str(row.longitude or ""), "latitude": str(row.latitude or ""), "datum": "wgs84"}


def _end(request: HttpRequest, held: Any, act: Any, name: str) -> HttpResponse:
    try:
        act(**{name: held}, on=timezone.localdate(), by=request.user.key)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("places:below", held.place.code)


def _form(
    request: HttpRequest, form: Any, place: Any, title: str, *, pick: bool = False, **more: Any
) -> HttpResponse:
    shown = {"form": form, "place": place, "title": title, "pick": pick, **more}
    response = render(request, "places/below_form.html", with_map(shown) if pick else shown)
    return allow_map(response, maps.tile_sources()) if pick else response
