"""The county's own pages: local choices with their documents, and the tables of rest days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.forms import HolidayForm, SettingForm, setting_words
from shanzhi.apps.places.models import Place
from shanzhi.web.refusals import attempt

MOST_HOLIDAY_BYTES = 1024 * 1024


def county_for_settings(request: HttpRequest) -> Place:
    """The county, for somebody who may change its settings, or 404."""
    county = selectors.county()
    if county is None or not accounts.may(request.user, Permission.MANAGE_SETTINGS, county.scopes):
        raise Http404
    return county


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Local choices with their documents, and a form for one more."""
    county = county_for_settings(request)
    form = SettingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        key, value = facts.pop("choice")
        if attempt(
            form,
            lambda: actions.set_local_setting(
                place=county, key=key, value=value, by=request.user.key, **facts
            ),
        ):
            messages.success(request, _("The local choice has been saved."))
            return redirect("places:settings")
    rows = [
        (each, *setting_words(each.key, each.value))
        for each in county.local_settings.order_by("key", "-since")
    ]
    return render(request, "places/settings.html", {"form": form, "rows": rows, "county": county})


@login_required
@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """Which years have a table of rest days; load a new one."""
    county = county_for_settings(request)
    form = HolidayForm()
    if request.method == "POST":
        form = HolidayForm(request.POST, request.FILES)
        if form.is_valid():
            content = form.cleaned_data["file"].read(MOST_HOLIDAY_BYTES)
            if attempt(
                form, lambda: actions.load_holidays(content=content, county=county, by=request.user.key)
            ):
                messages.success(request, _("The table has been loaded."))
                return redirect("places:holidays")
    known = selectors.holidays()
    rows = [(year, known.notices.get(year, "")) for year in sorted(known.years, reverse=True)]
    return render(request, "places/holidays.html", {"form": form, "rows": rows})
