"""Routes as people write them."""

from datetime import date

import pytest
from pydantic import ValidationError

from missions.route import Frequency, Route

POINT = {"lat_deg": 31.78, "lon_deg": 119.9}
ROUTE = {
    "id": "r-1",
    "name": "Route",
    "geometry": {"kind": "orbit", "center": POINT, "radius_m": 30},
    "categories": ["sanitation"],
    "frequency": {"times": 1, "per": "day"},
    "height_m": 80,
}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": "with space"}, "id"),
        ({"height": 80}, "height"),
        ({"height_m": 0}, "height_m"),
        ({"geometry": {"kind": "circle"}}, "geometry"),
        ({"geometry": {"kind": "corridor", "line": [POINT], "width_m": 5}}, "geometry.corridor.line"),
        ({"valid_from": "2025-06-02", "valid_until": "2025-06-01"}, ""),
        ({"frequency": {"times": 0, "per": "day"}}, "frequency"),
        ({"frequency": {"times": 2, "per": "on_call"}}, "frequency"),
        ({"camera": {"pitch_deg": 10}}, "camera.pitch_deg"),
    ],
)
def test_slips_are_named(change: dict[str, object], where: str) -> None:
    """A wrong or unknown key is refused with its place."""
    with pytest.raises(ValidationError) as caught:
        Route.model_validate(ROUTE | change)
    assert ".".join(map(str, caught.value.errors()[0]["loc"])) == where


def test_validity_includes_both_days() -> None:
    """A route is valid from its first to its last day; without limits always."""
    route = Route.model_validate(ROUTE | {"valid_from": "2025-06-02", "valid_until": "2025-06-04"})
    assert [route.is_valid_on(date(2025, 6, day)) for day in (1, 2, 4, 5)] == [False, True, True, False]
    assert Route.model_validate(ROUTE).is_valid_on(date(1999, 1, 1))


def test_frequency() -> None:
    """Zero times means on call, and only that."""
    assert Frequency(times=0, per="on_call").per == "on_call"
