"""Maps of a village for those who may see its people; loading points and outlines; how the county's maps look."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access
from shanzhi.apps.places.actions import maps as actions
from shanzhi.apps.places.forms.maps import SHAPES_BYTES, MapForm, ShapesForm
from shanzhi.apps.places.models import MapSetting, Place
from shanzhi.apps.places.selectors import maps
from shanzhi.apps.places.views.county import county_for_settings
from shanzhi.core.geo import Extent
from shanzhi.web.maps import allow_map
from shanzhi.web.refusals import attempt


def with_map(shown: dict[str, Any], *, data: str = "") -> dict[str, Any]:
    """What a page with a map needs beside its own: where the data lies, the tiles, the extent."""
    box, under = maps.extent(), maps.tiles()
    if not data:
        data = reverse("places:map_data", args=[shown["place"].code])
    return shown | {"map_data": data, "map_tiles": json.dumps(under) if under else "", "map_extent": box}


@login_required
@never_cache
@require_GET
def village_map(request: HttpRequest, code: str) -> HttpResponse:
    """A village with its hamlets and households; without a map program a picture and tables."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    features = maps.village_features(place, with_households=True)
    households = [each["properties"] for each in features if each["properties"]["kind"] == "household"]
    shown = {
        "place": place, "sketch": maps.sketch(features), "households": len(households),
        "hamlets": [each for each in features if each["properties"]["kind"] == "hamlet"],
        "may_edit": accounts.may(request.user, Permission.EDIT_PEOPLE, place.scopes),
    }  # fmt: skip
    return allow_map(render(request, "places/map.html", with_map(shown)), maps.tile_sources())


@login_required
@never_cache
@require_GET
def map_data(request: HttpRequest, code: str) -> HttpResponse:
    """The same as GeoJSON for the map program, in the datum of the tiles."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    under = maps.tiles()
    return _geojson(maps.village_features(place, with_households=True), under["datum"] if under else "wgs84")


@login_required
@require_POST
def map_export(request: HttpRequest, code: str) -> HttpResponse:
    """A village's outline, hamlets and households as a GeoJSON file in WGS-84; that it was taken is on record."""
    place = access.place_for(request.user, code, Permission.SEE_PEOPLE)
    actions.record_export(place=place, by=request.user.key)
    response = _geojson(maps.village_features(place, with_households=True), "wgs84")
    response["Content-Disposition"] = f'attachment; filename="{place.code}.geojson"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def map_load(request: HttpRequest, code: str) -> HttpResponse:
    """Load hamlets and households of a village from GeoJSON."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    return _load(request, place, back=("places:map", place.code))


@login_required
@require_http_methods(["GET", "POST"])
def map_settings(request: HttpRequest) -> HttpResponse:
    """The county's extent and tiles."""
    county = county_for_settings(request)
    held = MapSetting.objects.filter(county=county).first()
    names = ("west", "south", "east", "north", "tiles", "attribution", "max_zoom", "datum")
    form = MapForm(
        request.POST or None, initial={name: getattr(held, name) for name in names} if held else None
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        box = Extent(*(float(data.pop(edge)) for edge in ("west", "south", "east", "north")))
        if attempt(form, lambda: actions.set_map(county=county, extent=box, by=request.user.key, **data)):
            messages.success(request, _("The map has been set."))
            return redirect("places:map_settings")
    return render(request, "places/map_settings.html", {"form": form, "county": county})


@login_required
@require_http_methods(["GET", "POST"])
def map_load_county(request: HttpRequest) -> HttpResponse:
    """Load outlines and hamlets of the whole county from GeoJSON."""
    return _load(request, county_for_settings(request), back=("places:map_settings",))


def _load(request: HttpRequest, place: Place, *, back: tuple[str, ...]) -> HttpResponse:
    form = ShapesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        content = data["file"].read(SHAPES_BYTES)
        loaded: list[dict[str, int]] = []
        if attempt(
            form,
            lambda: loaded.append(
                actions.load_shapes(
                    place=place,
                    content=content,
                    datum=data["datum"],
                    source=data["source"],
                    by=request.user.key,
                )
            ),
        ):
            counts = {"outlines": 0, "hamlets": 0, "households": 0} | loaded[0]
            said = _("Loaded: {outlines} outlines, {hamlets} hamlets, {households} households.")
            messages.success(request, said.format(**counts))
            return redirect(*back)
    return render(
        request,
        "places/map_load.html",
        {"form": form, "place": place, "back": reverse(back[0], args=back[1:])},
    )


def _geojson(features: maps.Features, datum: str) -> JsonResponse:
    return JsonResponse(maps.collection(features, datum=datum), content_type="application/geo+json")
