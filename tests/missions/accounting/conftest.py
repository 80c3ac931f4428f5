"""One flight with two passes whose times are whole numbers, and a district of four departments round it.

Seconds: 20 up over the dock; 1000 m east in 100; pass A, 750 m north in 150; 250 m north and 250 m west in 50; pass B, 750 m
west in 150; 1000 m south in 100; 30 down. In all 600. The 2500 m of transit are flown at 10 m/s, the passes at 5 m/s.
Skipping a pass leaves a way of 1250 m (750, 1000 and their diagonal): 125 s at 10 m/s.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from missions.airspace import Airspace
from missions.district import Department, District
from missions.geometry import GeoPoint, LocalFrame
from missions.operations import Operations
from missions.route import CameraUse
from missions.schedule import Pass, Schedule, ScheduledFlight, Span, TimedPoint, Visit

DOCK = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(DOCK)
START = datetime(2025, 6, 2, 0, 0, tzinfo=UTC)
DAYLIGHT = Span(begins_at=START, ends_at=START + timedelta(hours=10))

Way = Sequence[tuple[float, float, float]]
"""Seconds from take-off, metres east and north of the dock."""

SQUARE: Way = (
    (0, 0, 0),
    (20, 0, 0),
    (120, 1000, 0),
    (270, 1000, 750),
    (295, 1000, 1000),
    (320, 750, 1000),
    (470, 0, 1000),
    (570, 0, 0),
    (600, 0, 0),
)
SQUARE_VISITS = {"a": (120.0, 270.0), "b": (320.0, 470.0)}


def after(seconds: float) -> datetime:
    """So many seconds after the take-off."""
    return START + timedelta(seconds=seconds)


def fly(way: Way = SQUARE, visits: dict[str, tuple[float, float]] = SQUARE_VISITS, id: str = "f-1") -> ScheduledFlight:
    """A flight along `way` with visits from one second to another, by pass."""
    return ScheduledFlight(
        id=id,
        drone_id="d-1",
        from_dock_id="dock-1",
        to_dock_id="dock-1",
        takes_off_at=START,
        lands_at=after(way[-1][0]),
        visits=tuple(
            Visit(pass_id=name, route_id=f"r-{name}", begins_at=after(begin), ends_at=after(end))
            for name, (begin, end) in visits.items()
        ),
        path=tuple(TimedPoint(point=FRAME.to_geo(x, y), height_m=60, at=after(seconds)) for seconds, x, y in way),
        energy_wh=40,
        distance_m=4000,
    )


def wanted(id: str, *departments: str) -> Pass:
    """A pass that these departments ask for."""
    return Pass(
        id=id,
        route_id=f"r-{id}",
        demand_ids=(f"demand-{id}",),
        departments=departments,
        height_m=60,
        speed_mps=5,
        camera=CameraUse(),
        value=1,
        windows=(DAYLIGHT,),
    )


@pytest.fixture(scope="session")
def make_flight() -> Callable[..., ScheduledFlight]:
    """A flight along a way with its visits; the square one unless told otherwise."""
    return fly


@pytest.fixture(scope="session")
def make_pass() -> Callable[..., Pass]:
    """A pass by its id and its departments."""
    return wanted


@pytest.fixture(scope="session")
def operations() -> Operations:
    """12 yuan a flight and 3 a minute: the square flight costs 12 + 10 * 3 = 42, with one pass 12 + 425 / 60 * 3 = 33.25."""
    return Operations(cost_per_flight=12, cost_per_minute=3)


@pytest.fixture(scope="session")
def district(operations: Operations) -> District:
    """Four departments, the last with a name that a spreadsheet would take for a formula."""
    outline = tuple(FRAME.to_geo_many([(-2000, -2000), (2000, -2000), (2000, 2000), (-2000, 2000)]))
    names = {"urban": "城管局", "water": "水利局", "parks": "园林局", "fire": "=消防"}
    return District(
        id="small",
        name_zh="小",
        name_en="Small",
        note="made up",
        outline=outline,
        airspace=Airspace(permitted=outline),
        departments=tuple(Department(id=id, name_zh=name, name_en=id.title()) for id, name in names.items()),
        categories=(),
        sub_districts=(),
        aircraft_types=(),
        docks=(),
        drones=(),
        routes=(),
        operations=operations,
    )


@pytest.fixture(scope="session")
def make_schedule() -> Callable[..., Schedule]:
    """A day of June 2025 with its flights and passes."""

    def make(day: int, flights: Sequence[ScheduledFlight], passes: Sequence[Pass], **changes: object) -> Schedule:
        values: dict[str, object] = {
            "district_id": "small",
            "day": date(2025, 6, day),
            "seed": 0,
            "method": "greedy",
            "daylight": DAYLIGHT,
            "passes": tuple(passes),
            "flights": tuple(flights),
            "unserved": (),
        }
        return Schedule.model_validate(values | changes)

    return make
