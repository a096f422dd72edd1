"""Divisions for the county office and the operator: what stands, what stood, and how it changes. Shown first, then done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions import designations, mergers
from shanzhi.apps.places.actions.rehearsal import Preview, fate_of, rehearse
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms.divisions import (
    ClosingForm,
    DesignationForm,
    MergeForm,
    OpeningForm,
    SplitForm,
)
from shanzhi.apps.places.models import Place, PlaceChange
from shanzhi.apps.places.selectors import history, impact
from shanzhi.apps.places.views.county import county_for_settings

Act = Callable[[], Any]


def place_of(request: HttpRequest, code: str) -> Place:
    """A place of the county by a code that it has or had, standing or ended, or 404."""
    county_for_settings(request)
    place = selectors.known(code)
    if place is None:
        raise Http404
    return place


@login_required
@require_GET
def divisions(request: HttpRequest) -> HttpResponse:
    """Every place as it was called on a day; today unless the address says another."""
    county_for_settings(request)
    today = timezone.localdate()
    try:
        day = date.fromisoformat(request.GET.get("on", "")) if request.GET.get("on") else today
    except ValueError:
        day = today
        messages.error(request, _("This is no day. Today is shown."))
    query = request.GET.get("q", "").strip()[:40]
    shown = {
        "rows": history.standing_on(day, query=query), "day": day, "is_today": day == today, "q": query,
        "changes": history.changes() if day == today and not query else (),
    }  # fmt: skip
    return render(request, "places/divisions.html", shown)


@login_required
@require_GET
def division(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it was called since when, what it was made of, what became of it."""
    place = place_of(request, code)
    shown = {
        "place": place, "history": history.history(place), "fate": history.fate(place, place.code),
        "changes": history.changes_of(place), "counts": impact.counts([place.pk]),
        "below": place.children.filter(valid_until=None).count(),
    }  # fmt: skip
    return render(request, "places/division.html", shown)


@login_required
@require_GET
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One change of places: what it did, and the roles that ended with it and may have to be granted anew."""
    county = county_for_settings(request)
    held = get_object_or_404(PlaceChange.objects.prefetch_related("places__parent"), key=key)
    shown = {
        "change": held, "places": [(each, fate_of(each, held)) for each in held.places.all()],
        "grants": impact.grants(held.facts.get("ended_grants", [])),
        "may_grant": accounts.may(request.user, Permission.MANAGE_ACCOUNTS, county.scopes),
    }  # fmt: skip
    return render(request, "places/division_done.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def division_change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name or code, and with the code another township or kind."""
    place = place_of(request, code)
    form = DesignationForm(typed(request), initial={"name": place.name, "code": place.code})

    def act() -> PlaceChange:
        data = form.cleaned_data
        return designations.redesignate(
            place=place, name=data["name"], code=data["code"], paper=form.paper, **who(request)
        )

    title = _("Change name or code: {place}").format(place=place.full_name)
    return two_steps(request, form, act, title=title, back=("places:division", place.code))


@login_required
@require_http_methods(["GET", "POST"])
def division_new(request: HttpRequest) -> HttpResponse:
    """A new village, community or township."""
    county_for_settings(request)
    form = OpeningForm(typed(request))

    def act() -> PlaceChange:
        data = form.cleaned_data
        made = designations.open_place(name=data["name"], code=data["code"], paper=form.paper, **who(request))
        return made.changes.get()

    return two_steps(request, form, act, title=_("Establish a new place"), back=("places:divisions",))


@login_required
@require_http_methods(["GET", "POST"])
def division_close(request: HttpRequest, code: str) -> HttpResponse:
    """A place that ends and in whose records nobody is."""
    place = place_of(request, code)
    beside = (
        Place.objects.filter(kind=place.kind, valid_until=None).exclude(pk=place.pk).select_related("parent")
    )
    form = ClosingForm(typed(request), places=beside)

    def act() -> PlaceChange:
        return designations.close_place(
            place=place, successors=form.successors, paper=form.paper, **who(request)
        )

    title = _("Dissolve {place}").format(place=place.full_name)
    return two_steps(request, form, act, title=title, back=("places:division", place.code), danger=True)


@login_required
@require_http_methods(["GET", "POST"])
def division_merge(request: HttpRequest) -> HttpResponse:
    """Several villages become one."""
    county = county_for_settings(request)
    places = Place.objects.filter(
        lineage__startswith=county.lineage, kind__in=["village", "community"], valid_until=None
    )
    form = MergeForm(
        typed(request), places=places.select_related("parent"), initial={"villages": request.GET.getlist("v")}
    )

    def act() -> PlaceChange:
        return mergers.merge(paper=form.paper, **form.chosen, **who(request))

    return two_steps(request, form, act, title=_("Merge villages"), back=("places:divisions",), danger=True)


@login_required
@require_http_methods(["GET", "POST"])
def division_split(request: HttpRequest, code: str) -> HttpResponse:
    """One village becomes several, by its villager groups."""
    place = place_of(request, code)
    form = SplitForm(typed(request), groups=selectors.group_names(place))

    def act() -> PlaceChange:
        return mergers.split(
            village=place,
            parts=form.parts,
            keeps=form.cleaned_data["keeps"],
            paper=form.paper,
            **who(request),
        )

    title = _("Split {place}").format(place=place.full_name)
    return two_steps(request, form, act, title=title, back=("places:division", place.code), danger=True)


# Shown first, then done


def typed(request: HttpRequest) -> Any:
    """What was sent, or None."""
    return request.POST if request.method == "POST" else None


def who(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and on which day."""
    return {"today": timezone.localdate(), "by": request.user.key}


def two_steps(
    request: HttpRequest, form: forms.Form, act: Act, *, title: str, back: tuple[str, ...], danger: bool = False,
    template: str = "places/division_form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form; then what it will do, found out by doing it and taking it back; then, confirmed, the thing itself.

    Whoever confirms confirms the numbers that he saw: when they are others by now, he is shown those first.
    """
    shown = {"form": form, "title": title, "back": back, "danger": danger, **more}
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        try:
            preview = rehearse(act)
            if request.POST.get("confirmed") == preview.digest:
                return _done(request, act())
        except Refused as refusal:
            refusal.show_on(form)
        else:
            return _preview(request, preview, shown)
    return render(request, template, shown)


def _preview(request: HttpRequest, preview: Preview, shown: dict[str, Any]) -> HttpResponse:
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "confirmed", "edit"}
        for value in values
    ]
    stale = bool(request.POST.get("confirmed"))
    return render(
        request, "places/division_preview.html", {**shown, "preview": preview, "sent": sent, "stale": stale}
    )


def _done(request: HttpRequest, made: Any) -> HttpResponse:
    changes = [made] if isinstance(made, PlaceChange) else list(made)
    if len(changes) == 1:
        messages.success(request, _("Done. What was called otherwise before stays findable."))
        return redirect("places:change", changes[0].key)
    messages.success(request, _("{number} changes have been carried out.").format(number=len(changes)))
    return redirect("places:divisions")
