"""Points, planes, attitudes and ellipses."""

from math import hypot

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from missions.geometry import CHI2_95_2D, Attitude, ErrorEllipse, GeoPoint, LocalFrame, PixelBox

points = st.builds(GeoPoint, lat_deg=st.floats(-70, 70), lon_deg=st.floats(-179, 179))
offsets = st.floats(-10_000, 10_000)


@given(origin=points, x_m=offsets, y_m=offsets)
def test_plane_and_back(origin: GeoPoint, x_m: float, y_m: float) -> None:
    """A place in the plane is the same place again after a turn through the globe, to a micrometre."""
    frame = LocalFrame(origin)
    assert frame.to_xy(frame.to_geo(x_m, y_m)) == pytest.approx((x_m, y_m), abs=1e-6)


@given(origin=points, x_m=offsets, y_m=offsets)
def test_distances_from_the_origin_are_true(origin: GeoPoint, x_m: float, y_m: float) -> None:
    """From its origin the plane keeps the geodesic distance."""
    assert origin.distance_m(LocalFrame(origin).to_geo(x_m, y_m)) == pytest.approx(hypot(x_m, y_m), abs=1e-3)


def test_axes() -> None:
    """East is x, north is y; at the equator a minute of latitude is a nautical mile to within 1 %."""
    origin = GeoPoint(lat_deg=0, lon_deg=10)
    frame = LocalFrame(origin)
    assert frame.to_xy(GeoPoint(lat_deg=1 / 60, lon_deg=10)) == pytest.approx((0, 1852), rel=0.01, abs=1e-6)
    assert frame.to_geo(100, 0).lon_deg > 10
    assert origin.bearing_deg(frame.to_geo(0, 100)) == pytest.approx(0, abs=1e-6)
    assert origin.bearing_deg(frame.to_geo(-100, 0)) == pytest.approx(270)


@given(origin=points, places=st.lists(st.tuples(offsets, offsets), max_size=5))
def test_many_is_one_by_one(origin: GeoPoint, places: list[tuple[float, float]]) -> None:
    """Arrays and single points give the same."""
    frame = LocalFrame(origin)
    many = frame.to_geo_many(places)
    assert many == [frame.to_geo(*place) for place in places]
    assert frame.to_xy_many(many) == pytest.approx(np.array(places).reshape(-1, 2), abs=1e-6)


@given(start=points, bearing_deg=st.floats(0, 359.9), distance_m=st.floats(1, 20_000))
def test_moved(start: GeoPoint, bearing_deg: float, distance_m: float) -> None:
    """A moved point lies at that distance in that direction."""
    there = start.moved(bearing_deg, distance_m)
    assert start.distance_m(there) == pytest.approx(distance_m, abs=1e-6)
    turn = (start.bearing_deg(there) - bearing_deg + 180) % 360 - 180
    assert turn == pytest.approx(0, abs=1e-4)


def test_no_place_on_earth() -> None:
    """Latitudes end at the poles."""
    with pytest.raises(ValidationError, match="lat_deg"):
        GeoPoint(lat_deg=91, lon_deg=0)


@given(roll_deg=st.floats(-179, 179), pitch_deg=st.floats(-89, 89), yaw_deg=st.floats(0, 359))
def test_angles_and_back(roll_deg: float, pitch_deg: float, yaw_deg: float) -> None:
    """Angles survive the quaternion, and its matrix is a rotation."""
    attitude = Attitude.from_euler(roll_deg, pitch_deg, yaw_deg)
    roll, pitch, yaw = attitude.euler_deg()
    assert (roll, pitch) == pytest.approx((roll_deg, pitch_deg), abs=1e-6)
    assert (yaw - yaw_deg + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)
    m = attitude.matrix()
    assert m @ m.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(m) == pytest.approx(1)


@pytest.mark.parametrize("heading_deg", [0, 90, 200])
def test_camera_straight_down(heading_deg: float) -> None:
    """Straight down the optical axis points down, and the image's top towards the heading."""
    m = Attitude.from_euler(0, -90, heading_deg).matrix()
    assert m @ [1, 0, 0] == pytest.approx([0, 0, 1], abs=1e-9)
    top = m @ [0, 0, -1]
    assert top[:2] == pytest.approx([np.cos(np.radians(heading_deg)), np.sin(np.radians(heading_deg))], abs=1e-9)


@given(major_m=st.floats(0.1, 100), minor_share=st.floats(0.01, 0.99), orientation_deg=st.floats(0, 179))
def test_ellipse_and_covariance(major_m: float, minor_share: float, orientation_deg: float) -> None:
    """An ellipse is the same again after a turn through its covariance."""
    ellipse = ErrorEllipse(semi_major_m=major_m, semi_minor_m=major_m * minor_share, orientation_deg=orientation_deg)
    back = ErrorEllipse.from_covariance(ellipse.covariance())
    assert (back.semi_major_m, back.semi_minor_m) == pytest.approx((major_m, major_m * minor_share))
    assume(minor_share < 0.95)
    assert (back.orientation_deg - orientation_deg + 90) % 180 - 90 == pytest.approx(0, abs=1e-3)


def test_ellipse_of_a_circle() -> None:
    """One metre of standard deviation each way is a circle of sqrt(5.99) m, for 95 %."""
    ellipse = ErrorEllipse.from_covariance(np.eye(2))
    assert ellipse.semi_major_m == ellipse.semi_minor_m == pytest.approx(CHI2_95_2D**0.5)
    assert pytest.approx(-2 * np.log(0.05)) == CHI2_95_2D


def test_foot_of_a_box() -> None:
    """From above an object stands in the middle of its box."""
    assert PixelBox(x_min=10, y_min=20, x_max=30, y_max=60).foot == (20, 40)
