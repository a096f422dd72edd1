"""Pages for villagers without an account: light, readable on an old phone, without any person's data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.elections.actions import checks
from shanzhi.apps.elections.selectors import public
from shanzhi.apps.elections.selectors.rolls import Question
from shanzhi.apps.places import selectors as places
from shanzhi.apps.portal.forms import RollCheckForm
from shanzhi.apps.record import selectors as record
from shanzhi.core.law import seats
from shanzhi.web.kept import kept
from shanzhi.web.maps import allow_map

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


@kept
@require_GET
def county(request: HttpRequest) -> HttpResponse:
    """The county: its townships and villages, and the newest results."""
    townships = places.tree(query=request.GET.get("q", "").strip())
    villages = [village.pk for _township, below in townships for village in below]
    return render(
        request,
        "portal/county.html",
        {
            "townships": townships,
            "stages": public.stages_of(villages),
            "results": public.latest_results(),
            "former": places.former_names(request.GET.get("q", "").strip()),
            "q": request.GET.get("q", ""),
        },
    )


@kept
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: where its election stands, its notices and results, each with its proof."""
    place = _village(code)
    elections = list(public.elections_of(place))
    results = [
        {"notice": notice, "data": data, "valid": _validity(data), "needed": _needed(data)}
        for election in elections
        for notice in election.notices.all()
        if notice.kind == "result" and (data := _shown(notice.document)) is not None
    ]
    return render(
        request,
        "portal/village.html",
        {
            "place": place,
            "fate": places.fate(place, code),
            "elections": elections,
            "results": results,
            "roll": public.roll_to_ask(place),
        },
    )


@require_GET
def county_map(request: HttpRequest) -> HttpResponse:
    """The county's villages on a map of our own outlines; without a map program a picture and the list of villages."""
    county = places.county()
    if county is None:
        raise Http404
    features = places.maps.county_features(county)
    return _map(request, features, reverse("portal:map_data"), townships=places.tree())


@require_GET
def county_map_data(_request: HttpRequest) -> HttpResponse:
    """The same as GeoJSON; a village's outline leads to its page."""
    county = places.county()
    if county is None:
        raise Http404
    return _geojson(
        each
        for each in places.maps.county_features(county)
        if each["properties"]["kind"]
        != "hamlet"  # hundreds of names over one another: they stand on the village's map
    )


@require_GET
def village_map(request: HttpRequest, code: str) -> HttpResponse:
    """A village's outline and hamlets. No household: where people live is no public matter."""
    place = _village(code)
    features = places.maps.village_features(place)
    return _map(request, features, reverse("portal:village_map_data", args=[place.code]), place=place)


@require_GET
def village_map_data(_request: HttpRequest, code: str) -> HttpResponse:
    """The same as GeoJSON."""
    return _geojson(places.maps.village_features(_village(code)))


def _map(request: HttpRequest, features: Any, data: str, **more: Any) -> HttpResponse:
    under = places.maps.tiles()
    shown = {
        "sketch": places.maps.sketch(features), "map_data": data, "map_tiles": json.dumps(under) if under else "",
        "map_extent": places.maps.extent(), "few_words": "townships" in more,
        "hamlets": [each for each in features if each["properties"]["kind"] == "hamlet"], **more,
    }  # fmt: skip
    return allow_map(render(request, "portal/map.html", shown), places.maps.tile_sources())


def _geojson(features: Iterable[dict[str, Any]]) -> JsonResponse:
    under = places.maps.tiles()
    linked = [
        {
            **each,
            "properties": each["properties"]
            | {"url": reverse("portal:village", args=[each["properties"]["code"]])},
        }
        if each["properties"]["kind"] in {"village", "community"}
        else each
        for each in features
    ]
    shown = places.maps.collection(linked, datum=under["datum"] if under else "wgs84")
    return JsonResponse(shown, content_type="application/geo+json")


def _shown(number: int) -> dict[str, Any] | None:
    document = record.document(number)
    return record.shown(document) if document is not None else None


def _validity(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Whether enough voters took part, and what else made the election invalid."""
    found = data["findings"]
    return [
        each
        for each in found
        if each["rule"] == "VCOL-18-6" or (each["rule"] == "VER-06" and not each["holds"])
    ]


def _needed(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """How many votes were needed to win, with the rule that says so."""
    for rule in data["findings"]:
        if votes := seats.enough(rule["rule"], data["collected"]):
            return {"votes": votes, "rule": rule}
    return None


@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """From the number on a paper to the page whose lines are compared with it."""
    number = request.GET.get("number", "").strip()
    if number.isdecimal() and len(number) < 10 and record.document(int(number)) is not None:
        return redirect("record:document", int(number))
    return render(request, "portal/notice.html", {"number": number[:20]}, status=404)


@kept
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Is a name on the posted roll? Yes or no, and nothing more."""
    place = _village(code)
    roll = public.roll_to_ask(place)
    form = RollCheckForm(request.POST if request.method == "POST" else None)
    reply = None
    if request.method == "POST" and roll is not None and form.is_valid():
        data = form.cleaned_data
        question = Question(name=data["name"].replace(" ", ""), tail=data["tail"], code=data["code"])
        reply = checks.ask(
            roll=roll,
            question=question,
            client=request.META.get("REMOTE_ADDR", ""),
            today=timezone.localdate(),
        )
    shown = {"place": place, "roll": roll, "form": form, "reply": reply}
    response = render(
        request, "portal/check.html", shown, status=429 if reply == checks.Reply.TOO_OFTEN else 200
    )
    response["Cache-Control"] = "no-store"
    return response


def _village(code: str) -> Place:
    """The village that has this code or had it: papers with an old code go on leading somewhere."""
    place = places.known(code)
    if place is None or place.kind not in {"village", "community"}:
        raise Http404
    return place
