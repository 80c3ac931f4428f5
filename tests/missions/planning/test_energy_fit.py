"""Powers fitted to made-up flights of known powers."""

import pytest

from missions.aircraft import AircraftType
from missions.errors import InvalidInput
from missions.planning.energy_fit import FlightSample, fit_powers
from missions.wind import Wind


def sample(power_w: float, east: float = 0.0, north: float = 0.0, climb: float = 0.0) -> FlightSample:
    """Nine seconds at a power."""
    return FlightSample(9.0, east, north, climb, power_w * 9 / 3600)


def test_known_powers_are_found(aircraft: AircraftType) -> None:
    """Made with 200 W hovering, 230 W at 10 m/s and 300 W climbing at 5 m/s; half the speed takes a quarter of the 30 W."""
    flight = [sample(200), sample(230, east=10), sample(207.5, north=5), sample(300, climb=5), sample(250, climb=2.5)] * 3
    fitted = fit_powers(aircraft, [(Wind(), flight)])
    assert (fitted.hover_w, fitted.cruise_w, fitted.climb_w) == pytest.approx((200, 230, 300))
    assert fitted.residual_w == pytest.approx(0, abs=1e-6)
    assert fitted.samples == 15


def test_wind_counts_with_the_speed_over_ground(aircraft: AircraftType) -> None:
    """Hovering in 10 m/s from the west, and eastwards with it at 10 m/s: 230 W and 200 W."""
    flight = [sample(230), sample(200, east=10), sample(300, east=10, climb=5)] * 5
    fitted = fit_powers(aircraft, [(Wind(10, 270), flight)])
    assert (fitted.hover_w, fitted.cruise_w, fitted.climb_w) == pytest.approx((200, 230, 300))


@pytest.mark.parametrize(("flight", "cause"), [([sample(200)] * 9, "at least 10"), ([sample(200)] * 20, "fly some of each")])
def test_too_little_is_refused(flight: list[FlightSample], cause: str, aircraft: AircraftType) -> None:
    """Too few samples, or hovering alone, tell nothing."""
    with pytest.raises(InvalidInput, match=cause):
        fit_powers(aircraft, [(Wind(), flight)])
