"""A ground station on a temporary SQLite file, with a clock that stands still and ears in place of the aircraft."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
import uvicorn

from ground_station.access.permissions import Role
from ground_station.access.schemas import NewApiKey
from ground_station.config import AccessSettings, DatabaseSettings, GroundSettings, StorageSettings
from ground_station.flights.tables import FlightRow
from ground_station.ingest.intake import Intake
from ground_station.server import web_config
from ground_station.station import Station, open_station
from missions.aircraft import Camera
from missions.catalog import load
from missions.contracts.envelope import seal
from missions.contracts.messages import Ack, CommandMessage
from missions.contracts.topics import Channel, Topic
from missions.district import District
from missions.finding import Finding, ModelRef
from missions.flight import FlightState
from missions.geometry import Attitude, ErrorEllipse, GeoPoint, PixelBox
from missions.noun import Noun, new_id
from missions.plan import Estimate, Leg, Plan, Waypoint
from missions.telemetry import Pose

MONDAY_10_SHANGHAI = datetime(2026, 11, 23, 2, tzinfo=UTC)
PLACE = GeoPoint(lat_deg=31.7800, lon_deg=119.9000)
"""In the middle of the shipped district."""

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x20\x00\x30\x01\x01\x11\x00" + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00\xd2\xff\xd9"
)
"""Markers of a grey picture of 48 x 32 pixels."""


@dataclass
class StoppedClock:
    """Time as the test says."""

    now: datetime = MONDAY_10_SHANGHAI

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Ears:
    """Hears what the ground would tell the aircraft."""

    commands: list[tuple[str, CommandMessage]] = field(default_factory=list)
    acks: list[tuple[str, Ack]] = field(default_factory=list)

    def send_command(self, drone_id: str, message: CommandMessage) -> None:
        self.commands.append((drone_id, message))

    def send_ack(self, drone_id: str, ack: Ack) -> None:
        self.acks.append((drone_id, ack))


@pytest.fixture(scope="session")
def district() -> District:
    """The shipped district with its first and its last ten routes."""
    whole = load()
    return whole.model_copy(update={"routes": (*whole.routes[:10], *whole.routes[-10:])})


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def settings(tmp_path: Path) -> GroundSettings:
    return GroundSettings(
        database=DatabaseSettings(url=f"sqlite:///{tmp_path / 'ground.sqlite3'}"),
        storage=StorageSettings(evidence_directory=tmp_path / "evidence", max_rejected_messages=50),
        access=AccessSettings(attempts_per_account=3),
    )


@pytest.fixture
def station(settings: GroundSettings, district: District, clock: StoppedClock, ears: Ears) -> Iterator[Station]:
    opened = open_station(settings, district, ears, clock=clock)
    yield opened
    opened.planner.close()
    opened.database.close()


@pytest.fixture
def intake(station: Station, ears: Ears) -> Intake:
    return Intake(station, ears)


@pytest.fixture
def serving() -> Callable[[Station], object]:
    """Serves a station over a real socket while a `with` lasts, and gives its URL."""

    @contextmanager
    def serve(station: Station) -> Iterator[str]:
        started = threading.Event()

        class Server(uvicorn.Server):
            async def startup(self, sockets: object = None) -> None:
                await super().startup()
                started.set()

        config = web_config(station)
        config.port, config.lifespan, config.timeout_graceful_shutdown = 0, "off", 1
        server = Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        assert started.wait(20)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            station.hub.close()
            server.should_exit = True
            thread.join(20)

    return serve


@pytest.fixture
def url(station: Station, serving: Callable[[Station], object]) -> Iterator[str]:
    """The station's URL."""
    with serving(station) as address:  # type: ignore[attr-defined]
        yield address


ClientOf = Callable[..., httpx.Client]


@pytest.fixture
def client_of(station: Station, url: str) -> Iterator[ClientOf]:
    """Role (and department) -> a client that holds an API key of it; None: nobody."""
    opened: list[httpx.Client] = []

    def make(role: Role | None = Role.ADMINISTRATOR, department_id: str | None = None) -> httpx.Client:
        headers = {}
        if role is not None:
            with station.database.transaction() as session:
                new = NewApiKey(name=f"key-{new_id()[:8]}", role=role, department_id=department_id)
                headers["Authorization"] = f"Bearer {station.access.add_key(session, new).key}"
        opened.append(httpx.Client(base_url=url, headers=headers, timeout=20))
        return opened[-1]

    yield make
    for client in opened:
        client.close()


MakeFinding = Callable[..., Finding]


def record_flights(station: Station, *drone_ids: str) -> None:
    """A flight `flight-<drone>` of each drone, flown long ago."""
    with station.database.transaction() as session:
        for drone_id in drone_ids:
            leg = Leg(route_id="r", route_name="r", categories=(), waypoints=(Waypoint(point=PLACE, height_m=70, speed_mps=8),))
            plan = Plan(
                id=f"flight-{drone_id}",
                district_id=station.district.id,
                drone_id=drone_id,
                aircraft_type_id="a",
                dock_id="d",
                home=PLACE,
                legs=(leg,),
                cruise_mps=10,
                transit_height_m=70,
                return_height_m=80,
                geofence=(PLACE, PLACE.moved(0, 100), PLACE.moved(90, 100)),
                camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
                classes={},
                estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
                created_at=MONDAY_10_SHANGHAI,
            )
            session.add(
                FlightRow(
                    id=plan.id,
                    district_id=station.district.id,
                    drone_id=drone_id,
                    state=FlightState.COMPLETED,
                    plan=plan,
                    created_at=MONDAY_10_SHANGHAI,
                    created_by="test",
                )
            )


@pytest.fixture
def make_finding(district: District, station: Station) -> MakeFinding:
    """A finding of a garbage pile at PLACE, or `north_m` of it, or otherwise as the keywords say, of a flight that is known."""
    record_flights(station, "zl-01", "zl-02")

    def make(*, north_m: float = 0.0, drone_id: str = "zl-01", **changes: object) -> Finding:
        class_key = str(changes.get("class_key", "garbage_pile"))
        finding = Finding(
            id=new_id(),
            flight_id=f"flight-{drone_id}",
            drone_id=drone_id,
            route_id=district.routes[0].id,
            class_key=class_key,
            category=district.category_of_class[class_key].key,
            confidence=0.9,
            position=PLACE.moved(0, north_m),
            ellipse=ErrorEllipse(semi_major_m=4.0, semi_minor_m=3.0, orientation_deg=20.0),
            observations=5,
            first_seen_at=MONDAY_10_SHANGHAI - timedelta(seconds=20),
            last_seen_at=MONDAY_10_SHANGHAI - timedelta(seconds=10),
            best_frame_pose=Pose(time_boot_ms=1000.0, point=PLACE, height_m=70.0, camera=Attitude.from_euler(0, -90, 0)),
            best_frame_box=PixelBox(x_min=1, y_min=1, x_max=40, y_max=30),
            best_frame_sha256="a" * 64,
            evidence_sha256=sha256(JPEG).hexdigest(),
            model=ModelRef(name="district-33", version="1", weights_sha256="b" * 64),
            software_version="0.1.0",
        )
        return finding.model_copy(update=changes)

    return make


@pytest.fixture
def jpeg() -> bytes:
    return JPEG


Say = Callable[..., bool]


@pytest.fixture
def say(intake: Intake, district: District) -> Say:
    """Has a drone say something; tells whether the ground has taken it."""

    def speak(channel: Channel, kind: str, data: Noun, *, drone_id: str = "zl-01", **envelope: object) -> bool:
        payload = seal(data, type=kind, source="test", at=MONDAY_10_SHANGHAI, **envelope)  # type: ignore[arg-type]
        return intake.take(str(Topic(district.id, drone_id, channel)), payload)

    return speak
