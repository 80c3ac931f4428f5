"""Files as other programs write them, made here."""

import json
from collections.abc import Callable

import pytest

from missions.formats.draft import RouteDefaults


@pytest.fixture(scope="session")
def defaults() -> RouteDefaults:
    """What routes get where their file says nothing."""
    return RouteDefaults(categories=("sanitation",), height_m=75, speed_mps=6, corridor_width_m=50, orbit_radius_m=30)


def simple(command: int, *params: float | None, frame: int = 3) -> dict[str, object]:
    """A simple item; missing parameters are 0."""
    seven = [*params, *[0] * (7 - len(params))]
    return {"type": "SimpleItem", "autoContinue": True, "command": command, "doJumpId": 1, "frame": frame, "params": seven}


def at(lat_deg: float, lon_deg: float, height_m: float | None, frame: int = 3) -> dict[str, object]:
    """A waypoint."""
    return simple(16, 0, 0, 0, None, lat_deg, lon_deg, height_m, frame=frame)


def plan_file(*items: dict[str, object], **changes: object) -> bytes:
    """A QGroundControl plan; `changes` are to its mission."""
    mission = {
        "version": 2,
        "firmwareType": 12,
        "vehicleType": 2,
        "cruiseSpeed": 15,
        "hoverSpeed": 5,
        "plannedHomePosition": [31.78, 119.9, 12.0],
        "items": list(items),
    }
    fence = {"version": 2, "polygons": [], "circles": []}
    document = {"fileType": "Plan", "version": 1, "groundStation": "QGroundControl", "geoFence": fence}
    return json.dumps(document | {"mission": mission | changes, "rallyPoints": {"version": 2, "points": []}}).encode()


@pytest.fixture(scope="session")
def make_plan() -> Callable[..., bytes]:
    """Makes a plan file of items."""
    return plan_file


@pytest.fixture(scope="session")
def make_item() -> Callable[..., dict[str, object]]:
    """Makes a simple item."""
    return simple


@pytest.fixture(scope="session")
def make_waypoint() -> Callable[..., dict[str, object]]:
    """Makes a waypoint item."""
    return at
