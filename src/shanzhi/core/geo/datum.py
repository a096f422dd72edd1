"""Datums on Chinese screens, to WGS-84 and back.

* wgs84: GPS receivers, and within centimetres CGCS2000: what surveys and Tianditu use. All our numbers are in it.
* gcj02: what map applications on Chinese phones show: WGS-84 moved by some hundred metres, by a formula that has been
  public for years. In Jiaokou about 560 m: whoever forgets it puts a house on the next ridge.
* bd09: Baidu's own: gcj02 moved once more, by some 900 m.

Accuracy. The formula is a reconstruction; measured against the vendors' own conversion others found differences of
a metre or two. The way back has no closed form: it is found by repeating the way there until the error is below a
millimetre (`_back`), so that there and back again is the same point, to within a metre by test. Outside China the
vendors move nothing; our points lie inside (`Extent` sees to it), so no border is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, pi, sin, sqrt

from shanzhi.core.geo.point import Point

AXIS = 6_378_245.0  # semi-major axis of the Krasovsky 1940 ellipsoid, metres
FLATNESS = 0.006_693_421_622_965_943  # its first eccentricity, squared
BD_TURN = pi * 3000.0 / 180.0
CLOSE_ENOUGH = 1e-9  # degrees: a tenth of a millimetre


def to_wgs84(point: Point, datum: str) -> Point:
    """A point in the named datum as WGS-84. Raises KeyError for a datum that nobody uses."""
    return _TO[datum](point)


def from_wgs84(point: Point, datum: str) -> Point:
    """A WGS-84 point in the named datum: for a map whose tiles lie in it."""
    return _FROM[datum](point)


def _gcj_from_wgs(point: Point) -> Point:
    east, north = point.longitude - 105.0, point.latitude - 35.0
    turn = point.latitude / 180.0 * pi
    bulge = 1 - FLATNESS * sin(turn) ** 2
    shift_north = _shift_north(east, north) * 180.0 / (AXIS * (1 - FLATNESS) / (bulge * sqrt(bulge)) * pi)
    shift_east = _shift_east(east, north) * 180.0 / (AXIS / sqrt(bulge) * cos(turn) * pi)
    return Point(point.longitude + shift_east, point.latitude + shift_north)


def _shift_north(east: float, north: float) -> float:
    """Metres to the north."""
    bend = -100.0 + 2.0 * east + 3.0 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * sqrt(abs(east))
    waves = (20.0 * sin(6.0 * east * pi) + 20.0 * sin(2.0 * east * pi)) * 2.0 / 3.0
    waves += (20.0 * sin(north * pi) + 40.0 * sin(north / 3.0 * pi)) * 2.0 / 3.0
    return bend + waves + (160.0 * sin(north / 12.0 * pi) + 320 * sin(north * pi / 30.0)) * 2.0 / 3.0


def _shift_east(east: float, north: float) -> float:
    """Metres to the east."""
    bend = 300.0 + east + 2.0 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * sqrt(abs(east))
    waves = (20.0 * sin(6.0 * east * pi) + 20.0 * sin(2.0 * east * pi)) * 2.0 / 3.0
    waves += (20.0 * sin(east * pi) + 40.0 * sin(east / 3.0 * pi)) * 2.0 / 3.0
    return bend + waves + (150.0 * sin(east / 12.0 * pi) + 300.0 * sin(east / 30.0 * pi)) * 2.0 / 3.0


def _bd_from_gcj(point: Point) -> Point:
    x, y = point.longitude, point.latitude
    away = sqrt(x * x + y * y) + 0.000_02 * sin(y * BD_TURN)
    angle = atan2(y, x) + 0.000_003 * cos(x * BD_TURN)
    return Point(away * cos(angle) + 0.0065, away * sin(angle) + 0.006)


def _bd_from_wgs(point: Point) -> Point:
    return _bd_from_gcj(_gcj_from_wgs(point))


def _back(point: Point, there: Callable[[Point], Point]) -> Point:
    """The point that `there` takes to `point`: guessed, tried, corrected by what is missing, until nothing is."""
    guess = point
    for _round in range(20):
        tried = there(guess)
        east, north = point.longitude - tried.longitude, point.latitude - tried.latitude
        guess = Point(guess.longitude + east, guess.latitude + north)
        if abs(east) < CLOSE_ENOUGH and abs(north) < CLOSE_ENOUGH:
            break
    return guess


def _same(point: Point) -> Point:
    return point


_FROM: dict[str, Callable[[Point], Point]] = {"wgs84": _same, "gcj02": _gcj_from_wgs, "bd09": _bd_from_wgs}
_TO: dict[str, Callable[[Point], Point]] = {
    "wgs84": _same,
    "gcj02": lambda point: _back(point, _gcj_from_wgs),
    "bd09": lambda point: _back(point, _bd_from_wgs),
}
DATUMS = tuple(_FROM)
