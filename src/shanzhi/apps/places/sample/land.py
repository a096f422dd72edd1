"""An invented land for the sample county: a hexagon a village, in no likeness to any real border, with invented hamlets.

The hexagons lie side by side in the order of the codes, so that each township is one piece; they fill about the area of
the real county around its middle, and nothing else about them is true. The same county always gets the same land.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import cos, pi, radians, sin, sqrt
from random import Random
from typing import Any

from shanzhi.apps.places.actions.maps import set_map
from shanzhi.apps.places.models import Hamlet, Outline, Place
from shanzhi.apps.record import actions as record
from shanzhi.core.geo import Extent, Point

MIDDLE = Point(111.3092, 36.9515)
EXTENT = Extent(111.0, 36.7, 111.65, 37.25)
SIDE = 2270.0  # metres: 94 hexagons of this side are about 1,260 square kilometres
DEGREE = 111_320.0  # metres of latitude
ROWS = 9
SCALE = cos(radians(MIDDLE.latitude))
FRONTS, ENDS = "东西南北前后上下中老", ("沟", "坡", "洼", "峪", "塬", "湾", "岭", "圪台")
SOURCE = "示意图，不是实际界线 schematic, no real border"

Ring = list[list[float]]


def lay_out(county: Place, villages: Sequence[Place], *, since: date, by: str) -> None:
    """Outlines of the county, its townships and villages; three to six hamlets a village; the county's extent."""
    box = {
        "county": county,
        "extent": EXTENT,
        "tiles": "",
        "attribution": "",
        "max_zoom": 18,
        "datum": "wgs84",
    }
    set_map(**box, by=by)
    ordered = sorted(villages, key=lambda place: place.code)
    rings = {place.pk: _hexagon(at, len(ordered)) for at, place in enumerate(ordered)}
    outlines = [_outline(place.pk, _joined([rings[place.pk]]), by) for place in ordered]
    for parent in {place.parent_id for place in ordered}:
        below = [rings[place.pk] for place in ordered if place.parent_id == parent]
        outlines.append(_outline(parent, _joined(below), by))
    outlines.append(_outline(county.pk, _joined(rings.values()), by))
    Outline.objects.bulk_create(outlines)
    hamlets = [each for at, place in enumerate(ordered) for each in _hamlets(place, at, len(ordered), since)]
    Hamlet.objects.bulk_create(hamlets, batch_size=500)
    record.write(
        by=by, act="places.map_loaded", subject=f"place:{county.code}", scope=county.pk, outlines=len(outlines),
        hamlets=len(hamlets),
    )  # fmt: skip


def near(point: Point, dice: Random, *, metres: float = 180.0) -> tuple[Decimal, Decimal]:
    """A point some steps away: where a household of a hamlet lies."""
    east, north = dice.gauss(0, metres), dice.gauss(0, metres)
    return _decimals(point.longitude + east / (DEGREE * SCALE), point.latitude + north / DEGREE)


def _centre(at: int, number: int) -> tuple[float, float]:
    """Metres east and north of the middle: column by column, up one and down the next, so that neighbours stay near."""
    column, row = divmod(at, ROWS)
    row = row if column % 2 == 0 else ROWS - 1 - row
    east = (column - (number // ROWS) / 2) * 1.5 * SIDE
    return east, (row - (ROWS - 1) / 2 + (column % 2) / 2) * sqrt(3) * SIDE


def _degrees(east: float, north: float) -> list[float]:
    return [round(MIDDLE.longitude + east / (DEGREE * SCALE), 6), round(MIDDLE.latitude + north / DEGREE, 6)]


def _hexagon(at: int, number: int) -> Ring:
    east, north = _centre(at, number)
    return [
        _degrees(east + SIDE * cos(pi / 3 * corner), north + SIDE * sin(pi / 3 * corner))
        for corner in range(6)
    ]


def _joined(rings: Iterable[Ring]) -> dict[str, Any]:
    """The outline around hexagons: sides that two of them share lie inside and are left out."""
    sides: dict[tuple[tuple[int, int], tuple[int, int]], tuple[list[float], list[float]]] = {}
    for ring in rings:
        for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
            shared = (_near_key(there), _near_key(here))
            if shared in sides:
                del sides[shared]
            else:
                sides[_near_key(here), _near_key(there)] = (here, there)
    onward = {start: (end, corner) for (start, end), (corner, _to) in sides.items()}
    polygons = []
    while onward:
        start = place = next(iter(onward))
        ring: Ring = []
        while place in onward:
            place, corner = onward.pop(place)
            ring.append(corner)
        if place == start:
            polygons.append([[*ring, ring[0]]])
    return {"type": "MultiPolygon", "coordinates": polygons}


def _near_key(corner: list[float]) -> tuple[int, int]:
    """Corners that differ by rounding only are one: all lie on a lattice of quarter sides."""
    east, north = (corner[0] - MIDDLE.longitude) * DEGREE * SCALE, (corner[1] - MIDDLE.latitude) * DEGREE
    return round(east / SIDE * 4), round(north / (SIDE * sqrt(3)) * 4)


def _outline(pk: int, geometry: dict[str, Any], by: str) -> Outline:
    return Outline(place_id=pk, geometry=geometry, source=SOURCE, loaded_by=by)


def _hamlets(place: Place, at: int, number: int, since: date) -> list[Hamlet]:
    dice = Random(place.code)  # noqa: S311 - an invented land
    names = dice.sample([front + end for front in FRONTS for end in ENDS], dice.randint(3, 6))
    east, north = _centre(at, number)
    turn, many = dice.random() * 2 * pi, len(names)
    made = []
    for place_in_ring, name in enumerate(names):
        angle, away = turn + 2 * pi * place_in_ring / many, SIDE * dice.uniform(0.35, 0.6)
        longitude, latitude = _decimals(*_degrees(east + away * cos(angle), north + away * sin(angle)))
        made.append(Hamlet(place=place, name=name, since=since, longitude=longitude, latitude=latitude))
    return made


def _decimals(longitude: float, latitude: float) -> tuple[Decimal, Decimal]:
    return Decimal(f"{longitude:.6f}"), Decimal(f"{latitude:.6f}")
