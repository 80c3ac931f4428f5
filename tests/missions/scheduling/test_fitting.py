"""How a route is flown for what is asked of it."""

from math import atan2, degrees, hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.route import CameraUse, Orbit, Route
from missions.scheduling.fitting import check_fineness, fitted, leg_cost, shown_by, unserved_by
from missions.scheduling.merging import pass_for
from tests.missions.scheduling.made_district import (
    CAMERA,
    FLYING,
    ROUTES,
    THERMAL,
    aircraft,
    make_demand,
    make_route,
    place,
)
from tests.missions.scheduling.test_merging import due

POSTS = ROUTES[6]
"""80 m high, straight down, no thermal picture: 8.75 cm a pixel."""

CHIMNEY = make_route("chimney", Orbit(center=place(0, 0), radius_m=60), "smoke")
"""100 m from the centre's ground: 10.94 cm a pixel at -53.1°, whatever its camera says."""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"max_sample_m": 0.08753}, ""),  # 80 m / 914.0 px
        ({"max_sample_m": 0.08}, "shows 8.8 cm a pixel; 8.0 cm are asked for"),
        ({"steepest_deg": -60.0}, "looks at -90°; -60° to -30° is asked for"),
        ({"thermal": True}, "has no thermal picture"),
    ],
)
def test_what_a_pass_does_not_give(changes: dict[str, object], reason: str) -> None:
    """Too coarse, the wrong angle, no thermal picture: each told by its figures; what is just good enough serves."""
    assert unserved_by(POSTS, make_demand("a", "posts", **changes), CAMERA) == reason


def test_orbit_shows_its_centre() -> None:
    """3, 4, 5: 60 m beside and 80 m above the centre are 100 m away."""
    assert shown_by(CHIMNEY, CAMERA) == pytest.approx((100 / CAMERA.focal_px, -degrees(atan2(80, 60))))


@pytest.mark.parametrize(
    ("changes", "height_m"),
    [
        ({"max_sample_m": 0.2}, 80.0),
        ({"max_sample_m": 75 / 913.9}, 45.0),  # 3, 4, 5 again: 45 m above are 75 m away
        ({"max_sample_m": 0.2, "steepest_deg": -45.0}, 60.0),  # as high as it is wide
    ],
)
def test_orbit_is_lowered(changes: dict[str, object], height_m: float) -> None:
    """So far that its centre is seen finely enough, and from the side if that is asked for."""
    flown = fitted(CHIMNEY, [make_demand("a", **changes)], CAMERA)
    assert isinstance(flown, Route)
    assert flown.height_m == pytest.approx(height_m, abs=0.11)


def test_orbit_too_wide_for_what_is_asked() -> None:
    """Nothing that is 60 m away is seen from straight above, or at 6 cm: 54.8 m."""
    assert "no height of its orbit" in str(fitted(CHIMNEY, [make_demand("a", flattest_deg=-85.0, max_sample_m=0.2)], CAMERA))
    assert "no height of its orbit" in str(fitted(CHIMNEY, [make_demand("a", max_sample_m=0.06)], CAMERA))


def test_steeper_where_the_routes_angle_would_be_too_low() -> None:
    """At -32°, 3.5 cm a pixel are 17.0 m high; straight down they are 31.9 m."""
    route = make_route("r", POSTS.geometry, "sanitation", camera=CameraUse(pitch_deg=-32))
    flown = fitted(route, [make_demand("a", max_sample_m=0.035)], CAMERA)
    assert isinstance(flown, Route)
    assert (flown.height_m, flown.camera.pitch_deg) == (31.9, -90.0)


def test_no_ground_in_view() -> None:
    """A camera that must look at the horizon shows nothing finely."""
    asked = make_demand("a", steepest_deg=0.0, flattest_deg=0.0)
    assert "no ground is in view" in str(fitted(POSTS, [asked], CAMERA))


def test_cost_of_a_leg() -> None:
    """300 m at 8 m/s are 37.5 s; 240 W and 20 W x 0.8² are drawn, 2.63 Wh of the 112.5 Wh that may be used."""
    cost = leg_cost(POSTS, [aircraft("quad", thermal=False)])
    assert cost is not None
    assert (cost.duration_s, cost.battery_share) == pytest.approx((37.5, 252.8 * 37.5 / 3600 / 112.5))
    assert leg_cost(POSTS.model_copy(update={"camera": THERMAL}), [aircraft("quad", thermal=False)]) is None


def test_coarser_camera_is_refused() -> None:
    """An aircraft whose camera shows 12 cm from there does not fly a pass that needs 10."""
    wide = aircraft("wide", thermal=False, camera=CAMERA.model_copy(update={"hfov_deg": 90.0}))  # 640 px: 80 m are 12.5 cm
    asked = pass_for([due(make_demand("a", "posts"))], POSTS, (FLYING,), "posts@1")
    assert check_fineness(asked, POSTS, aircraft("quad", thermal=False)) == []
    [reason] = check_fineness(asked, POSTS, wide)
    assert reason.text == "route 'posts' needs 10.0 cm a pixel; wide shows 12.5 cm there"


asked = st.builds(
    lambda sample_m, angles, thermal: make_demand(
        "a", max_sample_m=sample_m, steepest_deg=min(angles), flattest_deg=max(angles), thermal=thermal
    ),
    st.floats(0.005, 0.3),
    st.tuples(st.floats(-90, 0), st.floats(-90, 0)),
    st.booleans(),
)


@given(wishes=st.lists(asked, min_size=1, max_size=4), pitch_deg=st.floats(-90, 0), radius_m=st.none() | st.floats(5, 200))
def test_fitted_serves_all_or_says_why(wishes: list, pitch_deg: float, radius_m: float | None) -> None:
    """What comes out satisfies every demand from no higher than the route, and not under 30 m; or it is a reason."""
    geometry = POSTS.geometry if radius_m is None else Orbit(center=place(0, 0), radius_m=radius_m)
    route = make_route("r", geometry, "sanitation", camera=CameraUse(pitch_deg=pitch_deg))
    flown = fitted(route, wishes, CAMERA)
    if isinstance(flown, str):
        assert flown
        return
    assert not any(unserved_by(flown, wish, CAMERA) for wish in wishes)
    assert 30.0 <= flown.height_m <= route.height_m
    if radius_m is not None:
        assert hypot(flown.height_m, radius_m) / CAMERA.focal_px <= min(wish.max_sample_m for wish in wishes) * 1.001
