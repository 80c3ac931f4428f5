import numpy as np
import pytest

from missions.geometry import Attitude
from simulator.footage.sensor_errors import CLASSES, Drift, SensorErrors, ToldError, draw_errors, hung


def test_a_bias_stays_and_noise_does_not() -> None:
    """A bias without end is one number for a flight; noise has no memory."""
    rng = np.random.default_rng(1)
    stays = Drift(bias=2.0, lasts_s=1e12).draw(np.arange(50.0), rng)
    noise = Drift(noise=2.0).draw(np.arange(4000.0), rng)
    assert np.ptp(stays) < 1e-3
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0, abs=0.06)
    assert noise.std() == pytest.approx(2.0, rel=0.05)


def test_a_drift_forgets_at_its_own_pace() -> None:
    """After as long as it lasts, 1/e of a bias is left (Gauss-Markov); its spread stays the same."""
    drift, times = Drift(bias=1.0, lasts_s=100.0), np.array([0.0, 100.0])
    drawn = np.array([drift.draw(times, np.random.default_rng(seed)) for seed in range(4000)])
    assert drawn.std(axis=0) == pytest.approx([1.0, 1.0], rel=0.05)
    assert np.mean(drawn[:, 0] * drawn[:, 1]) == pytest.approx(np.exp(-1), abs=0.05)


def test_a_flight_draws_its_own_and_the_same_again() -> None:
    """Errors depend on the seed alone."""
    times = (0.0, 1.0, 2.0)
    one, again, other = (draw_errors(CLASSES["multirotor"], times, np.random.default_rng(s)) for s in (1, 1, 2))
    assert one == again
    assert one != other
    assert len({error.focal_share for error in one}) == 1


def test_a_drone_without_errors_tells_the_truth() -> None:
    """The class 'none' draws zeros."""
    assert draw_errors(CLASSES["none"], (0.0, 5.0), np.random.default_rng(1)) == [ToldError(), ToldError()]


def test_a_camera_hangs_as_far_off_as_its_tilt_says() -> None:
    """Told straight down on a flight to the north: a turn of 1 degree about the right takes the axis 1 degree along the way."""
    down = Attitude.from_euler(0, -90, 0)
    axis = hung(down, 0.0, ToldError(tilt_right_deg=1.0)).matrix()[:, 0]
    assert np.degrees(np.arctan2(np.hypot(axis[0], axis[1]), axis[2])) == pytest.approx(1.0)
    assert abs(axis[0]) == pytest.approx(np.sin(np.radians(1.0)))
    assert axis[1] == pytest.approx(0.0, abs=1e-12)


def test_every_class_names_all_its_errors() -> None:
    """No class leaves one at zero but the one that has none."""
    for name, sigmas in CLASSES.items():
        drifts = [sigmas.position_m, sigmas.height_m, sigmas.heading_deg, sigmas.tilt_deg, sigmas.time_s]
        assert all((drift.bias > 0) == (name != "none") for drift in drifts)
        assert isinstance(sigmas, SensorErrors)
