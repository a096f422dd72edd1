"""The set-up in the browser: the code, the county, a look at its places, the first operator. Each step can be left and
gone on with; once the county is there, every page here is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shanzhi.apps.places import selectors as places
from shanzhi.apps.setup import actions, selectors
from shanzhi.apps.setup.forms import CodeForm, CountyForm, OperatorForm
from shanzhi.apps.setup.models import Draft
from shanzhi.web.refusals import Refused, attempt

OPENED = "set_up"  # in the session: the digest of the code that was typed in this browser
SHOWN = 200  # faults at once


def _draft() -> Draft:
    held = selectors.draft()
    if held is None:
        raise Http404
    return held


def with_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only in a browser in which the code of the terminal was typed."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any) -> HttpResponse:
        held = _draft()
        if not held.digest or request.session.get(OPENED) != held.digest:
            return redirect("setup:begin")
        return view(request, held, *args)

    return never_cache(opened)


@never_cache
@sensitive_post_parameters("code")
def begin(request: HttpRequest) -> HttpResponse:
    """The one-time code."""
    if places.county():
        raise Http404
    held = selectors.draft()
    if held is None:  # nobody has asked for a code yet
        return render(request, "setup/begin.html", {"used_up": True, "step": 1})
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if actions.try_code(code=form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[OPENED] = held.digest
            return redirect("setup:places" if held.has_county else "setup:county")
        held.refresh_from_db()
        form.add_error(
            "code", _("This is not the code. Compare it with the window in which the program was started.")
        )
    return render(request, "setup/begin.html", {"form": form, "used_up": not held.digest, "step": 1})


@with_code
def county(request: HttpRequest, held: Draft) -> HttpResponse:
    """The county and its codes file; every bad row is shown, and nothing is kept while there is one."""
    initial = {
        "county_name": held.county_name, "county_code": held.county_code[:6],
        "valid_from": held.valid_from or timezone.localdate(),
    }  # fmt: skip
    form = CountyForm(request.POST or None, request.FILES or None, initial=initial, has_file=held.has_county)
    faults: list[tuple[int, str]] = []
    if form.is_bound and form.is_valid():
        try:
            faults = _enter(held, form)
        except Refused as refusal:
            refusal.show_on(form)
        else:
            if not faults:
                return redirect("setup:places")
    shown = {"form": form, "held": held, "faults": faults[:SHOWN], "number": len(faults), "step": 2}
    return render(request, "setup/county.html", shown)


def _enter(held: Draft, form: CountyForm) -> list[tuple[int, str]]:
    """Check the file and keep it when it has no fault; the faults by row."""
    typed = form.cleaned_data
    file = typed["file"]
    content = places.codes_text(file.read()) if file else held.content
    _rows, faults = places.codes_checked(content, typed["county_code"])
    if not faults:
        actions.enter_county(
            draft=held, county_code=typed["county_code"], county_name=typed["county_name"].strip(),
            valid_from=typed["valid_from"], content=content, file_name=file.name if file else held.file_name,
        )  # fmt: skip
    return faults


@with_code
def places_page(request: HttpRequest, held: Draft) -> HttpResponse:
    """What the file holds, to be looked over before anything is made."""
    if not held.has_county:
        return redirect("setup:county")
    townships = selectors.townships(held)
    shown = {
        "held": held, "townships": townships, "number": sum(len(each.below) for each in townships), "step": 3,
        "origin": settings.LOG_ORIGIN, "origin_is_default": settings.LOG_ORIGIN.startswith("shanzhi.local"),
    }  # fmt: skip
    return render(request, "setup/places.html", shown)


@with_code
@sensitive_post_parameters()
def operator(request: HttpRequest, held: Draft) -> HttpResponse:
    """The first operator; with it the county is made, and the set-up is over."""
    if not held.has_county:
        return redirect("setup:county")
    form = OperatorForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("name", "username", "password")}
        if attempt(form, lambda: actions.open_county(draft=held, **typed)):
            request.session.flush()
            messages.success(
                request,
                _(
                    "The county is open. Sign in now with the name and the password that you have just chosen."
                ),
            )
            return redirect("accounts:sign_in")
    return render(request, "setup/operator.html", {"form": form, "held": held, "step": 4})
