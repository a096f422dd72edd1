"""What lies on the map: outlines and hamlets for everybody, households for those who may see people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from shanzhi.apps.places.models import Hamlet, Household, MapSetting, Outline, Place
from shanzhi.apps.places.selectors.below import hamlets_of, hamlets_under, households_with_points
from shanzhi.core.geo import Extent, Point, from_wgs84
from shanzhi.core.geo.shapes import extent_of, moved
from shanzhi.core.geo.sketch import Sketch

CHINA = Extent(73.0, 3.0, 136.0, 54.0)  # while the county has not said where it lies
Features = list[dict[str, Any]]


def setting() -> MapSetting | None:
    """How the county's maps look, once somebody has said so."""
    return MapSetting.objects.filter(county__valid_until=None).first()


def extent() -> Extent:
    """The box in which every point must lie."""
    held = setting()
    if held is None:
        return CHINA
    return Extent(float(held.west), float(held.south), float(held.east), float(held.north))


def tiles() -> dict[str, Any] | None:
    """What the map program needs to know of the tiles; None without any."""
    held = setting()
    if held is None or not held.tiles:
        return None
    return {
        "tiles": held.tiles.split("\n"),
        "attribution": held.attribution,
        "maxzoom": held.max_zoom,
        "datum": held.datum,
    }


def tile_sources() -> list[str]:
    """The servers of the tiles, as a content security policy names them."""
    held = setting()
    addresses = held.tiles.split("\n") if held and held.tiles else []
    return sorted({f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in addresses})


def village_features(place: Place, *, with_households: bool = False) -> Features:
    """A village's outline and hamlets; with households only for those who may see people."""
    found = [_outline(each) for each in Outline.objects.filter(place=place).select_related("place__parent")]
    found += [_hamlet(each) for each in hamlets_of(place).exclude(longitude=None).select_related("place")]
    if with_households:
        found += [_household(each, place) for each in households_with_points(place)]
    return found


def county_features(county: Place) -> Features:
    """Outlines of the county, its townships and villages, and its hamlets."""
    living = Outline.objects.filter(place__lineage__startswith=county.lineage, place__valid_until=None)
    found = [_outline(each) for each in living.select_related("place__parent").order_by("place__code")]
    return found + [_hamlet(each) for each in hamlets_under(county).exclude(longitude=None)]


def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _outline(each: Outline) -> dict[str, Any]:
    place = each.place
    return _feature(each.geometry, kind=place.kind, code=place.code, name=place.full_name)


def _hamlet(each: Hamlet) -> dict[str, Any]:
    return _feature(_point(each.point), kind="hamlet", code=each.place.code, name=each.name)


def _household(each: Household, place: Place) -> dict[str, Any]:
    return _feature(
        _point(each.point),
        kind="household",
        code=place.code,
        number=each.number,
        group=each.group,
        key=each.key,
    )


def _point(point: Point | None) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": [point.longitude, point.latitude]} if point else None


def collection(features: Iterable[dict[str, Any]], *, datum: str = "wgs84") -> dict[str, Any]:
    """Features as one GeoJSON; in another datum than WGS-84 only for a map whose tiles lie in it."""
    if datum == "wgs84":
        return {"type": "FeatureCollection", "features": list(features)}
    shifted = [
        {**each, "geometry": moved(each["geometry"], lambda point: from_wgs84(point, datum))}
        for each in features
    ]
    return {"type": "FeatureCollection", "features": shifted}


def sketch(features: Features) -> dict[str, Any] | None:
    """The same on a flat picture for pages without a map program: paths and dots with their names; None for nothing."""
    box = extent_of([each["geometry"] for each in features])
    if box is None:
        return None
    drawing = Sketch(box)
    areas = [
        {"path": drawing.path(each["geometry"]), **each["properties"]}
        for each in features
        if each["geometry"]["type"] != "Point"
    ]
    dots = []
    for each in features:
        if each["geometry"]["type"] == "Point":
            x, y = drawing.at(Point(*each["geometry"]["coordinates"]))
            dots.append({"x": x, "y": y, **each["properties"]})
    return {"width": drawing.width, "height": drawing.height, "areas": areas, "dots": dots}
