"""GeoJSON (RFC 7946) as people bring it: read with bounds, checked feature by feature, in WGS-84 when it leaves here.

A feature that cannot be used does not hide the others: each comes with its number and what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shanzhi.core.geo.datum import to_wgs84
from shanzhi.core.geo.point import DIGITS, Extent, Point

MOST_FEATURES, MOST_POSITIONS = 50_000, 400_000
AREAS = ("Polygon", "MultiPolygon")


class Fault(StrEnum):
    """Why a file, or a feature in it, cannot be used."""

    NOT_JSON = "not_json"
    NOT_FEATURES = "not_features"  # not a FeatureCollection with features
    TOO_MANY = "too_many"  # features or positions
    OTHER_CRS = "other_crs"  # the file itself names another coordinate system
    GEOMETRY = "geometry"  # neither a point nor an area, or its numbers are in no order
    OPEN_RING = (
        "open_ring"  # a ring of an area does not come back to where it began, or has fewer than four corners
    )
    OUTSIDE = "outside"
    SWAPPED = "swapped"  # outside, but inside once latitude and longitude change places
    PROPERTIES = "properties"  # no properties to say what it is


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """The whole file cannot be used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature, its number in the file counted from one. `fault` when it cannot be used: then nothing else counts."""

    number: int
    properties: Mapping[str, Any]
    geometry: Mapping[str, Any] | None = None
    fault: Fault | None = None

    @property
    def point(self) -> Point | None:
        """Where it lies, if it is a point."""
        if self.geometry is None or self.geometry["type"] != "Point":
            return None
        return Point(*self.geometry["coordinates"])


def read(content: bytes, *, extent: Extent, datum: str) -> tuple[Feature, ...]:
    """The features of a file in WGS-84. Raises Unusable when the file as a whole is not GeoJSON, or too large."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unusable(Fault.NOT_JSON) from None
    features = (
        data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    )
    if not isinstance(features, list) or not features:
        raise Unusable(Fault.NOT_FEATURES)
    if "crs" in data and not _is_wgs84(data["crs"]):
        raise Unusable(Fault.OTHER_CRS)
    reading = _Reading(extent, datum)
    if len(features) > MOST_FEATURES:
        raise Unusable(Fault.TOO_MANY)
    return tuple(reading.feature(number, each) for number, each in enumerate(features, start=1))


def _is_wgs84(crs: object) -> bool:
    return any(name in json.dumps(crs) for name in ("CRS84", "EPSG::4326", "EPSG:4326"))


class _Wrong(ValueError):  # noqa: N818 - caught in this file
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class _Reading:
    """One file being read: counts positions as it goes, so that a bomb is refused before it has grown."""

    def __init__(self, extent: Extent, datum: str) -> None:
        self.extent, self.datum, self.positions = extent, datum, 0

    def feature(self, number: int, raw: object) -> Feature:
        if not isinstance(raw, dict) or not isinstance(raw.get("properties"), dict):
            return Feature(number, {}, fault=Fault.PROPERTIES)
        properties = raw["properties"]
        try:
            return Feature(number, properties, self.geometry(raw.get("geometry")))
        except _Wrong as wrong:
            return Feature(number, properties, fault=wrong.fault)

    def geometry(self, raw: object) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise _Wrong(Fault.GEOMETRY)
        match raw.get("type"):
            case "Point":
                return {"type": "Point", "coordinates": self.position(raw.get("coordinates"))}
            case "Polygon":
                return {"type": "Polygon", "coordinates": self.polygon(raw.get("coordinates"))}
            case "MultiPolygon":
                parts = [self.polygon(each) for each in _list(raw.get("coordinates"))]
                return {"type": "MultiPolygon", "coordinates": parts}
            case _:
                raise _Wrong(Fault.GEOMETRY)

    def polygon(self, raw: object) -> list[list[list[float]]]:
        return [self.ring(each) for each in _list(raw)]

    def ring(self, raw: object) -> list[list[float]]:
        corners = [self.position(each) for each in _list(raw)]
        if len(corners) < 4 or corners[0] != corners[-1]:
            raise _Wrong(Fault.OPEN_RING)
        return corners

    def position(self, raw: object) -> list[float]:
        self.positions += 1
        if self.positions > MOST_POSITIONS:
            raise Unusable(Fault.TOO_MANY)
        numbers = _list(raw)
        if len(numbers) not in {2, 3} or not all(_is_number(each) for each in numbers):
            raise _Wrong(Fault.GEOMETRY)
        point = to_wgs84(Point(float(numbers[0]), float(numbers[1])), self.datum)
        if not self.extent.holds(point):
            swapped = self.extent.holds(Point(point.latitude, point.longitude))
            raise _Wrong(Fault.SWAPPED if swapped else Fault.OUTSIDE)
        return [round(point.longitude, DIGITS), round(point.latitude, DIGITS)]


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise _Wrong(Fault.GEOMETRY)
    return raw


def _is_number(each: object) -> bool:
    return isinstance(each, int | float) and not isinstance(each, bool) and -1000 <= each <= 1000


def positions(geometry: Mapping[str, Any]) -> Iterator[Point]:
    """Every point and corner of a geometry that was read here."""
    yield from _points(geometry["coordinates"])


def _points(nested: Any) -> Iterator[Point]:
    if nested and isinstance(nested[0], int | float):
        yield Point(nested[0], nested[1])
        return
    for each in nested:
        yield from _points(each)


def moved(geometry: Mapping[str, Any], move: Any) -> dict[str, Any]:
    """The same geometry with every position moved, for a map whose tiles lie in another datum."""
    return {"type": geometry["type"], "coordinates": _moved(geometry["coordinates"], move)}


def _moved(nested: Any, move: Any) -> Any:
    if nested and isinstance(nested[0], int | float):
        point = move(Point(nested[0], nested[1])).rounded()
        return [point.longitude, point.latitude]
    return [_moved(each, move) for each in nested]


def extent_of(geometries: list[Mapping[str, Any]], *, margin: float = 0.05) -> Extent | None:
    """The box around geometries, a little wider; None around nothing, or around a single point."""
    points = [point for each in geometries for point in positions(each)]
    if not points:
        return None
    east, north = [point.longitude for point in points], [point.latitude for point in points]
    wide = max(max(east) - min(east), max(north) - min(north)) * margin or 0.002
    return Extent(min(east) - wide, min(north) - wide, max(east) + wide, max(north) + wide)
