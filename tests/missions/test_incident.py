"""When two sightings are one matter, and what they are together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.geometry import ErrorEllipse, GeoPoint
from missions.incident import Sighting, combine, is_same_matter

HERE = GeoPoint(lat_deg=31.78, lon_deg=119.9)


def sighting(
    east_m: float = 0.0, *, class_key: str = "garbage_pile", major_m: float = 2.0, minor_m: float = 2.0, along_deg: float = 0.0
) -> Sighting:
    """A sighting some way east of HERE; the ellipse is the 95 % one."""
    position = HERE.moved(90, east_m) if east_m else HERE
    ellipse = ErrorEllipse(semi_major_m=major_m, semi_minor_m=minor_m, orientation_deg=along_deg)
    return Sighting(class_key=class_key, position=position, ellipse=ellipse)


def test_other_class_is_another_matter() -> None:
    """At the same place a bin is no pile."""
    assert not is_same_matter(sighting(), sighting(class_key="overflowing_bin"), extent_m=5)


@pytest.mark.parametrize(("apart_m", "same"), [(2.9, True), (5.7, True), (5.9, False)])
def test_extent_and_doubt_together(apart_m: float, same: bool) -> None:
    """Two circles of 2 m (95 %) together doubt 2 sqrt 2 = 2.83 m; with an extent of 3 m the bound is 5.83 m."""
    assert is_same_matter(sighting(), sighting(apart_m), extent_m=3) is same


def test_doubt_has_a_direction() -> None:
    """A long ellipse reaches 10 m along its axis and not across it."""
    along = sighting(major_m=10, minor_m=1, along_deg=90)
    across = sighting(major_m=10, minor_m=1, along_deg=0)
    assert is_same_matter(along, sighting(10, major_m=1, minor_m=1), extent_m=0.5)
    assert not is_same_matter(across, sighting(10, major_m=1, minor_m=1), extent_m=0.5)


@given(apart_m=st.floats(0.01, 50), extent_m=st.floats(0.1, 10), first_m=st.floats(0.5, 20), second_m=st.floats(0.5, 20))
def test_same_both_ways(apart_m: float, extent_m: float, first_m: float, second_m: float) -> None:
    """Which of the two came first makes no difference; more extent never parts what was one."""
    one, other = sighting(major_m=first_m, minor_m=first_m), sighting(apart_m, major_m=second_m, minor_m=second_m)
    bound_m = extent_m + (first_m**2 + second_m**2) ** 0.5
    if abs(apart_m - bound_m) > 0.01:
        assert is_same_matter(one, other, extent_m) is is_same_matter(other, one, extent_m) is (apart_m < bound_m)


def test_equal_doubts_meet_in_the_middle() -> None:
    """Two equal sightings 4 m apart are one in the middle, its doubt smaller by the square root of two."""
    both = combine(sighting(), sighting(4))
    assert HERE.distance_m(both.position) == pytest.approx(2, abs=1e-3)
    assert both.ellipse.semi_major_m == pytest.approx(2 / 2**0.5, rel=1e-3)


def test_surer_sighting_weighs_more() -> None:
    """With a third of the doubt it has nine times the weight: the middle lies a tenth of the way."""
    both = combine(sighting(major_m=1, minor_m=1), sighting(10, major_m=3, minor_m=3))
    assert HERE.distance_m(both.position) == pytest.approx(1, abs=1e-3)
