"""A point in WGS-84 and the extent that it must lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_008.8  # metres, mean radius
DIGITS = 6  # decimals kept: a tenth of a metre
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,12})?")


class Fault(StrEnum):
    """Why a point cannot be used."""

    SHAPE = "shape"  # not two numbers
    OUTSIDE = "outside"  # not in the county
    SWAPPED = "swapped"  # in the county once the two numbers change places


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """The point cannot be used. `fault` says why; words come at the edge."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees east and north, WGS-84."""

    longitude: float
    latitude: float

    def rounded(self) -> Point:
        """The point as it is stored: six decimals."""
        return Point(round(self.longitude, DIGITS), round(self.latitude, DIGITS))


@dataclass(frozen=True, slots=True)
class Extent:
    """The box of a county, its edges included."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90):
            raise ValueError("an extent goes from west to east and from south to north")

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.west <= point.longitude <= self.east and self.south <= point.latitude <= self.north

    def check(self, point: Point) -> Point:
        """The point itself. Raises Unusable when it lies outside; says so when the two numbers are only swapped."""
        if self.holds(point):
            return point
        swapped = self.holds(Point(point.latitude, point.longitude))
        raise Unusable(Fault.SWAPPED if swapped else Fault.OUTSIDE)


def read_point(longitude: str, latitude: str) -> Point:
    """Two numbers as people type them: full-width digits, a degree sign, spaces. Raises Unusable."""
    return Point(_number(longitude), _number(latitude))


def _number(typed: str) -> float:
    plain = typed.translate(_WIDE).strip().rstrip("°EeNn").strip()
    if not _NUMBER.fullmatch(plain):
        raise Unusable(Fault.SHAPE)
    return float(plain)


_WIDE = {
    ord(wide): plain for wide, plain in zip("０１２３４５６７８９．。，－", "0123456789...-", strict=True)
} | {ord("\u3000"): " "}


def metres(one: Point, other: Point) -> float:
    """The distance over a round earth, good to half a percent."""
    north, east = (
        radians(b - a) for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude))
    )
    chord = (
        sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))
