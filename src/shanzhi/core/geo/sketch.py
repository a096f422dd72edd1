"""Longitude and latitude on a small flat picture: for a page that has no map program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from shanzhi.core.geo.point import Extent, Point


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture `width` units wide of an extent; as high as the land is, north above."""

    extent: Extent
    width: float = 600.0

    @property
    def height(self) -> float:
        """Its height in the same units: a degree of longitude is shorter than one of latitude."""
        middle = radians((self.extent.south + self.extent.north) / 2)
        east = (self.extent.east - self.extent.west) * cos(middle)
        return round(self.width * (self.extent.north - self.extent.south) / east, 1)

    def at(self, point: Point) -> tuple[float, float]:
        """Where the point lies on the picture: from the left, from above."""
        x = (point.longitude - self.extent.west) / (self.extent.east - self.extent.west) * self.width
        y = (self.extent.north - point.latitude) / (self.extent.north - self.extent.south) * self.height
        return round(x, 1), round(y, 1)

    def path(self, geometry: Mapping[str, Any]) -> str:
        """The outline of an area as the data of an SVG path."""
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        return " ".join(self._ring(ring) for polygon in parts for ring in polygon)

    def _ring(self, ring: list[list[float]]) -> str:
        corners = (self.at(Point(*corner[:2])) for corner in ring[:-1])
        return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"
