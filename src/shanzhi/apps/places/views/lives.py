"""Pages for coming, going, moving within the county, coming back, and another residence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms import ArrivalForm, LeftForm, ResidenceForm, ReturnForm, TransferForm
from shanzhi.apps.places.models import Person
from shanzhi.web.refusals import attempt


def _act(
    request: HttpRequest, who: Person, form: Form, template: str, act: Callable[..., object], done: str
) -> HttpResponse:
    """Show the form, or do what it asks for and go back to the person."""
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = form.cleaned_data
        today = timezone.localdate()
        if attempt(form, lambda: act(person=who, today=today, by=request.user.key, **facts)):
            messages.success(request, done)
            return redirect("places:person", who.key)
    return render(request, template, {"form": form, "who": who})


@login_required
@require_http_methods(["GET", "POST"])
def person_left(request: HttpRequest, key: str) -> HttpResponse:
    """Someone moved away, died, or was entered by mistake."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = LeftForm(request.POST or None, initial={"left_on": timezone.localdate()})
    done = _("{name} is no longer in the list.").format(name=who.name)
    return _act(request, who, form, "places/person_left.html", actions.mark_left, done)


@login_required
@require_http_methods(["GET", "POST"])
def person_back(request: HttpRequest, key: str) -> HttpResponse:
    """Someone was marked as gone by mistake. Asks first."""
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
def person_returned(request: HttpRequest, key: str) -> HttpResponse:
    """Someone who had moved away has come back."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = ReturnForm(request.POST or None, initial={"residence": who.residence})
    done = _("{name} is in the list again.").format(name=who.name)
    return _act(request, who, form, "places/person_returned.html", actions.record_return, done)


@login_required
@require_http_methods(["GET", "POST"])
def person_arrived(request: HttpRequest, key: str) -> HttpResponse:
    """Someone moved in from outside the county."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = ArrivalForm(request.POST or None)
    return _act(
        request,
        who,
        form,
        "places/person_arrived.html",
        actions.record_arrival,
        _("The arrival is on record."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def person_residence(request: HttpRequest, key: str) -> HttpResponse:
    """From a day on the residence is another one."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = ResidenceForm(request.POST or None, initial={"residence": who.residence})
    done = _("The residence has been changed; the earlier one stays in the history.")
    return _act(request, who, form, "places/person_residence.html", actions.change_residence, done)


@login_required
@require_http_methods(["GET", "POST"])
def person_transfer(request: HttpRequest, key: str) -> HttpResponse:
    """Someone moved to another village of the county: the entry goes along."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    form = TransferForm(
        request.POST or None, places=selectors.other_places(who.place), initial={"residence": who.residence}
    )

    def act(*, to: str, **facts: Any) -> None:
        actions.transfer(to=selectors.by_code(to), **facts)

    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        today = timezone.localdate()
        if attempt(form, lambda: act(person=who, today=today, by=request.user.key, **facts)):
            messages.success(
                request, _("{name} is now in the records of the other village.").format(name=who.name)
            )
            return redirect("places:village", who.place.code)
    return render(request, "places/person_transfer.html", {"form": form, "who": who})
