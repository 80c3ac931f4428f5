"""Which height is taken, what it says of itself, and how rays meet terrain."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from edge_agent.geolocate import GroundFix, NoGround, locate, place_pixels
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.shot import ShotPose
from missions.geometry import Array, Attitude, GeoPoint, LocalFrame
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(4000, 3000, 2900.0)
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)
MIDDLE = (2000.0, 1500.0)
ACCURACY = AIRCRAFT_CLASSES["multirotor"].value


@dataclass(frozen=True)
class Slope:
    """Ground that rises by `rise` a metre to the north from `base_m` under PLACE; nothing is known beyond `reach_m` north."""

    base_m: float
    rise: float
    reach_m: float = 1e9
    name: str = "slope.tif"

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        north_m = np.radians(lat_deg - PLACE.lat_deg) * 6_356_000
        return np.where(north_m <= self.reach_m, self.base_m + self.rise * north_m, np.nan)


@dataclass(frozen=True)
class Ridge:
    """Level ground at 0 with a wall 30 m high from 60 to 80 m north of PLACE."""

    name: str = "ridge.tif"

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        north_m = np.radians(lat_deg - PLACE.lat_deg) * 6_356_000
        return np.where((north_m >= 60) & (north_m <= 80), 30.0, 0.0)


def view_at(pitch_deg: float = -45.0, **pose: object) -> CameraView:
    known = ShotPose(PLACE, Attitude.from_euler(0, pitch_deg, 0), altitude_m=150.0, relative_altitude_m=90.0)
    return CameraView(replace(known, **pose), LENS, ACCURACY)  # type: ignore[arg-type]


def fix_of(view: CameraView, heights: Heights) -> GroundFix:
    fix = locate(MIDDLE, view, heights)
    assert isinstance(fix, GroundFix), fix
    return fix


def test_the_best_height_comes_first() -> None:
    """Rangefinder before terrain before ground elevation before relative altitude; each says which it is."""
    all_of_them = Heights(terrain=Slope(50.0, 0.0), ground_altitude_m=45.0)
    laser = view_at(range_m=100.0 * np.sqrt(2))
    assert fix_of(laser, all_of_them).offset_m[1] == pytest.approx(100.0)
    assert fix_of(view_at(), all_of_them).offset_m[1] == pytest.approx(100.0, abs=1e-3)
    assert fix_of(view_at(), replace(all_of_them, terrain=None)).offset_m[1] == pytest.approx(105.0)
    assert fix_of(view_at(), Heights()).offset_m[1] == pytest.approx(90.0)
    sources = [fix_of(laser, all_of_them), fix_of(view_at(), all_of_them), fix_of(view_at(), Heights())]
    said = [fix.assumptions[-1] for fix in sources]
    assert [word in text for word, text in zip(("rangefinder", "slope.tif", "take-off"), said, strict=True)] == [True] * 3


def test_a_rangefinder_serves_pixels_off_its_axis() -> None:
    """The ground's level where the laser ends holds for the whole picture: 100 m down everywhere."""
    view = view_at(range_m=100.0 * np.sqrt(2))
    assert place_pixels(np.array([[2000.0, 0.0]]), view, Heights()).sights_m[0, 2] == pytest.approx(100.0)


def test_a_slope_is_met_where_the_ray_is_under_it() -> None:
    """At 45 degrees from 100 m over ground rising 1 in 4, the ray is x m ahead and x m down: 100 - x = x / 4, so x = 80."""
    fix = fix_of(view_at(), Heights(terrain=Slope(50.0, 0.25)))
    assert fix.offset_m == pytest.approx((0.0, 80.0), abs=0.3)
    assert fix.alt_m == pytest.approx(70.0, abs=0.1)


def test_rising_ground_makes_heights_matter_less() -> None:
    """A metre of height moves the place by 1 / (1 + 1/4) = 0.8 m on ground rising 1 in 4 towards a ray at 45 degrees."""
    exact = replace(ACCURACY, position_m=0, heading_deg=0, tilt_deg=0, focal_share=0, pixel_px=0, height_m=1.0)
    view = replace(view_at(), accuracy=exact)
    fix = fix_of(view, Heights(terrain=Slope(50.0, 0.25), terrain_sigma_m=0.0))
    assert np.sqrt(fix.covariance_m2[1, 1]) == pytest.approx(0.8, abs=0.01)


def test_a_wall_hides_what_is_behind_it() -> None:
    """A ray at 45 degrees from 100 m, bound for 100 m ahead, is over the wall at 60 m (40 m up against 30 m) and meets its top:
    at 70 m ahead it is at 30 m.
    """
    assert fix_of(view_at(altitude_m=99.0), Heights(terrain=Ridge())).offset_m[1] == pytest.approx(69.0, abs=0.2)


def test_the_take_off_point_ties_the_relative_altitude_to_the_terrain() -> None:
    """With the take-off point 10 m up the slope's 60 m, 90 m over it are 150 m, whatever the absolute altitude claims."""
    take_off = LocalFrame(PLACE).to_geo(0.0, 40.0)
    heights = Heights(terrain=Slope(50.0, 0.25), take_off=take_off)
    assert fix_of(view_at(altitude_m=33.0), heights).alt_m == pytest.approx(70.0, abs=0.3)


def test_where_the_raster_ends_the_next_source_serves() -> None:
    """Beyond the raster, level ground at the take-off's height is taken, and said; without one there is no place."""
    heights = Heights(terrain=Slope(50.0, 0.0, reach_m=50.0))
    assert "take-off" in fix_of(view_at(), heights).assumptions[-1]
    assert isinstance(locate(MIDDLE, view_at(relative_altitude_m=None), heights), NoGround)


def test_level_ground_is_doubted_more_the_farther_away() -> None:
    """With relief of 3 % a height of 1 m at 90 m distance is good to hypot(1, 2.7) m, and at 45 degrees so is the place."""
    exact = replace(ACCURACY, position_m=0, heading_deg=0, tilt_deg=0, focal_share=0, pixel_px=0, height_m=1.0)
    fix = fix_of(replace(view_at(), accuracy=exact), Heights(relief_share=0.03))
    assert np.sqrt(fix.covariance_m2[1, 1]) == pytest.approx(np.hypot(1.0, 2.7), rel=1e-6)
