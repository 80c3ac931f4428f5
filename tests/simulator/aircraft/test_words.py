"""The command line's words."""

import pytest

from missions.errors import InvalidInput
from simulator.aircraft.words import read_home, read_parameters, read_wind


def test_words_become_values():
    """Degrees, metres, m/s."""
    point, altitude_m = read_home("31.78,119.9,5.5")
    assert (point.lat_deg, point.lon_deg, altitude_m) == (31.78, 119.9, 5.5)
    assert read_wind("3,270").mean.east == pytest.approx(3.0)
    assert read_parameters(["GF_ACTION=3"]) == {"GF_ACTION": 3.0}


@pytest.mark.parametrize("text", ["", "1,2", "1,2,3,4", "a,2,3", "91,0,0", "0,181,0", "nan,0,0"])
def test_a_wrong_home_is_refused_by_name(text):
    """Too few, too many, no number, out of range."""
    with pytest.raises(InvalidInput, match="--home"):
        read_home(text)


@pytest.mark.parametrize("text", ["5", "-1,0", "99,0", "x,0"])
def test_a_wrong_wind_is_refused_by_name(text):
    """No direction, a negative or absurd speed, no number."""
    with pytest.raises(InvalidInput, match="--wind"):
        read_wind(text)
