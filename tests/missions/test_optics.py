"""A lens maps rays to pixels and back."""

from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import Camera
from missions.optics import Distortion, Intrinsics

DISTORTION = Distortion(k1=-0.11, k2=0.015, p1=0.0004, p2=-0.0003, k3=-0.001)


def test_the_principal_point_looks_along_the_axis():
    """The pixel at the principal point has the ray (1, 0, 0), with any distortion."""
    lens = Intrinsics(width_px=4000, height_px=3000, fx_px=2900, fy_px=2900, cx_px=2010, cy_px=1490, distortion=DISTORTION)
    assert lens.rays(np.array([[2010.0, 1490.0]])) == pytest.approx(np.array([[1.0, 0.0, 0.0]]))


def test_radial_distortion_by_hand():
    """At 0.5 right of the axis, k1 = -0.1 moves a point to 0.5 (1 - 0.1 0.25) = 0.4875."""
    assert Distortion(k1=-0.1).distort(np.array([[0.5, 0.0]])) == pytest.approx(np.array([[0.4875, 0.0]]))


def test_tangential_distortion_by_hand():
    """At (0.5, 0): x gains p2 (r2 + 2 x2) = 0.75 p2, y gains p1 r2 = 0.25 p1."""
    moved = Distortion(p1=0.01, p2=0.02).distort(np.array([[0.5, 0.0]]))
    assert moved == pytest.approx(np.array([[0.5 + 0.75 * 0.02, 0.25 * 0.01]]))


@given(st.floats(0, 4000), st.floats(0, 3000))
def test_a_pixel_comes_back_from_its_ray(u: float, v: float):
    """project(rays(pixel)) is the pixel, to a thousandth."""
    lens = Intrinsics.pinhole(4000, 3000, 2900, DISTORTION)
    assert lens.project(lens.rays(np.array([[u, v]]))) == pytest.approx(np.array([[u, v]]), abs=1e-3)


def test_behind_the_camera_there_is_no_pixel():
    """A ray that points backwards falls on no pixel."""
    assert np.isnan(Intrinsics.pinhole(640, 480, 500).project(np.array([[-1.0, 0.0, 0.0]]))).all()


def test_35_mm_equivalent_is_by_the_diagonal():
    """24 mm on a 4:3 picture of 4000 x 3000 (diagonal 5000): 24 / 43.267 of the diagonal."""
    assert Intrinsics.of_35mm(4000, 3000, 24.0).fx_px == pytest.approx(24.0 / hypot(36, 24) * 5000)


def test_a_catalogue_camera_has_its_angle_of_view():
    """The horizontal angle of view comes back."""
    assert Intrinsics.of(Camera(width_px=1280, height_px=720, hfov_deg=70)).hfov_deg == pytest.approx(70)


def test_a_smaller_picture_sees_the_same():
    """Scaled by half, half the pixel has the same ray."""
    lens = Intrinsics.pinhole(4000, 3000, 2900, DISTORTION)
    half = lens.scaled(2000, 1500)
    assert half.rays(np.array([[300.0, 400.0]])) == pytest.approx(lens.rays(np.array([[600.0, 800.0]])))
