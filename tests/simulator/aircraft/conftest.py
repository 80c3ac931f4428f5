"""One home, one survey mission round it, and an aircraft that is stepped without sockets: shared by all tests here."""

from collections.abc import Callable, Sequence
from math import nan

import pytest

from missions.geometry import GeoPoint
from simulator.aircraft.autopilot import Autopilot
from simulator.aircraft.mission_item import Cmd, Item, Kind
from simulator.aircraft.modes import Happening, Mode
from simulator.aircraft.settings import Settings

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.9)
STEP_S = 0.05


class Items:
    """Makes items round home."""

    home = HOME

    def place(self, seq: int, bearing_deg: float, distance_m: float, height_m: float, command: int = Cmd.WAYPOINT) -> Item:
        """A place item: acceptance radius 3 m for waypoints, nose along the path."""
        point = HOME.moved(bearing_deg, distance_m)
        radius = 3.0 if command == Cmd.WAYPOINT else 0.0
        place = (round(point.lat_deg * 1e7), round(point.lon_deg * 1e7), height_m)
        return Item(seq, 6, command, (0.0, radius, 0.0, nan), *place)

    def do(self, seq: int, command: int, *params: float) -> Item:
        """An item without a place."""
        p = (*params, 0.0, 0.0, 0.0, 0.0)[:4]
        return Item(seq, 2, command, (p[0], p[1], p[2], p[3]), 0, 0, 0.0)

    def survey(self) -> list[Item]:
        """Take-off, 8 m/s, gimbal down, a picture every 20 m, a triangle of 200 m sides, camera off, return."""
        return [
            self.place(0, 0, 0, 40, Cmd.TAKEOFF),
            self.do(1, Cmd.DO_CHANGE_SPEED, 1, 8, -1),
            self.do(2, Cmd.DO_GIMBAL_MANAGER_PITCHYAW, -90, 0),
            self.do(3, Cmd.DO_SET_CAM_TRIGG_DIST, 20, 0, 1),
            self.place(4, 0, 200, 60),
            self.place(5, 60, 200, 60),
            self.place(6, 90, 100, 60),
            self.do(7, Cmd.DO_SET_CAM_TRIGG_DIST, 0),
            self.do(8, Cmd.RETURN_TO_LAUNCH),
        ]

    def fence(self, half_m: float, command: int = Cmd.FENCE_INCLUSION) -> list[Item]:
        """A square round home with its corners `half_m` away."""
        corners = [HOME.moved(bearing, half_m) for bearing in (45, 135, 225, 315)]
        places = [(round(c.lat_deg * 1e7), round(c.lon_deg * 1e7)) for c in corners]
        return [Item(i, 0, command, (4.0, 0.0, 0.0, 0.0), x, y, 0.0) for i, (x, y) in enumerate(places)]


class Pilot:
    """Steps an autopilot and waits for what should happen, in autopilot time."""

    def __init__(self, autopilot: Autopilot) -> None:
        self.a = autopilot

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.a.step(STEP_S)

    def until(self, condition: Callable[[], bool], limit_s: float = 600.0) -> None:
        end_s = self.a.time_s + limit_s
        while not condition():
            assert self.a.time_s < end_s, f"not within {limit_s} s: {self.a.state} {self.a.body}"
            self.a.step(STEP_S)

    def upload(self, items: Sequence[Item], kind: Kind = Kind.MISSION) -> None:
        self.a.store.put(kind, items)
        self.wait(4.0)

    def start(self) -> None:
        assert self.a.request(Happening.ARM) is None
        assert self.a.request(Mode.MISSION) is None

    def climb(self, height_m: float) -> None:
        """Takes off and holds at a height."""
        assert self.a.take_off(height_m) is None
        assert self.a.request(Happening.ARM) is None
        self.until(lambda: self.a.state.mode is Mode.HOLD)
        self.wait(5.0)


@pytest.fixture
def items() -> Items:
    return Items()


@pytest.fixture
def settings() -> Settings:
    return Settings(HOME, home_altitude_m=5.0)


@pytest.fixture
def make_pilot() -> Callable[[Settings], Pilot]:
    return lambda settings: Pilot(Autopilot(settings))


@pytest.fixture
def pilot(settings: Settings) -> Pilot:
    return Pilot(Autopilot(settings))
