"""A small made-up district on a square of 4 km: one dock in the middle, one zone to keep out of."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from missions.aircraft import AircraftType, Camera, Drone
from missions.airspace import Airspace, NoFlyZone
from missions.district import Category, Department, DetectorClass, District, Dock, TimeLimit
from missions.geometry import GeoPoint, LocalFrame
from missions.route import CameraUse, Frequency, Route, RouteGeometry

DOCK = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(DOCK)
DAILY = Frequency(times=1, per="day")


@pytest.fixture(scope="session")
def frame() -> LocalFrame:
    """The plane round the dock."""
    return FRAME


@pytest.fixture(scope="session")
def at() -> datetime:
    """When everything is planned: 08:00 in the district."""
    return datetime(2025, 6, 2, 0, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def aircraft() -> AircraftType:
    """150 Wh, a quarter of it in reserve; 70° wide camera."""
    return AircraftType(
        id="quad",
        name="Quad",
        camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
        battery_wh=150,
        hover_w=240,
        cruise_w=260,
        climb_w=320,
        cruise_mps=10,
        max_speed_mps=15,
        climb_mps=5,
        descent_mps=3,
        max_wind_mps=12,
    )


def square(x_m: float, y_m: float, half_m: float) -> tuple[GeoPoint, ...]:
    """The corners of a square round a point of the plane."""
    corners = [(x_m - half_m, y_m - half_m), (x_m + half_m, y_m - half_m), (x_m + half_m, y_m + half_m)]
    return tuple(FRAME.to_geo_many([*corners, (x_m - half_m, y_m + half_m)]))


@pytest.fixture(scope="session")
def make_square() -> Callable[[float, float, float], tuple[GeoPoint, ...]]:
    """Corners of a square round (x, y) with a half side, in metres."""
    return square


@pytest.fixture(scope="session")
def make_route() -> Callable[..., Route]:
    """A route with sensible defaults."""

    def make(geometry: RouteGeometry, id: str = "r1", **changes: object) -> Route:
        values: dict[str, object] = {
            "id": id,
            "name": id,
            "geometry": geometry,
            "categories": ("sanitation",),
            "frequency": DAILY,
            "height_m": 80.0,
        }
        return Route.model_validate(values | changes)

    return make


@pytest.fixture(scope="session")
def make_district(aircraft: AircraftType) -> Callable[..., District]:
    """The small district with the given routes; a no-fly zone of 200 m lies 700 m east of the dock."""

    def make(*routes: Route, zones: bool = True) -> District:
        category = Category(
            key="sanitation",
            name_zh="市容环卫",
            name_en="Sanitation",
            department_id="urban",
            color="#00aa00",
            frequency=DAILY,
            height_m=70,
            camera=CameraUse(),
            time_limit=TimeLimit(amount=4, unit="h"),
            classes=(DetectorClass(key="garbage_pile", name_zh="垃圾堆", name_en="Garbage pile", extent_m=3),),
        )
        zone = NoFlyZone(id="substation", name="Substation", outline=square(700, 0, 100))
        return District(
            id="small",
            name_zh="小",
            name_en="Small",
            note="made up",
            outline=square(0, 0, 2000),
            airspace=Airspace(permitted=square(0, 0, 2000), no_fly_zones=(zone,) if zones else ()),
            departments=(Department(id="urban", name_zh="城管局", name_en="Urban management"),),
            categories=(category,),
            sub_districts=(),
            aircraft_types=(aircraft,),
            docks=(Dock(id="dock-1", name="Dock 1", point=DOCK),),
            drones=(Drone(id="d-1", name="D1", type_id="quad", dock_id="dock-1", system_id=1),),
            routes=routes,
        )

    return make
