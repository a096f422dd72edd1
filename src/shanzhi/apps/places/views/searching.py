"""Lists of people: a village's, and everybody whom one may see; searched, narrowed, paged.

What is searched for is sent in a form and kept in the session under a random key; the address holds that key, the filters
and the page, and never a name or a digit: addresses stay in browsers and in the logs of servers on the way.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.forms import FilterForm
from shanzhi.apps.places.models import Place
from shanzhi.apps.places.selectors import searching

PEOPLE_A_PAGE = 50
KEPT, WAY_BACK, SEARCHES_KEPT = "searches", "people_list", 10
LONGEST = 40  # characters of a query


@login_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The villages whose people one may see."""
    scopes = _scopes(request)
    rows = selectors.villages_with_numbers(scopes)
    shown = {"rows": rows, "may_edit": _may_edit_somewhere(request), "wholes": selectors.wholes(scopes)}
    return render(request, "places/places.html", shown)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom one may see, searched and narrowed."""
    scopes = _scopes(request)
    return _list(request, scopes, None, "places/people.html")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def village(request: HttpRequest, code: str) -> HttpResponse:
    """The people of one village, numbers masked."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    return _list(request, [place.pk], place, "places/village.html")


def _scopes(request: HttpRequest) -> set[int]:
    scopes = accounts.scopes_with(request.user, Permission.SEE_PEOPLE)
    if not scopes:
        raise Http404
    return scopes


def _may_edit_somewhere(request: HttpRequest) -> bool:
    return bool(accounts.scopes_with(request.user, Permission.EDIT_PEOPLE))


def _list(request: HttpRequest, scopes: Iterable[int], place: Place | None, template: str) -> HttpResponse:
    if request.method == "POST":
        return redirect(_searched(request, place))
    search = _kept(request)
    form = FilterForm(request.GET, places=[] if place else _choices(scopes), groups=_groups(request, place))
    found = searching.listing(
        scopes, today=timezone.localdate(), query=search.get("words", ""), filters=form.filters(), place=place,
        keys=search.get("keys"), households=search.get("households"),
    )  # fmt: skip
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    if request.session.get(WAY_BACK) != request.get_full_path():
        request.session[WAY_BACK] = request.get_full_path()  # holds nothing about anybody
    shown: dict[str, Any] = {
        "place": place, "page": page, "form": form, "q": search.get("words", ""), "searched": bool(search),
        "rows": [(who, selectors.masked_id(who), selectors.masked_phone(who)) for who in page],
        "chips": [(label, value, _without(request.GET, name)) for name, label, value in form.chips()],
        "unsearched": _without(request.GET, "s"), "s": request.GET.get("s", ""),
        "may_edit": _may_edit(request, place),
    }  # fmt: skip
    if not place:
        shown["called"] = searching.places_named(search.get("words", ""), scopes)
    return render(request, template, shown)


def _may_edit(request: HttpRequest, place: Place | None) -> bool:
    if place is None:
        return _may_edit_somewhere(request)
    return accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes)


# What is searched for


def _searched(request: HttpRequest, place: Place | None) -> str:
    """The address that shows what was sent: under a new key, or without one when nothing was typed."""
    query = " ".join(request.POST.get("q", "").split())[:LONGEST]
    asked = request.GET.copy()
    for name in ("s", "page", "q"):
        asked.pop(name, None)
    if query:
        asked["s"] = _keep(request, _by_digits(request, query, place) or {"words": query})
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def _by_digits(request: HttpRequest, query: str, place: Place | None) -> dict[str, Any] | None:
    """Who is found by the end of an ID number, by those who keep the records; recorded. The digits are not kept."""
    digits = searching.as_digits(query)
    if not digits:
        return None
    keys: list[str] = []
    held = accounts.scopes_with(request.user, Permission.EDIT_PEOPLE)
    within = [place.pk] if place and not held.isdisjoint(place.scopes) else []
    within = within if place else searching.places_under(held)
    if within:
        found = searching.ending_with(digits, within)
        actions.note_search_by_digits(
            found=found, digits=len(digits), scope=place.pk if place else min(held), by=request.user.key
        )
        keys = [each.key for each in found]
    households = searching.households_numbered(digits, [place.pk] if place else _scopes(request))
    return {"keys": keys, "households": households}


def _keep(request: HttpRequest, search: dict[str, Any]) -> str:
    """Put a search into the session; the oldest give way."""
    kept = request.session.get(KEPT, {})
    key = secrets.token_urlsafe(6)
    kept[key] = search
    request.session[KEPT] = dict(list(kept.items())[-SEARCHES_KEPT:])
    return key


def _kept(request: HttpRequest) -> dict[str, Any]:
    key = request.GET.get("s", "")
    search = request.session.get(KEPT, {}).get(key, {})
    if key and not search:
        messages.info(request, _("That search is over. Type it once more."))
    return search


# Filters


def _choices(scopes: Iterable[int]) -> list[tuple[str, str]]:
    """Townships and their villages under the scopes, indented by level."""
    depth = {"township": "", "village": "　", "community": "　"}
    held = Place.objects.filter(
        selectors.lineages(scopes), kind__in=list(depth), valid_until=None
    ).select_related("parent")
    return [(each.code, f"{depth[each.kind]}{each.full_name}") for each in held]


def _groups(request: HttpRequest, place: Place | None) -> list[str]:
    """The villager groups of the village that is looked at."""
    there = place or selectors.by_code(request.GET.get("place", ""))
    if there is None or not accounts.may(request.user, Permission.SEE_PEOPLE, there.scopes):
        return []
    return searching.groups_of(there)


def _without(asked: QueryDict, name: str) -> str:
    """The address without one filter, from its first page on."""
    kept = asked.copy()
    for each in (name, "page", *(["group"] if name == "place" else [])):
        kept.pop(each, None)
    return f"?{kept.urlencode()}"
