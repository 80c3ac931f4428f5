"""One message of every type, with every field filled, as this version writes it."""

from datetime import UTC, datetime, timedelta

import pytest

from missions.aircraft import Camera
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.finding import Finding, ModelRef
from missions.flight import Flight, FlightEvent, FlightEventKind, FlightState
from missions.geometry import Attitude, ErrorEllipse, GeoPoint, PixelBox
from missions.noun import Noun
from missions.plan import Corner, Estimate, Landing, Leg, Plan, Waypoint
from missions.telemetry import Pose, Telemetry

AT = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
HOME = GeoPoint(lat_deg=31.7905, lon_deg=119.856)
FAR = GeoPoint(lat_deg=31.7926, lon_deg=119.859)
MODEL = ModelRef(name="zhonglou-small", version="1.0.0", weights_sha256="c" * 64, calibrated=True)
EXPIRES = AT + timedelta(minutes=5)

PLAN = Plan(
    id="plan-1",
    district_id="zhonglou",
    drone_id="zl-01",
    aircraft_type_id="dock-quad-t",
    dock_id="zouqu-town",
    home=HOME,
    home_altitude_m=5.0,
    legs=(
        Leg(
            route_id="zl-r-0001",
            route_name="周边巡查 01",
            categories=("sanitation", "fire_hazard"),
            waypoints=(
                Waypoint(point=FAR, height_m=70.0, speed_mps=8.0, heading_deg=90.0, hold_s=2.0, acceptance_radius_m=4.0),
                Waypoint(point=HOME, height_m=70.0, speed_mps=8.0),
            ),
            camera_pitch_deg=-60.0,
            trigger_distance_m=18.5,
            approach=(Corner(lat_deg=31.791, lon_deg=119.857),),
        ),
    ),
    cruise_mps=10.0,
    transit_height_m=70.0,
    return_height_m=80.0,
    way_home=(Corner(lat_deg=31.7915, lon_deg=119.858),),
    landing=Landing(dock_id="benniu-town", point=FAR, height_m=-2.5),
    geofence=(
        GeoPoint(lat_deg=31.78, lon_deg=119.84),
        GeoPoint(lat_deg=31.78, lon_deg=119.87),
        GeoPoint(lat_deg=31.8, lon_deg=119.87),
    ),
    max_height_m=120.0,
    camera=Camera(width_px=1280, height_px=720, hfov_deg=70.0),
    classes={"garbage_pile": "sanitation", "blocked_fire_lane": "fire_hazard"},
    people_classes=("blocked_fire_lane",),
    private_zones=(
        (
            GeoPoint(lat_deg=31.79, lon_deg=119.85),
            GeoPoint(lat_deg=31.79, lon_deg=119.851),
            GeoPoint(lat_deg=31.791, lon_deg=119.851),
        ),
    ),
    estimate=Estimate(distance_m=1270.5, duration_s=220.5, energy_wh=16.25, battery_share=0.125),
    created_at=AT,
)

FINDING = Finding(
    id="finding-1",
    flight_id="flight-1",
    drone_id="zl-01",
    route_id="zl-r-0001",
    class_key="garbage_pile",
    category="sanitation",
    confidence=0.875,
    review_below=0.7,
    position=FAR,
    ellipse=ErrorEllipse(semi_major_m=2.5, semi_minor_m=1.5, orientation_deg=30.0),
    observations=7,
    first_seen_at=AT,
    last_seen_at=AT + timedelta(seconds=3),
    best_frame_pose=Pose(
        time_boot_ms=61250.0,
        point=HOME,
        height_m=69.5,
        camera=Attitude(w=0.5, x=0.5, y=-0.5, z=0.5),
        ground_speed_mps=8.0,
    ),
    best_frame_box=PixelBox(x_min=600.0, y_min=300.0, x_max=680.0, y_max=360.0),
    best_frame_sha256="a" * 64,
    evidence_sha256="b" * 64,
    evidence_crop=PixelBox(x_min=480.0, y_min=170.0, x_max=800.0, y_max=490.0),
    people_evidence_sha256="d" * 64,
    model=MODEL,
    software_version="0.1.0",
)

TELEMETRY = Telemetry(
    at=AT,
    point=HOME,
    height_m=69.5,
    altitude_m=74.5,
    heading_deg=87.5,
    ground_speed_mps=8.0,
    battery_share=0.75,
    armed=True,
    mode="MISSION",
    flight_id="flight-1",
    mission_item=6,
    mission_items=14,
    outbox_waiting=2,
)

EVENT = FlightEvent(
    flight_id="flight-1", kind=FlightEventKind.LEG_COMPLETED, at=AT, number=4, leg_index=0, reason="last waypoint reached"
)
FLIGHT = Flight(
    id="flight-1", plan=PLAN, state=FlightState.DISPATCHED, created_at=AT, legs_completed=(0,), reason="by the dispatcher"
)
BORN = messages.Born(
    session="session-1",
    software_version="0.1.0",
    model=MODEL,
    classes=("garbage_pile", "blocked_fire_lane"),
    flight_id="flight-1",
    waiting=3,
    public_key="e" * 64,
)


def command(
    body: messages.LoadFlight | messages.FlightCommand | messages.Rebirth,
) -> messages.CommandMessage:
    """A command round its body."""
    return messages.CommandMessage(id="command-1", expires_at=EXPIRES, body=body)


SAMPLES: dict[str, tuple[Channel, str, Noun]] = {
    "aircraft.born": (Channel.PRESENCE, messages.BORN, BORN),
    "aircraft.died": (Channel.PRESENCE, messages.DIED, messages.Died(session="session-1", reason="connection_lost")),
    "aircraft.reported": (Channel.TELEMETRY, messages.REPORTED, TELEMETRY),
    "flight.advanced": (Channel.FLIGHT, messages.ADVANCED, EVENT),
    "finding.raised": (Channel.FINDING, messages.RAISED, FINDING),
    "command.given.load": (Channel.COMMAND, messages.GIVEN, command(messages.LoadFlight(flight=FLIGHT))),
    "command.given.return": (
        Channel.COMMAND,
        messages.GIVEN,
        command(messages.FlightCommand(command="return", flight_id="flight-1")),
    ),
    "command.given.rebirth": (Channel.COMMAND, messages.GIVEN, command(messages.Rebirth())),
    "command.answered": (
        Channel.RESULT,
        messages.ANSWERED,
        messages.CommandResult(command_id="command-1", accepted=False, reason="the battery is at 20 %"),
    ),
    "message.stored": (Channel.ACK, messages.STORED, messages.Ack(message_id="message-1", outcome="stored")),
    "message.refused": (
        Channel.ACK,
        messages.REFUSED,
        messages.Ack(message_id="b" * 64, outcome="refused", reason="no such flight"),
    ),
}
"""Golden file's name -> channel, message type, payload."""


@pytest.fixture(scope="session")
def samples() -> dict[str, tuple[Channel, str, Noun]]:
    """Every message."""
    return SAMPLES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that takes `message_name` runs once a message."""
    if "message_name" in metafunc.fixturenames:
        metafunc.parametrize("message_name", list(SAMPLES))
