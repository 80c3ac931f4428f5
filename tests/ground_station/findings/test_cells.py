"""The index by cells never hides a candidate that the rule would take."""

from hypothesis import given
from hypothesis import strategies as st

from ground_station.findings.cells import WIDE_M, cell_of, cells_near
from missions.geometry import ErrorEllipse, GeoPoint
from missions.incident import Sighting, is_same_matter

SEMI_AXES_M = st.floats(0, WIDE_M)


@given(
    lat_deg=st.floats(18, 53),
    lon_deg=st.floats(74, 134),
    bearing_deg=st.floats(0, 360),
    distance_m=st.floats(0, 250),
    semi_axes_m=st.tuples(SEMI_AXES_M, SEMI_AXES_M),
    extent_m=st.floats(0.5, 60),
)
def test_whatever_is_the_same_matter_lies_in_the_cells(
    lat_deg, lon_deg, bearing_deg, distance_m, semi_axes_m, extent_m
) -> None:
    """Anywhere in China: if the rule says 'same', the other's cell is among those searched."""
    here = GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg)
    there = here.moved(bearing_deg, distance_m)
    one, other = (
        Sighting(class_key="c", position=point, ellipse=ErrorEllipse(semi_major_m=axis, semi_minor_m=axis, orientation_deg=0))
        for point, axis in zip((here, there), semi_axes_m, strict=True)
    )
    cells = cells_near(here, extent_m, semi_axes_m[0])
    if cells is not None and is_same_matter(one, other, extent_m):
        assert cell_of(there) in cells
