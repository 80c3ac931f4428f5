"""Flights that land in another dock dispatched over HTTP, and the next ones of their drone from where it stands."""

from datetime import timedelta

import pytest

from ground_station.access.permissions import Role
from ground_station.scheduling.repository import ScheduleRepository
from ground_station.scheduling.tables import ScheduleRow
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.district import District
from missions.flight import FlightEvent, FlightEventKind
from missions.schedule import Schedule, ScheduledFlight
from missions.scheduling.day import plan_day
from tests.missions.scheduling.made_district import DAY, make_request
from tests.missions.scheduling.test_landing_day import improved, west


@pytest.fixture(scope="module")
def district() -> District:
    """Two docks; dock-2 has a place for a guest."""
    return west()


@pytest.fixture(scope="module")
def day(district) -> Schedule:
    """a-1 flies to dock-2 and home from there."""
    return plan_day(make_request(district), improved)


@pytest.fixture
def flights(station, clock, day) -> tuple[ScheduledFlight, ScheduledFlight]:
    """The flight to dock-2 and the next one, of the day in force; the clock stands ten minutes before the first."""
    row = ScheduleRow(id="s", district_id=day.district_id, day=DAY, in_force=True, schedule=day, value_bound=day.value)
    row.made_at, row.made_by, row.note = clock(), "test", ""
    with station.database.transaction() as session:
        ScheduleRepository(session, day.district_id).put_in_force(row)
    own = [flight for flight in day.flights if flight.drone_id == "a-1"]
    number = next(number for number, flight in enumerate(own) if flight.to_dock_id == "dock-2")
    clock.now = own[number].takes_off_at - timedelta(minutes=10)
    return own[number], own[number + 1]


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


@pytest.fixture
def dispatch(planner):
    """Dispatches a flight."""
    return lambda flight: planner.post(f"/api/schedules/{DAY}/flights/{flight.id}/dispatch")


@pytest.fixture
def fly(dispatch, say, clock):
    """Dispatches a flight and has it take off on time, fly its legs, and end as told when it was to land."""

    def happen(flight: ScheduledFlight, *ends: FlightEventKind) -> None:
        sent = dispatch(flight)
        assert sent.status_code == 201, sent.text
        legs = [(FlightEventKind.LEG_COMPLETED, leg) for leg in range(len(flight.visits))]
        begun = [(FlightEventKind.READIED, None), (FlightEventKind.TOOK_OFF, None), *legs]
        for number, (kind, leg) in enumerate((*begun, *((end, None) for end in ends)), start=1):
            clock.now = flight.takes_off_at if number <= len(begun) else flight.lands_at
            event = FlightEvent(flight_id=sent.json()["id"], kind=kind, at=clock(), number=number, leg_index=leg)
            assert say(Channel.FLIGHT, messages.ADVANCED, event, drone_id=flight.drone_id)

    return happen


def test_out_and_home_again(flights, fly, dispatch, ears, clock) -> None:
    """The plan sent lands in dock-2; landed there, the drone gets the next one, which takes off there and lands at home."""
    out, back = flights
    fly(out, FlightEventKind.COMPLETED)
    plan = ears.commands[-1][1].body.flight.plan
    assert (plan.dock_id, plan.landing.dock_id, plan.landing.height_m) == ("dock-1", "dock-2", 20)
    clock.now = back.takes_off_at - timedelta(minutes=10)
    assert dispatch(back).status_code == 201
    plan = ears.commands[-1][1].body.flight.plan
    assert (plan.dock_id, plan.landing.dock_id, plan.landing.height_m) == ("dock-2", "dock-1", -20)


def test_nobody_takes_off_where_the_drone_is_not(flights, dispatch, clock, ears) -> None:
    """The flight to dock-2 was never flown: the drone stands at home, and the refusal names both docks."""
    back = flights[1]
    clock.now = back.takes_off_at - timedelta(minutes=10)
    answer = dispatch(back)
    assert answer.status_code == 409
    assert f"flight {back.id} takes off from dock 'dock-2', but drone a-1 stands in dock 'dock-1'" in answer.json()["detail"]
    assert ears.commands == []


def test_one_that_returned_stands_where_it_took_off(flights, fly, dispatch, planner, clock) -> None:
    """With every leg flown, but home instead of to dock-2: the next flight is refused, and the repaired day begins at home."""
    out, back = flights
    fly(out, FlightEventKind.RETURNING, FlightEventKind.ABORTED)
    clock.now = back.takes_off_at - timedelta(minutes=10)
    answer = dispatch(back)
    assert answer.status_code == 409
    assert "stands in dock 'dock-1' since flight" in answer.json()["detail"]
    assert "aborted" in answer.json()["detail"]
    repaired = planner.post(f"/api/schedules/{DAY}/replan", json={})
    assert repaired.status_code == 200, repaired.text
    flights_now = Schedule.model_validate(repaired.json()["schedule"]).flights
    assert {one.id: one.to_dock_id for one in flights_now}[out.id] == "dock-1"
    later = [one for one in flights_now if one.takes_off_at > clock()]
    assert {one.from_dock_id for one in later if one.drone_id == "a-1"} <= {"dock-1"}
