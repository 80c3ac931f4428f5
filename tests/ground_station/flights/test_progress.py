"""Where a flight stands does not depend on the order in which its events arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_station.flights.progress import replay
from ground_station.flights.tables import FlightEventRow, FlightRow
from missions.aircraft import Camera
from missions.flight import FlightEventKind as Kind
from missions.flight import FlightState, GroundSeen
from missions.geometry import GeoPoint
from missions.plan import Estimate, Leg, Plan, Waypoint

START = datetime(2026, 11, 23, tzinfo=UTC)
HOME = GeoPoint(lat_deg=31.78, lon_deg=119.9)


def plan() -> Plan:
    waypoint = Waypoint(point=HOME, height_m=70, speed_mps=8)
    legs = tuple(Leg(route_id=f"r{n}", route_name="r", categories=("sanitation",), waypoints=(waypoint,)) for n in range(2))
    return Plan(
        id="f",
        district_id="zhonglou",
        drone_id="zl-01",
        aircraft_type_id="t",
        dock_id="d",
        home=HOME,
        legs=legs,
        cruise_mps=10,
        transit_height_m=80,
        return_height_m=80,
        geofence=(HOME, HOME.moved(0, 100), HOME.moved(90, 100)),
        camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
        classes={},
        estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
        created_at=START,
    )


def flight() -> FlightRow:
    return FlightRow(
        id="f", district_id="z", drone_id="zl-01", state="planned", plan=plan(), legs_completed="", reason="", created_at=START
    )


def event(id: int, number: int | None, kind: Kind, leg: int | None = None) -> FlightEventRow:
    return FlightEventRow(
        id=id,
        flight_id="f",
        number=number,
        kind=kind,
        at=START + timedelta(seconds=id),
        leg_index=leg,
        reason="",
        applied=False,
    )


STORY = (
    event(0, None, Kind.DISPATCHED),
    event(1, 1, Kind.READIED),
    event(2, 2, Kind.TOOK_OFF),
    event(3, 3, Kind.LEG_COMPLETED, 0),
    event(4, 4, Kind.HELD),
    event(5, 5, Kind.RESUMED),
    event(6, 6, Kind.LEG_COMPLETED, 1),
    event(7, 7, Kind.RETURNING),
    event(8, 8, Kind.COMPLETED),
)


@given(st.permutations(STORY))
def test_any_order_of_arrival_ends_the_same(events: list[FlightEventRow]) -> None:
    """The whole story, in any order: completed, both legs flown, every event fitting."""
    row = flight()
    for count in range(1, len(events) + 1):
        replay(row, events[:count])
    assert row.state == FlightState.COMPLETED
    assert row.legs_completed == "0,1"
    assert all(one.applied for one in events)


@given(st.lists(st.sampled_from(list(Kind)), max_size=12))
def test_odd_events_never_break_it(kinds: list[Kind]) -> None:
    """Whatever an aircraft says, the flight has a state, and what did not fit is marked."""
    row = flight()
    events = [event(0, None, Kind.DISPATCHED), *(event(n, n, kind) for n, kind in enumerate(kinds, 1))]
    replay(row, events)
    assert FlightState(row.state)
    applied = [one for one in events if one.applied]
    again = flight()
    replay(again, applied)
    assert again.state == row.state


@pytest.mark.parametrize(("heard", "state"), [(0, FlightState.CANCELLED), (1, FlightState.CANCELLED), (2, FlightState.FLYING)])
def test_the_aircraft_outranks_a_cancellation_on_the_ground(heard: int, state: FlightState) -> None:
    """Cancelled on the ground, but the aircraft says that it took off: it is flying."""
    row = flight()
    replay(row, [STORY[0], event(50, None, Kind.CANCELLED), *STORY[1 : 1 + heard]])
    assert row.state == state


def test_a_gap_holds_nothing_up() -> None:
    """The first event is lost on the way: the flight waits where it was; when it comes, all that followed counts."""
    row = flight()
    replay(row, [STORY[0], STORY[2], STORY[3]])
    assert row.state == FlightState.DISPATCHED
    replay(row, [STORY[0], STORY[2], STORY[3], STORY[1]])
    assert (row.state, row.legs_completed) == (FlightState.FLYING, "0")


def test_what_the_frames_showed_comes_with_the_end() -> None:
    """The event that ends the flight tells it; it stands whatever comes late."""
    seen = GroundSeen(frames=100, frames_not_seen=4, seen_m2=9000.0, not_seen_m2=500.0)
    end = event(3, 3, Kind.ABORTED)
    end.ground_seen = seen
    row = flight()
    replay(row, [event(1, None, Kind.DISPATCHED), event(2, 1, Kind.READIED), end])
    assert row.ground_seen is None
    replay(row, [event(1, None, Kind.DISPATCHED), event(2, 1, Kind.READIED), end, event(4, 2, Kind.TOOK_OFF)])
    assert row.ground_seen == seen
