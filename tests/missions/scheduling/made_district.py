"""A small made-up district on a square of 4 km: two docks at different altitudes, three drones, nine routes, one zone.

Places are metres east and north of dock-1; dock-2 lies 1200 m west of it and 20 m higher. The zone is a square of 200 m, 700 m
east. Moments are seconds since 06:30 of `DAY`, when the flying day begins.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from missions.aircraft import AircraftType, Camera, Drone
from missions.airspace import Airspace, NoFlyZone
from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import Category, Department, DetectorClass, District, Dock, TimeLimit
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.energy import PathPoint
from missions.planning.flight_path import FlightPath
from missions.route import Area, CameraUse, Corridor, Frequency, Orbit, Route, RouteGeometry, WaypointList
from missions.schedule import Closure, Pass, Span
from missions.scheduling.conditions import DaySetting
from missions.scheduling.day import DayRequest
from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Trip
from missions.scheduling.standing import standing_demands
from missions.scheduling.timetable import Flown

DAY = date(2026, 6, 2)
BEGIN = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
"""06:30 in the district, a Tuesday; the sun has been up since 5 o'clock."""

DAY_S = 13 * 3600.0
"""Until 19:30. A day that is really planned ends with the sunset, half an hour earlier."""

DOCK_1 = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(DOCK_1)
DAILY = Frequency(times=1, per="day")
TWICE = Frequency(times=2, per="day")
ON_CALL = Frequency(times=0, per="on_call")
THERMAL = CameraUse(sensor="rgb+thermal")
MORNING = TimeWindow(begins=time(7), ends=time(10))
AFTERNOON = TimeWindow(begins=time(15, 30), ends=time(19))
CAMERA = Camera(width_px=1280, height_px=720, hfov_deg=70)
"""640 / tan 35° = 914 pixels of focal length: 8.75 cm of ground a pixel from 80 m."""


def place(x_m: float, y_m: float) -> GeoPoint:
    """A place by its metres east and north of dock-1."""
    return FRAME.to_geo(x_m, y_m)


def moment(seconds: float) -> datetime:
    """A moment by its seconds since 06:30."""
    return BEGIN + timedelta(seconds=seconds)


def span(begins_s: float, ends_s: float) -> Span:
    """From and until, in seconds since 06:30."""
    return Span(begins_at=moment(begins_s), ends_at=moment(ends_s))


FLYING = span(0, DAY_S)


def square(x_m: float, y_m: float, half_m: float) -> tuple[GeoPoint, ...]:
    """The corners of a square round a place."""
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
    return tuple(place(x_m + x, y_m + y) for x, y in corners)


def aircraft(id: str, thermal: bool, **changes: object) -> AircraftType:
    """150 Wh, a quarter of it in reserve: 112.5 Wh to fly with."""
    values: dict[str, object] = {
        "id": id,
        "name": id,
        "camera": CAMERA,
        "battery_wh": 150,
        "hover_w": 240,
        "cruise_w": 260,
        "climb_w": 320,
        "cruise_mps": 10,
        "max_speed_mps": 15,
        "climb_mps": 5,
        "descent_mps": 3,
        "max_wind_mps": 12,
        "thermal": thermal,
    }
    return AircraftType.model_validate(values | changes)


def make_category(key: str, department_id: str, **changes: object) -> Category:
    """A category flown daily from 80 m."""
    values: dict[str, object] = {
        "key": key,
        "name_zh": key,
        "name_en": key,
        "department_id": department_id,
        "color": "#00aa00",
        "frequency": DAILY,
        "height_m": 80.0,
        "camera": CameraUse(),
        "time_limit": TimeLimit(amount=4, unit="h"),
        "classes": (DetectorClass(key=f"{key}_thing", name_zh=key, name_en=key, extent_m=3),),
    }
    return Category.model_validate(values | changes)


def make_route(id: str, geometry: RouteGeometry, *categories: str, **changes: object) -> Route:
    """A daily route from 80 m, 8 m/s fast."""
    values: dict[str, object] = {
        "id": id,
        "name": id,
        "geometry": geometry,
        "categories": categories,
        "frequency": DAILY,
        "height_m": 80.0,
    }
    return Route.model_validate(values | changes)


ROUTES = (
    make_route("road", Corridor(line=(place(0, 200), place(0, 1000)), width_m=60), "sanitation", "traffic"),
    make_route(
        "river", Corridor(line=(place(-1000, -800), place(-200, -800)), width_m=60), "water", "sanitation", camera=THERMAL
    ),
    make_route("market", Area(outline=square(-1200, 600, 80)), "sanitation"),
    make_route("yard", Area(outline=square(500, -900, 60)), "smoke", frequency=TWICE, camera=THERMAL, height_m=110.0),
    make_route("chimney", Orbit(center=place(-1200, -500), radius_m=80), "smoke", frequency=TWICE, camera=THERMAL),
    make_route("tower", Orbit(center=place(900, 900), radius_m=60), "traffic", height_m=60.0),
    make_route("posts", WaypointList(points=(place(300, -300), place(300, -600))), "sanitation"),
    make_route("behind", WaypointList(points=(place(1100, -50), place(1100, 50))), "sanitation", height_m=50.0),
    make_route("fair", Area(outline=square(-500, 1200, 60)), "event", frequency=ON_CALL),
)


def make_dock_1(**changes: object) -> Dock:
    """For its own two drones."""
    values: dict[str, object] = {"id": "dock-1", "name": "Dock 1", "point": DOCK_1, "capacity": 2, "ground_altitude_m": 4.0}
    return Dock.model_validate(values | changes)


def make_dock_2(**changes: object) -> Dock:
    """For its own drone."""
    values: dict[str, object] = {"id": "dock-2", "name": "Dock 2", "point": place(-1200, 0), "ground_altitude_m": 24.0}
    return Dock.model_validate(values | changes)


def make_district(*routes: Route, **changes: object) -> District:
    """The district with the given routes, else with all nine; `changes` are other fields of it."""
    values: dict[str, object] = {
        "id": "small",
        "name_zh": "小",
        "name_en": "Small",
        "note": "made up",
        "outline": square(0, 0, 2000),
        "airspace": Airspace(
            permitted=square(0, 0, 2000),
            no_fly_zones=(NoFlyZone(id="substation", name="Substation", outline=square(700, 0, 100)),),
        ),
        "departments": tuple(Department(id=id, name_zh=id, name_en=id) for id in ("urban", "water_bureau", "police")),
        "categories": (
            make_category("sanitation", "urban"),
            make_category("water", "water_bureau", camera=THERMAL),
            make_category("traffic", "police", windows=(MORNING, AFTERNOON), priority=4),
            make_category("smoke", "urban", frequency=TWICE, camera=THERMAL, height_m=110.0),
            make_category("event", "police", frequency=ON_CALL, priority=5),
        ),
        "sub_districts": (),
        "aircraft_types": (aircraft("quad-t", thermal=True), aircraft("quad", thermal=False)),
        "docks": (make_dock_1(), make_dock_2()),
        "drones": (
            Drone(id="a-1", name="A1", type_id="quad-t", dock_id="dock-1", system_id=1),
            Drone(id="a-2", name="A2", type_id="quad", dock_id="dock-1", system_id=2),
            Drone(id="b-1", name="B1", type_id="quad", dock_id="dock-2", system_id=3),
        ),
        "routes": routes or ROUTES,
    }
    return District.model_validate(values | changes)


def make_demand(id: str, route_id: str | None = None, /, **changes: object) -> Demand:
    """A daily demand of the urban department for sanitation over the posts, at any time, from 80 m or lower."""
    values: dict[str, object] = {
        "id": id,
        "department_id": "urban",
        "category": "sanitation",
        "geometry": ROUTES[6].geometry,
        "frequency": DAILY,
        "route_id": route_id,
        "max_sample_m": 0.1,
    }
    return Demand.model_validate(values | changes)


def make_pass(route: Route, *windows: Span, value: float = 3.0, number: int = 1) -> Pass:
    """A look at a route, at any time of the flying day unless windows are given."""
    return Pass(
        id=f"{route.id}@{number}",
        route_id=route.id,
        demand_ids=(f"{route.id}:{number}",),
        departments=("urban",),
        height_m=route.height_m,
        speed_mps=route.speed_mps,
        camera=route.camera,
        value=value,
        windows=windows or (FLYING,),
    )


def make_legwork(
    passes: Iterable[Pass], district: District | None = None, grounded: Iterable[str] = (), closures: Iterable[Closure] = ()
) -> Legwork:
    """The passes in the district's plane."""
    whole = district or make_district()
    routes = {route.id: route for route in whole.routes}
    return Legwork(DaySetting(whole, FLYING, closures=tuple(closures)), tuple(passes), routes, frozenset(grounded))


def all_passes() -> list[Pass]:
    """One look at each route that is flown regularly."""
    return [make_pass(route) for route in ROUTES if route.frequency.per != "on_call"]


def make_request(district: District | None = None, **changes: object) -> DayRequest:
    """A day on which every standing demand is due, since none was ever seen to."""
    whole = district or make_district()
    values: dict[str, object] = {"demands": standing_demands(whole), "history": {}, "seed": 1}
    return DayRequest(whole, DAY, **(values | changes))


def made_flown(vehicle: int, start_s: float, job: int, *, wh: float = 10.0, x_m: float = 0.0) -> Flown:
    """A flight of one job in 300 s, wherever its vehicle lives: up to 80 m and 300 m north in 100 s, seeing the pass for 60 s
    there, and back. It does not turn aside: `x_m` is the meridian that it is flown on.
    """
    places = [(0.0, 0.0), (300.0, 80.0), (300.0, 80.0), (0.0, 0.0)]
    points = tuple(PathPoint((x_m, y_m), height_m, 10) for y_m, height_m in places)
    return Flown(Trip(vehicle, start_s, (job,)), FlightPath(points, ((1, 2),), 80, 80), (0, 100, 160, 300), wh, 600.0, 0.0)
