"""Which sub-district a place belongs to. Borders run straight between their points in degrees, as GeoJSON has them."""

import shapely
from shapely import Point, Polygon

from missions.district import District, SubDistrict
from missions.geometry import GeoPoint


class Jurisdiction:
    """The sub-districts' outlines, prepared once for many questions."""

    def __init__(self, district: District) -> None:
        self._sub_districts = district.sub_districts
        self._outlines = [Polygon([(p.lon_deg, p.lat_deg) for p in s.outline]) for s in district.sub_districts]
        shapely.prepare(self._outlines)

    def sub_district_of(self, point: GeoPoint) -> SubDistrict | None:
        """The sub-district the point lies in; on a border the first of the catalogue; None outside all of them."""
        place = Point(point.lon_deg, point.lat_deg)
        pairs = zip(self._sub_districts, self._outlines, strict=True)
        return next((sub_district for sub_district, outline in pairs if outline.covers(place)), None)


def sub_district_of(district: District, point: GeoPoint) -> SubDistrict | None:
    """One question (about 0.2 ms); see `Jurisdiction` for many."""
    return Jurisdiction(district).sub_district_of(point)
