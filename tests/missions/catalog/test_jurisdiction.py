"""Every place of the district has one sub-district, and none outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

from missions.catalog import load
from missions.catalog.jurisdiction import Jurisdiction, sub_district_of
from missions.geometry import GeoPoint

DISTRICT = load(with_routes=False)
JURISDICTION = Jurisdiction(DISTRICT)
OUTLINE = Polygon([(p.lon_deg, p.lat_deg) for p in DISTRICT.outline])


@given(st.floats(31.69, 31.86), st.floats(119.81, 119.99))
def test_inside_has_one_and_outside_none(lat_deg, lon_deg):
    """A place (not within a metre of the border) has a sub-district exactly where the outline holds it."""
    place = Point(lon_deg, lat_deg)
    if OUTLINE.exterior.distance(place) < 1e-5:
        return
    found = JURISDICTION.sub_district_of(GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg))
    assert (found is not None) == OUTLINE.covers(place)


def test_a_corner_of_several_belongs_to_the_first():
    """Points that outlines share are given to the first sub-district of the catalogue, always."""
    for sub_district in DISTRICT.sub_districts:
        for corner in sub_district.outline:
            sharing = [s.id for s in DISTRICT.sub_districts if corner in s.outline]
            assert JURISDICTION.sub_district_of(corner).id == sharing[0]


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "expected"),
    [
        (31.7905, 119.8560, "zouqu"),
        (31.8105, 119.9000, "xinzha"),
        (31.7440, 119.9170, "xilin"),
        (31.7760, 119.9560, "nandajie"),
    ],
)
def test_known_places(lat_deg, lon_deg, expected):
    """The offices of sub-districts lie in their own."""
    assert sub_district_of(DISTRICT, GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg)).id == expected


def test_far_away_is_none():
    """A place in another province has no sub-district here."""
    assert sub_district_of(DISTRICT, GeoPoint(lat_deg=39.9, lon_deg=116.4)) is None
