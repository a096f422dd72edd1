"""Own GeoJSON for outlines, hamlets and households: checked feature by feature, all or nothing; and how maps look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places.errors import Unreadable, Wrong
from shanzhi.apps.places.models import Hamlet, Household, MapSetting, Outline, Place
from shanzhi.apps.places.selectors import maps
from shanzhi.apps.record import actions as record
from shanzhi.core.geo import Extent, Point, shapes
from shanzhi.core.geo.shapes import AREAS, Fault, Feature

NAMED_AT_MOST = 20  # bad features in one answer
WMTS = {
    "{TileMatrix}": "{z}",
    "{TileRow}": "{y}",
    "{TileCol}": "{x}",
    "{TILEMATRIX}": "{z}",
    "{TILEROW}": "{y}",
    "{TILECOL}": "{x}",
}


class BadFeatures(Unreadable):
    """A file of which some features cannot be used: `faults` says which and why."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        self.faults = faults
        said = " ".join(
            _("No. {number}: {fault}").format(number=number, fault=fault)
            for number, fault in faults[:NAMED_AT_MOST]
        )
        more = len(faults) - NAMED_AT_MOST
        if more > 0:
            said += _(" And {number} more.").format(number=more)
        super().__init__(_("Nothing was loaded. {faults}").format(faults=said))


@transaction.atomic
def load_shapes(*, place: Place, content: bytes, datum: str, source: str = "", by: str) -> dict[str, int]:
    """Load a file for a village (hamlets, households) or the whole county (outlines, hamlets); how many of each.

    Every feature says what it is: `kind` (county, township, village, hamlet, household), `code` of its place, and a
    hamlet its `name`, a household its `number`. What is named again is put where the file has it.
    """
    loading = _Loading(place, source, by)
    try:
        features = shapes.read(content, extent=maps.extent(), datum=datum)
    except shapes.Unusable as bad:
        raise Unreadable(file_words(bad.fault)) from None
    faults = [(each.number, fault) for each in features if (fault := loading.take(each))]
    if faults:
        raise BadFeatures(faults)
    loading.write()
    counts = {name: number for name, number in loading.counts.items() if number}
    record.write(by=by, act="places.map_loaded", subject=f"place:{place.code}", scope=place.pk, **counts)
    return counts


class _Loading:
    """One file: each feature is looked up, and only when all are good is anything written."""

    def __init__(self, place: Place, source: str, by: str) -> None:
        self.place, self.source, self.by = place, source.strip()[:120], by
        below = Place.objects.filter(lineage__startswith=place.lineage, valid_until=None)
        self.places = {each.code: each for each in below}
        self.households = dict(Household.objects.filter(place=place).values_list("number", "pk"))
        self.outlines: dict[int, Mapping[str, Any]] = {}
        self.hamlets: dict[tuple[int, str], Point] = {}
        self.points: dict[int, Point] = {}
        self.counts: dict[str, int] = {}

    def take(self, feature: Feature) -> str:
        """What is wrong with a feature; nothing when it has been taken."""
        if feature.fault:
            return feature_words(feature.fault)
        kind, code = str(feature.properties.get("kind", "")), str(feature.properties.get("code", "")).strip()
        held = self.places.get(code)
        if held is None:
            return _("“{code}” is not the code of a place here.").format(code=code[:20])
        taking: dict[str, Callable[[Feature, Place], str]] = {
            "hamlet": self._hamlet,
            "household": self._household,
        }
        if kind in {"county", "township", "village", "community"}:
            return self._outline(feature, held)
        if kind not in taking:
            return _("“kind” is none of county, township, village, hamlet, household.")
        return taking[kind](feature, held)

    def _outline(self, feature: Feature, place: Place) -> str:
        if self.place.is_village:
            return _("Outlines are loaded for the whole county, by its office.")
        if feature.geometry is None or feature.geometry["type"] not in AREAS:
            return _("an outline is a Polygon or MultiPolygon.")
        self.outlines[place.pk] = feature.geometry
        return ""

    def _hamlet(self, feature: Feature, place: Place) -> str:
        name = str(feature.properties.get("name", "")).strip()
        if not place.is_village or feature.point is None or not 0 < len(name) <= 40:
            return _("a hamlet is a Point with its “name” and the code of its village.")
        self.hamlets[place.pk, name] = feature.point
        return ""

    def _household(self, feature: Feature, place: Place) -> str:
        number = str(feature.properties.get("number", "")).strip()
        if place.pk != self.place.pk or not place.is_village:
            return _("Households are loaded village by village.")
        if feature.point is None or number not in self.households:
            return _("the village has no household with the number “{number}”, or it is no Point.").format(
                number=number[:40]
            )
        self.points[self.households[number]] = feature.point
        return ""

    def write(self) -> None:
        """Everything that was taken."""
        today = timezone.localdate()
        for pk, geometry in self.outlines.items():
            Outline.objects.update_or_create(
                place_id=pk, defaults={"geometry": geometry, "source": self.source, "loaded_by": self.by}
            )
        standing = {
            (each.place_id, each.name): each
            for each in Hamlet.objects.filter(place__in={pk for pk, _name in self.hamlets}, until=None)
        }
        for (pk, name), point in self.hamlets.items():
            row = standing.get((pk, name)) or Hamlet(place_id=pk, name=name, since=today)
            row.longitude, row.latitude = _decimals(point)
            row.save()
        rows = list(Household.objects.filter(pk__in=self.points)) if self.points else []
        for row in rows:
            row.longitude, row.latitude = _decimals(self.points[row.pk])
        Household.objects.bulk_update(rows, ["longitude", "latitude"], batch_size=500)
        self.counts = {"outlines": len(self.outlines), "hamlets": len(self.hamlets), "households": len(rows)}


def _decimals(point: Point) -> tuple[Decimal, Decimal]:
    return Decimal(f"{point.longitude:.6f}"), Decimal(f"{point.latitude:.6f}")


def file_words(fault: Fault) -> str:
    """Why a file cannot be used, and what to do."""
    return {
        Fault.NOT_JSON: _("The file is not JSON in UTF-8. Export it as GeoJSON and choose it again."),
        Fault.NOT_FEATURES: _("The file is no GeoJSON FeatureCollection with features in it."),
        Fault.TOO_MANY: _(
            "The file has too many features or corners. Simplify the outlines, or load it in parts."
        ),
        Fault.OTHER_CRS: _(
            "The file names a coordinate system other than WGS 84. Export it in WGS 84 (EPSG:4326)."
        ),
    }[fault]


def feature_words(fault: Fault) -> str:
    """Why a feature cannot be used."""
    return {
        Fault.GEOMETRY: _("no Point, Polygon or MultiPolygon with numbers in order."),
        Fault.OPEN_RING: _("a ring does not come back to where it began, or has fewer than four corners."),
        Fault.OUTSIDE: _("it lies outside the county."),
        Fault.SWAPPED: _(
            "longitude and latitude are the wrong way round: GeoJSON begins with the longitude."
        ),
        Fault.PROPERTIES: _("it has no properties that say what it is."),
    }[fault]


@transaction.atomic
def record_export(*, place: Place, by: str) -> None:
    """Record that somebody took points of households out of the software."""
    record.write(by=by, act="places.map_exported", subject=f"place:{place.code}", scope=place.pk)


@transaction.atomic
def set_map(
    *, county: Place, extent: Extent, tiles: str, attribution: str, max_zoom: int, datum: str, by: str
) -> MapSetting:
    """The county's extent, and whose tiles lie under its maps. Without tiles no map asks anybody else for anything."""
    addresses = [tile_address(line) for line in tiles.split() if line]
    if addresses and not attribution.strip():
        raise Wrong("attribution", _("Say whose map it is: it is shown on every map."))
    facts = {
        "west": extent.west, "south": extent.south, "east": extent.east, "north": extent.north, "max_zoom": max_zoom,
        "tiles": "\n".join(addresses), "attribution": attribution.strip(), "datum": datum,
    }  # fmt: skip
    made, _new = MapSetting.objects.update_or_create(county=county, defaults=facts)
    record.write(
        by=by, act="places.map_set", subject=f"place:{county.code}", scope=county.pk,
        hosts=[urlsplit(each).netloc for each in addresses],
    )  # fmt: skip
    return made


_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")


def tile_address(typed: str) -> str:
    """A template of tile addresses: XYZ, or WMTS with its own words for the same three numbers. Raises Wrong."""
    address = typed.strip()
    for word, plain in WMTS.items():
        address = address.replace(word, plain)
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http"} or not _HOST.fullmatch(parts.netloc):
        raise Wrong("tiles", _("An address begins with https:// and the name of a server, without {s}."))
    if any(mark not in address for mark in ("{x}", "{y}", "{z}")):
        raise Wrong(
            "tiles",
            _("An address of tiles holds {x}, {y} and {z}, or {TileCol}, {TileRow} and {TileMatrix}."),
        )
    if len(address) > 400:
        raise Wrong("tiles", _("The address is too long."))
    return address
