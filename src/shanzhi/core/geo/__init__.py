"""Points, outlines and the datums that Chinese maps use. Pure arithmetic: no map, no network.

point    a point in WGS-84, the extent it must lie in, numbers as people type them
datum    GCJ-02 and BD-09 to WGS-84 and back
shapes   GeoJSON: checked before it is stored
sketch   longitude and latitude on a small flat picture
"""

from shanzhi.core.geo.datum import DATUMS, from_wgs84, to_wgs84
from shanzhi.core.geo.point import Extent, Point, Unusable, metres, read_point

__all__ = ["DATUMS", "Extent", "Point", "Unusable", "from_wgs84", "metres", "read_point", "to_wgs84"]
