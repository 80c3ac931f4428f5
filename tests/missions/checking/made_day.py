"""A small sound day, made by hand: two drones, three flights, one pass that waits; and how to write other flights.

Places are metres east and north of dock-1. dock-2 lies 1000 m west of it. Moments are seconds since 08:00.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import cos, dist, pi, sin

from missions.aircraft import AircraftType, Camera, Drone
from missions.airspace import Airspace, NoFlyZone
from missions.district import Category, Department, DetectorClass, District, Dock, TimeLimit
from missions.geometry import GeoPoint, LocalFrame
from missions.route import Area, CameraUse, Corridor, Frequency, Orbit, Route, RouteGeometry, WaypointList
from missions.schedule import Look, Pass, Schedule, ScheduledFlight, Span, TimedPoint, Unserved, Visit

DAY = date(2025, 6, 2)
EIGHT = datetime(2025, 6, 2, 0, 0, tzinfo=UTC)
"""08:00 in the district."""

EIGHT_S = 8 * 3600
DOCK_1 = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(DOCK_1)
DAILY = Frequency(times=1, per="day")
HEIGHT_M = 80.0
DOCKS = {"dock-1": (0.0, 0.0), "dock-2": (-1000.0, 0.0)}

QUAD = AircraftType(
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
"""150 Wh, a quarter of it in reserve. At 10 m/s it takes 260 W, at 8 m/s 252.8 W."""


def place(x_m: float, y_m: float) -> GeoPoint:
    """A place by its metres east and north of dock-1."""
    return FRAME.to_geo(x_m, y_m)


def moment(seconds: float) -> datetime:
    """A moment by its seconds since 08:00."""
    return EIGHT + timedelta(seconds=seconds)


def square(x_m: float, y_m: float, half_m: float) -> tuple[GeoPoint, ...]:
    """The corners of a square round a place."""
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
    return tuple(place(x_m + x, y_m + y) for x, y in corners)


def span(begins_s: float, ends_s: float) -> Span:
    """From and until, in seconds since 08:00."""
    return Span(begins_at=moment(begins_s), ends_at=moment(ends_s))


class Course:
    """Writes a flight leg by leg: up at 5 m/s, level at the speed given, down at 2 m/s."""

    def __init__(self, dock_id: str = "dock-1", begins_s: float = 0.0) -> None:
        self.dock_id = dock_id
        self.points = [(*DOCKS[dock_id], 0.0, begins_s)]
        self.visits: list[Visit] = []

    def climb(self, height_m: float = HEIGHT_M) -> "Course":
        """Straight up to a height at 5 m/s, or down to it at 2 m/s."""
        x, y, here_m, at_s = self.points[-1]
        return self._add(x, y, height_m, at_s + max((height_m - here_m) / 5, (here_m - height_m) / 2))

    def to(self, x_m: float, y_m: float, speed_mps: float = 10.0) -> "Course":
        """Straight to a place at one height."""
        x, y, height_m, at_s = self.points[-1]
        return self._add(x_m, y_m, height_m, at_s + dist((x, y), (x_m, y_m)) / speed_mps)

    def wait(self, seconds: float) -> "Course":
        """Stand still in the air."""
        x, y, height_m, at_s = self.points[-1]
        return self._add(x, y, height_m, at_s + seconds)

    def see(self, number: int, *places: tuple[float, float]) -> "Course":
        """Fly over places at 8 m/s with the camera at work, for the pass of that number."""
        begins_s = self.points[-1][3]
        for x_m, y_m in places:
            self.to(x_m, y_m, 8.0)
        ends_s = self.points[-1][3]
        visit = Visit(pass_id=f"p-{number}", route_id=f"r-{number}", begins_at=moment(begins_s), ends_at=moment(ends_s))
        self.visits.append(visit)
        return self

    def flight(self, number: int, drone_id: str, to_dock_id: str | None = None) -> ScheduledFlight:
        """Down to the ground, and the whole as a flight with the energy it takes."""
        x, y, height_m, at_s = self.points[-1]
        self._add(x, y, 0.0, at_s + height_m / 2)
        return ScheduledFlight(
            id=f"f-{number}",
            drone_id=drone_id,
            from_dock_id=self.dock_id,
            to_dock_id=to_dock_id or self.dock_id,
            takes_off_at=moment(self.points[0][3]),
            lands_at=moment(self.points[-1][3]),
            visits=tuple(self.visits),
            path=tuple(TimedPoint(point=place(x, y), height_m=h, at=moment(t)) for x, y, h, t in self.points),
            energy_wh=self._energy_wh(),
            distance_m=sum(dist(a[:2], b[:2]) for a, b in zip(self.points, self.points[1:], strict=False)),
        )

    def _energy_wh(self) -> float:
        """Level 240 W and 0.2 W for each (m/s)²; a climb at 5 m/s takes 80 W more."""
        watt_s = 0.0
        for a, b in zip(self.points, self.points[1:], strict=False):
            seconds = b[3] - a[3]
            watt_s += 240 * seconds + 0.2 * dist(a[:2], b[:2]) ** 2 / seconds + 80 * max(b[2] - a[2], 0) / 5
        return watt_s / 3600

    def _add(self, x_m: float, y_m: float, height_m: float, at_s: float) -> "Course":
        """What takes no time is no leg."""
        if at_s > self.points[-1][3]:
            self.points.append((x_m, y_m, height_m, at_s))
        return self


def ring(x_m: float, y_m: float, radius_m: float, first: int = 1, last: int = 24) -> list[tuple[float, float]]:
    """Corners of a ring of 24, clockwise from the south."""
    angles = [pi + 2 * pi * number / 24 for number in range(first, last + 1)]
    return [(x_m + radius_m * sin(angle), y_m + radius_m * cos(angle)) for angle in angles]


def corridor_course(begins_s: float = 0.0) -> Course:
    """Up (16 s), 200 m north (20 s), 800 m along the corridor (100 s), 1000 m back (100 s); down in 40 s."""
    return Course("dock-1", begins_s).climb().to(0, 200).see(1, (0, 1000)).to(0, 0)


def west_course() -> Course:
    """From dock-2 over the area (from 51 s to 63.5 s) and round the orbit (from 88.5 s to 166.8 s)."""
    course = Course("dock-2").climb().to(-1000, 350).see(2, (-1000, 450)).to(-1000, 700)
    return course.see(3, *ring(-1000, 800, 100))


def points_course(begins_s: float = 3600.0) -> Course:
    """An hour later over two points in the south."""
    return Course("dock-1", begins_s).climb().to(300, -300).see(4, (300, -600)).to(0, 0)


def make_route(number: int, geometry: RouteGeometry) -> Route:
    """A daily route."""
    id = f"r-{number}"
    return Route(id=id, name=id, geometry=geometry, categories=("sanitation",), frequency=DAILY, height_m=HEIGHT_M)


ROUTES = (
    make_route(1, Corridor(line=(place(0, 200), place(0, 1000)), width_m=60)),
    make_route(2, Area(outline=square(-1000, 400, 50))),
    make_route(3, Orbit(center=place(-1000, 800), radius_m=100)),
    make_route(4, WaypointList(points=(place(300, -300), place(300, -600)))),
    make_route(5, WaypointList(points=(place(1500, 1500),))),
)


def make_district() -> District:
    """The square of 4 km with two docks; a no-fly zone of 200 m lies 700 m east of dock-1."""
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
        airspace=Airspace(permitted=square(0, 0, 2000), no_fly_zones=(zone,)),
        departments=(Department(id="urban", name_zh="城管局", name_en="Urban management"),),
        categories=(category,),
        sub_districts=(),
        aircraft_types=(QUAD,),
        docks=(
            Dock(id="dock-1", name="Dock 1", point=place(0, 0), capacity=2),
            Dock(id="dock-2", name="Dock 2", point=place(-1000, 0), capacity=1),
        ),
        drones=(
            Drone(id="d-1", name="D1", type_id="quad", dock_id="dock-1", system_id=1),
            Drone(id="d-2", name="D2", type_id="quad", dock_id="dock-2", system_id=2),
        ),
        routes=ROUTES,
    )


def make_look(id: str, **changes: object) -> Look:
    """At any time of the morning, from any angle that is not flat, as fine as 80 m show: 80 m / (640 / tan 35°) = 8.75 cm."""
    values: dict[str, object] = {
        "demand_id": id,
        "department_id": "urban",
        "category": "sanitation",
        "max_sample_m": 0.0876,
        "steepest_deg": -90.0,
        "flattest_deg": -30.0,
        "thermal": False,
        "value": 2.0,
        "windows": (span(-3600, 4 * 3600),),
    }
    return Look.model_validate(values | changes)


SPOT = WaypointList(points=(place(320, -450),))
"""A place that the pass over the two points sees 20 m aside; 56 m to each side are seen from 80 m."""


def make_pass(number: int) -> Pass:
    """A look at the route of that number, between 07:00 and 12:00; the fourth pass sees a place beside its route too.

    Round the orbit the centre is 128 m away: 14.01 cm.
    """
    sample_m = 0.1402 if number == 3 else 0.0876
    looks = [
        make_look(f"demand-{number}", max_sample_m=sample_m),
        make_look(f"hotline-{number}", max_sample_m=sample_m, value=1.0, geometry=SPOT if number == 4 else None),
    ]
    return Pass(
        id=f"p-{number}",
        route_id=f"r-{number}",
        demand_ids=tuple(look.demand_id for look in looks),
        departments=("urban",),
        height_m=HEIGHT_M,
        speed_mps=8.0,
        camera=CameraUse(),
        value=3.0,
        windows=(span(-3600, 4 * 3600),),
        looks=tuple(looks),
    )


def make_schedule() -> Schedule:
    """f-1 and f-2 at 08:00, f-3 at 09:00 by the drone of f-1; pass p-5 waits."""
    return Schedule(
        district_id="small",
        day=DAY,
        seed=1,
        method="by hand",
        daylight=span(-2.5 * 3600, 11 * 3600),
        passes=tuple(make_pass(number) for number in range(1, 6)),
        flights=(
            corridor_course().flight(1, "d-1"),
            west_course().to(-1000, 0).flight(2, "d-2"),
            points_course().flight(3, "d-1"),
        ),
        unserved=(
            Unserved(pass_id="p-5", route_id="r-5", code="no_room", text="no drone has time for it", expires_at=moment(86400)),
        ),
    )


@dataclass(frozen=True)
class MadeDay:
    """A schedule with its district, and how to change either in one place."""

    schedule: Schedule
    district: District

    def day(self, **changes: object) -> "MadeDay":
        """With other fields of the schedule; nothing is validated, so that anything can be broken."""
        return replace(self, schedule=self.schedule.model_copy(update=changes))

    def conditions(self, **changes: object) -> "MadeDay":
        """With other fields of the day's conditions."""
        return self.day(conditions=self.schedule.conditions.model_copy(update=changes))

    def flight(self, number: int, **changes: object) -> "MadeDay":
        """With other fields of the flight of that number."""
        return self.day(flights=_changed(self.schedule.flights, number, changes))

    def instead(self, number: int, flight: ScheduledFlight) -> "MadeDay":
        """With another flight in the place of that number."""
        return self.flight(number, **dict(flight))

    def point(self, number: int, index: int, /, **changes: object) -> "MadeDay":
        """With other fields of one point of a flight's path."""
        path = list(self.schedule.flights[number - 1].path)
        path[index] = path[index].model_copy(update=changes)
        return self.flight(number, path=tuple(path))

    def visit(self, number: int, visit: int = 1, **changes: object) -> "MadeDay":
        """With other fields of one visit of a flight."""
        return self.flight(number, visits=_changed(self.schedule.flights[number - 1].visits, visit, changes))

    def pass_(self, number: int, **changes: object) -> "MadeDay":
        """With other fields of the pass of that number."""
        return self.day(passes=_changed(self.schedule.passes, number, changes))

    def look(self, number: int, look: int = 1, **changes: object) -> "MadeDay":
        """With other fields of one look of the pass of that number."""
        return self.pass_(number, looks=_changed(self.schedule.passes[number - 1].looks, look, changes))

    def unserved(self, **changes: object) -> "MadeDay":
        """With other fields of the one pass that waits."""
        return self.day(unserved=_changed(self.schedule.unserved, 1, changes))

    def catalogue(self, **changes: object) -> "MadeDay":
        """With other fields of the district."""
        return replace(self, district=self.district.model_copy(update=changes))

    def route(self, number: int, **changes: object) -> "MadeDay":
        """With other fields of the route of that number."""
        return self.catalogue(routes=_changed(self.district.routes, number, changes))

    def aircraft(self, **changes: object) -> "MadeDay":
        """With other fields of the one aircraft type."""
        return self.catalogue(aircraft_types=_changed(self.district.aircraft_types, 1, changes))

    def drone(self, number: int, **changes: object) -> "MadeDay":
        """With other fields of the drone of that number."""
        return self.catalogue(drones=_changed(self.district.drones, number, changes))

    def dock(self, number: int, **changes: object) -> "MadeDay":
        """With other fields of the dock of that number."""
        return self.catalogue(docks=_changed(self.district.docks, number, changes))

    def airspace(self, **changes: object) -> "MadeDay":
        """With other fields of the airspace."""
        return self.catalogue(airspace=self.district.airspace.model_copy(update=changes))

    def operations(self, **changes: object) -> "MadeDay":
        """With other rules of the flying day."""
        return self.catalogue(operations=self.district.operations.model_copy(update=changes))


def _changed(among: tuple, number: int, changes: dict[str, object]) -> tuple:
    return (*among[: number - 1], among[number - 1].model_copy(update=changes), *among[number:])
