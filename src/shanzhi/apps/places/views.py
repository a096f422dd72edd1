"""Pages of the places room: people of a village, the roster import, the county's own settings."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.actions import rosters
from shanzhi.apps.places.bridge import workbook
from shanzhi.apps.places.errors import Refused, Unreadable, Wrong
from shanzhi.apps.places.forms import (
    CorrectionForm,
    HolidayForm,
    KinForm,
    LeftForm,
    PersonForm,
    RosterForm,
    SettingForm,
)

PEOPLE_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error on the form, beside the field that it is about."""
    try:
        act()
    except Wrong as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    else:
        return True
    return False


@login_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The villages whose people one may see."""
    scopes = accounts.scopes_with(request.user, Permission.SEE_PEOPLE)
    if not scopes:
        raise Http404
    return render(request, "places/places.html", {"rows": selectors.villages_with_numbers(scopes)})


@login_required
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """The people of one village, numbers masked; filters stay in the address."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    query = request.GET.get("q", "").strip()
    page = Paginator(selectors.search(place, query), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    rows = [(person, selectors.masked_id(person), selectors.masked_phone(person)) for person in page]
    may_edit = accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes)
    return render(
        request,
        "places/village.html",
        {"place": place, "page": page, "rows": rows, "q": query, "may_edit": may_edit},
    )


@login_required
@require_GET
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: what the records hold, numbers masked."""
    who = access.person_for(request.user, key, Permission.SEE_PEOPLE)
    return render(
        request,
        "places/person.html",
        {
            "who": who,
            "masked_id": selectors.masked_id(who),
            "masked_phone": selectors.masked_phone(who),
            "kin": selectors.kin_of(who),
            "may_edit": accounts.may(request.user, Permission.EDIT_PEOPLE, who.place.scopes),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add someone to a village's records."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if _attempt(
            form,
            lambda: actions.add_person(place=place, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(request, _("{name} has been added.").format(name=form.cleaned_data["name"]))
            return redirect("places:village", code)
    return render(request, "places/person_form.html", {"form": form, "place": place})


@login_required
@require_http_methods(["GET", "POST"])
def person_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct an entry."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    first = {name: getattr(who, name) for name in (*actions.people.PLAIN, "version")}
    form = CorrectionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if _attempt(
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
        if _attempt(
            form, lambda: actions.mark_left(person=who, today=today, by=request.user.key, **form.cleaned_data)
        ):
            return redirect("places:village", who.place.code)
    return render(request, "places/person_left.html", {"form": form, "who": who})


@login_required
@require_http_methods(["GET", "POST"])
def person_kin(request: HttpRequest, key: str) -> HttpResponse:
    """Record a relation."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    query = request.GET.get("q", "").strip()
    people = [each for each in selectors.search(who.place, query)[:20] if each.pk != who.pk] if query else []
    form = KinForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        other = form.people[form.cleaned_data["other"]]
        relation = form.cleaned_data["relation"]
        if _attempt(
            form, lambda: actions.set_kin(person=who, other=other, relation=relation, by=request.user.key)
        ):
            return redirect("places:person", key)
    return render(request, "places/person_kin.html", {"form": form, "who": who, "q": query})


# The roster


@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a roster: it is read and checked, nothing is written."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made, _checked = actions.check_roster(
                place=place, content=file.read(rosters.roster.MOST_BYTES + 1), file_name=file.name,
                today=timezone.localdate(), by=request.user.key,
            )  # fmt: skip
        except Unreadable as refusal:
            form.add_error("file", str(refusal.message))
        else:
            return redirect("places:roster_checked", made.key)
    return render(request, "places/roster.html", {"form": form, "place": place})


@login_required
@require_GET
def roster_checked(request: HttpRequest, key: str) -> HttpResponse:
    """What a file would do, with every bad cell."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    cells = rosters.bad_cells_of(held) if held.status == "checked" else []
    page = Paginator(cells, 100).get_page(request.GET.get("page"))
    return render(request, "places/roster_checked.html", {"held": held, "page": page, "place": held.place})


@login_required
@require_POST
def roster_write(request: HttpRequest, key: str) -> HttpResponse:
    """Write what was checked."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    try:
        done = actions.write_roster(
            roster_import=held, good_only=request.POST.get("good_only") == "yes", by=request.user.key
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("places:roster_checked", key)
    messages.success(
        request, _("Written: {new} new, {changed} changed.").format(new=done.new, changed=done.changed)
    )
    return redirect("places:village", held.place.code)


@login_required
@require_POST
def roster_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a checked file away."""
    held = access.import_for(request.user, key, Permission.EDIT_PEOPLE)
    try:
        actions.drop_roster(roster_import=held, by=request.user.key)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("places:village", held.place.code)


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty roster."""
    if not accounts.scopes_with(request.user, Permission.EDIT_PEOPLE):
        raise Http404
    return _file(workbook.template(), "roster-template.xlsx")


@login_required
@require_GET
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The village's roster as a file; numbers in full only for those who keep the records. Recorded."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    in_full = accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes)
    body = workbook.workbook(selectors.roster_rows(place, in_full=in_full))
    rosters.record_export(place=place, in_full=in_full, by=request.user.key)
    return _file(body, f"{place.code}-roster.xlsx")


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


# The county's own settings


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Local choices with their documents, and a form for one more."""
    county = selectors.county()
    if county is None or not accounts.may(request.user, Permission.MANAGE_SETTINGS, county.scopes):
        raise Http404
    form = SettingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _attempt(
            form, lambda: actions.set_local_setting(place=county, by=request.user.key, **form.cleaned_data)
        ):
            messages.success(request, _("The local choice has been saved."))
            return redirect("places:settings")
    shown = {"form": form, "settings": county.local_settings.order_by("key", "-since"), "county": county}
    return render(request, "places/settings.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """Which years have a table of rest days; load a new one."""
    county = selectors.county()
    if county is None or not accounts.may(request.user, Permission.MANAGE_SETTINGS, county.scopes):
        raise Http404
    form = HolidayForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(1024 * 1024)
        if _attempt(form, lambda: actions.load_holidays(content=content, county=county, by=request.user.key)):
            messages.success(request, _("The table has been loaded."))
            return redirect("places:holidays")
    known = selectors.holidays()
    rows = [(year, known.notices.get(year, "")) for year in sorted(known.years, reverse=True)]
    return render(request, "places/holidays.html", {"form": form, "rows": rows})
