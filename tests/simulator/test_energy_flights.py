"""From what an aircraft tells to samples of its flight."""

import pytest

from simulator.energy_flights import samples_of


def test_samples_end_where_the_battery_is_heard() -> None:
    """Four readings a second at 6 m/s east, 24 hJ (2400 J) heard every 10 s: samples of 10 s with 2/3 Wh each."""
    readings = [(step / 4, 6.0, 0.0, 0.0, 24.0 * (step // 40)) for step in range(121)]
    samples = samples_of(readings)
    assert len(samples) == 3
    for one in samples:
        assert (one.duration_s, one.east_mps, one.climb_mps) == pytest.approx((10, 6, 0))
        assert one.used_wh == pytest.approx(2 / 3)


def test_what_touches_the_ground_is_no_flying() -> None:
    """A stretch with a reading on the ground (rate unknown) is left out."""
    readings = [(step / 4, 0.0, 0.0, float("nan") if step < 5 else 0.0, 24.0 * (step // 40)) for step in range(121)]
    assert len(samples_of(readings)) == 2


def test_nothing_heard_is_no_sample() -> None:
    """An empty recording."""
    assert samples_of([]) == ()
