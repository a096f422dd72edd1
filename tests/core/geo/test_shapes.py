"""GeoJSON as people bring it: every feature with its number and its fault, and hostile files refused early."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.geo import Extent, Point, shapes
from shanzhi.core.geo.shapes import Fault, Unusable
from shanzhi.core.geo.sketch import Sketch

COUNTY = Extent(111.0, 36.7, 111.65, 37.25)
SQUARE = [[111.1, 36.9], [111.2, 36.9], [111.2, 37.0], [111.1, 37.0], [111.1, 36.9]]


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(east, north):
    return {"type": "Point", "coordinates": [east, north]}


def read(*features, datum="wgs84", **more):
    content = json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()
    return shapes.read(content, extent=COUNTY, datum=datum)


def faults(*features):
    return [each.fault for each in read(*features)]


def test_points_and_areas_are_read_with_their_properties():
    one, two = read(
        feature(point(111.1812, 36.9822), kind="hamlet"),
        feature({"type": "Polygon", "coordinates": [SQUARE]}),
    )

    assert (one.number, one.point, one.properties["kind"]) == (1, Point(111.1812, 36.9822), "hamlet")
    assert (two.fault, two.point, two.geometry["coordinates"][0][0]) == (None, None, [111.1, 36.9])


def test_a_file_in_another_datum_is_moved_and_a_height_is_left_out():
    (plain,) = read(feature({"type": "Point", "coordinates": [111.2, 36.95, 900.0]}), datum="gcj02")

    assert plain.point != Point(111.2, 36.95)
    assert len(plain.geometry["coordinates"]) == 2


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (feature(point(112.5, 37.9)), Fault.OUTSIDE),
        (feature(point(36.98, 111.18)), Fault.SWAPPED),
        (feature(None), Fault.GEOMETRY),
        (feature({"type": "LineString", "coordinates": SQUARE}), Fault.GEOMETRY),
        (feature({"type": "Point", "coordinates": ["111", "37"]}), Fault.GEOMETRY),
        (feature({"type": "Point", "coordinates": [True, 37]}), Fault.GEOMETRY),
        (feature({"type": "Point", "coordinates": [10**400, 37]}), Fault.GEOMETRY),
        (feature({"type": "Point", "coordinates": [float("nan"), 37]}), Fault.GEOMETRY),
        (feature({"type": "Point", "coordinates": []}), Fault.GEOMETRY),
        (feature({"type": "Polygon", "coordinates": [SQUARE[:-1]]}), Fault.OPEN_RING),
        (feature({"type": "Polygon", "coordinates": [SQUARE[:2]]}), Fault.OPEN_RING),
        (feature({"type": "Polygon", "coordinates": SQUARE}), Fault.GEOMETRY),
        ({"type": "Feature", "properties": None, "geometry": point(111.2, 37)}, Fault.PROPERTIES),
        ("feature", Fault.PROPERTIES),
    ],
)
def test_a_bad_feature_is_named_and_hides_no_other(bad, fault):
    assert faults(feature(point(111.2, 37.0)), bad, feature(point(111.3, 37.0))) == [None, fault, None]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.NOT_JSON),
        (b"\xff\xfe{}", Fault.NOT_JSON),
        (b"[" * 100_000, Fault.NOT_JSON),
        (b"{}", Fault.NOT_FEATURES),
        (b"[]", Fault.NOT_FEATURES),
        (b'{"type":"FeatureCollection","features":[]}', Fault.NOT_FEATURES),
        (
            b'{"type":"FeatureCollection","features":[1],"crs":{"properties":{"name":"EPSG:3857"}}}',
            Fault.OTHER_CRS,
        ),
    ],
)
def test_a_file_that_is_no_geojson_is_refused_as_a_whole(content, fault):
    with pytest.raises(Unusable) as refusal:
        shapes.read(content, extent=COUNTY, datum="wgs84")
    assert refusal.value.fault == fault


def test_a_file_that_says_it_is_in_wgs_84_is_read():
    assert read(feature(point(111.2, 37.0)), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})


def test_too_many_corners_are_refused_before_they_are_kept(monkeypatch):
    monkeypatch.setattr(shapes, "MOST_POSITIONS", 6)
    with pytest.raises(Unusable) as refusal:
        read(*[feature({"type": "Polygon", "coordinates": [SQUARE]})] * 2)
    assert refusal.value.fault == Fault.TOO_MANY


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_whatever_stands_for_coordinates_is_read_or_named_and_never_breaks(nested):
    for kind in ("Point", "Polygon", "MultiPolygon"):
        read(feature({"type": kind, "coordinates": nested}))


def test_a_sketch_has_north_above_and_keeps_the_shape():
    drawing = Sketch(Extent(111.0, 37.0, 111.1, 37.1), width=400)

    assert drawing.height == pytest.approx(400 / 0.798, rel=0.01)
    assert drawing.at(Point(111.0, 37.1)) == (0.0, 0.0)
    assert drawing.at(Point(111.1, 37.0)) == (400.0, drawing.height)
    path = drawing.path(
        {"type": "Polygon", "coordinates": [[[111.0, 37.1], [111.1, 37.1], [111.1, 37.0], [111.0, 37.1]]]}
    )
    assert path == f"M0.0 0.0L400.0 0.0L400.0 {drawing.height}Z"


def test_the_box_around_nothing_is_nothing_and_around_a_point_a_little():
    assert shapes.extent_of([]) is None
    box = shapes.extent_of([point(111.2, 37.0)])
    assert box is not None
    assert box.holds(Point(111.2, 37.0))
