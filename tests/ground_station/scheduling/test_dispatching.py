"""Flights of the day's schedule sent to their aircraft over HTTP, with an aircraft that answers through the ingest."""

from datetime import UTC, datetime, timedelta

import pytest

from ground_station.access.permissions import Role
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.flight import FlightEvent, FlightEventKind
from missions.schedule import Schedule, ScheduledFlight

DAY = "2026-11-24"
ON_ITS_WAY = (FlightEventKind.READIED, FlightEventKind.TOOK_OFF)


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


@pytest.fixture
def schedule(planner, clock) -> Schedule:
    """The day's schedule; the clock stands ten minutes before its first flight."""
    made = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0})
    assert made.status_code == 201, made.text
    schedule = Schedule.model_validate(made.json()["schedule"])
    clock.now = schedule.flights[0].takes_off_at - timedelta(minutes=10)
    return schedule


@pytest.fixture
def dispatch(planner):
    """Dispatches a flight of the schedule."""

    def send(flight: ScheduledFlight):
        return planner.post(f"/api/schedules/{DAY}/flights/{flight.id}/dispatch")

    return send


@pytest.fixture
def tell(say, clock):
    """Has the aircraft of a dispatched flight say what happens to it, one after the other."""
    numbers: dict[str, int] = {}

    def happen(flight: dict, *kinds: FlightEventKind, leg_index: int | None = None) -> None:
        for kind in kinds:
            numbers[flight["id"]] = numbers.get(flight["id"], 0) + 1
            event = FlightEvent(
                flight_id=flight["id"], kind=kind, at=clock(), number=numbers[flight["id"]], leg_index=leg_index
            )
            assert say(Channel.FLIGHT, messages.ADVANCED, event, drone_id=flight["drone_id"])

    return happen


def test_a_scheduled_flight_is_sent_as_it_stands(planner, schedule, dispatch, ears) -> None:
    """The aircraft gets the schedule's passes in the schedule's order; who sent it and when are acts of their own."""
    flight = max(schedule.flights[:4], key=lambda one: len(one.visits))
    answer = dispatch(flight)
    assert answer.status_code == 201, answer.text
    sent = answer.json()
    drone_id, load = ears.commands[-1]
    assert (drone_id, load.body.command) == (flight.drone_id, "load")
    assert [leg.route_id for leg in load.body.flight.plan.legs] == [visit.route_id for visit in flight.visits]
    assert load.body.flight.plan.estimate.energy_wh == pytest.approx(flight.energy_wh, rel=0.01)
    assert load.body.flight.plan.estimate.duration_s == pytest.approx(flight.duration_s, abs=1)
    assert (sent["state"], sent["scheduled"]["flight_id"], sent["scheduled"]["day"]) == ("dispatched", flight.id, DAY)
    assert sent["dispatched_by"].startswith("key:")
    assert sent["dispatched_at"] is not None
    assert sent["took_off_at"] is None


def test_a_scheduled_flight_is_dispatched_once(schedule, dispatch, planner) -> None:
    """A second dispatch names the flight that it has become; once that is cancelled it may be sent again."""
    first = dispatch(schedule.flights[0]).json()
    again = dispatch(schedule.flights[0])
    assert again.status_code == 409
    assert first["id"] in again.json()["detail"]


def test_a_flight_that_was_cancelled_waits_again(schedule, dispatch, tell) -> None:
    """What never left its dock may be sent once more."""
    first = dispatch(schedule.flights[0]).json()
    tell(first, FlightEventKind.READIED, FlightEventKind.CANCELLED)
    again = dispatch(schedule.flights[0])
    assert again.status_code == 201, again.text
    assert again.json()["id"] != first["id"]


def test_a_flight_is_not_dispatched_hours_ahead(schedule, dispatch, clock) -> None:
    """It would hold its drone while everything may still change."""
    clock.now = schedule.flights[0].takes_off_at - timedelta(hours=2)
    answer = dispatch(schedule.flights[0])
    assert answer.status_code == 409
    assert "30 min before" in answer.json()["detail"]


def test_a_flight_that_is_too_late_says_what_it_would_break(schedule, dispatch, clock) -> None:
    """After dark it would break the hours of flying: the rule is named, and nothing is stored or sent."""
    clock.now = schedule.daylight.ends_at
    answer = dispatch(schedule.flights[0])
    assert answer.status_code == 409
    assert "hours" in {one["where"] for one in answer.json()["errors"]}
    assert "repair the day" in answer.json()["detail"]


def test_what_is_not_in_the_schedule_is_not_found(schedule, planner) -> None:
    """A day without a schedule, and a flight that it does not have."""
    assert planner.post(f"/api/schedules/{DAY}/flights/nowhere/dispatch").status_code == 404
    assert planner.post("/api/schedules/2026-12-31/flights/x/dispatch").status_code == 404


def test_only_dispatchers_dispatch(schedule, client_of) -> None:
    """A reviewer looks on."""
    path = f"/api/schedules/{DAY}/flights/{schedule.flights[0].id}/dispatch"
    assert client_of(Role.REVIEWER).post(path).status_code == 403


def test_a_flight_starts_while_it_fits_its_day(schedule, dispatch, tell, clock, client_of) -> None:
    """At its time the start is given; after dark it is refused with the rule, and nothing goes to the aircraft."""
    sent = dispatch(schedule.flights[0]).json()
    tell(sent, FlightEventKind.READIED)
    pilot = client_of(Role.PILOT)
    clock.now = schedule.daylight.ends_at
    late = pilot.post(f"/api/flights/{sent['id']}/commands", json={"command": "start"})
    assert late.status_code == 409
    assert "hours" in {one["where"] for one in late.json()["errors"]}
    clock.now = schedule.flights[0].takes_off_at
    assert pilot.post(f"/api/flights/{sent['id']}/commands", json={"command": "start"}).status_code == 202


def test_a_flight_tells_when_it_took_off_and_ended(planner, schedule, dispatch, tell, clock) -> None:
    """Times of the aircraft's own events."""
    sent = dispatch(schedule.flights[0]).json()
    tell(sent, *ON_ITS_WAY)
    took_off_at = clock()
    clock.forward(600)
    tell(sent, FlightEventKind.ABORTED)
    shown = planner.get(f"/api/flights/{sent['id']}").json()
    assert datetime.fromisoformat(shown["took_off_at"]) == took_off_at
    assert datetime.fromisoformat(shown["ended_at"]) == clock().astimezone(UTC)


def replan(planner, **change):
    """The answer to what has happened."""
    answer = planner.post(f"/api/schedules/{DAY}/replan", json=change)
    assert answer.status_code == 200, answer.text
    return answer.json()


def flight_in(answer: dict, id: str) -> ScheduledFlight | None:
    """A flight of the schedule of an answer."""
    schedule = Schedule.model_validate(answer["schedule"])
    return next((one for one in schedule.flights if one.id == id), None)


def test_a_flight_that_was_never_dispatched_is_given_a_new_time(planner, schedule, clock) -> None:
    """Its time has passed and nothing flew: the repair of a day on which nothing happened starts it as soon as may be."""
    first = schedule.flights[0]
    clock.now = first.takes_off_at + timedelta(minutes=20)
    answer = replan(planner)
    assert first.id in answer["moved"]
    assert flight_in(answer, first.id).takes_off_at >= clock.now


def test_a_flight_in_the_air_goes_on(planner, schedule, dispatch, tell, clock) -> None:
    """It is where it is however late it took off, and no other flight of its drone begins before it has landed."""
    first = schedule.flights[0]
    sent = dispatch(first).json()
    clock.now = first.takes_off_at + timedelta(minutes=3)
    tell(sent, *ON_ITS_WAY)
    clock.forward(60)
    answer = replan(planner)
    assert flight_in(answer, first.id).takes_off_at == first.takes_off_at + timedelta(minutes=3)
    assert first.id not in (*answer["moved"], *answer["dropped"])


def test_a_lost_drone_s_dispatch_is_taken_back(planner, schedule, dispatch, tell, ears) -> None:
    """Shown first; confirmed, the aircraft is told that the flight is off."""
    first = schedule.flights[0]
    tell(dispatch(first).json(), FlightEventKind.READIED)
    change = {"lost_drones": [first.drone_id]}
    shown = replan(planner, **change)
    assert shown["called_off"] == [first.id]
    assert ears.commands[-1][1].body.command == "load"
    replan(planner, **change, confirm=True)
    assert (ears.commands[-1][0], ears.commands[-1][1].body.command) == (first.drone_id, "cancel")


def test_a_drone_that_flies_on_keeps_its_dispatch(planner, schedule, dispatch, tell) -> None:
    """Whatever becomes of another drone."""
    first = schedule.flights[0]
    other = next(one.drone_id for one in schedule.flights if one.drone_id != first.drone_id)
    tell(dispatch(first).json(), FlightEventKind.READIED)
    answer = replan(planner, lost_drones=[other])
    assert answer["called_off"] == []
    assert flight_in(answer, first.id).takes_off_at == first.takes_off_at
    assert replan(planner, restored_drones=[other])["schedule"]["conditions"]["grounded_drones"] == []


def test_a_flight_in_the_air_is_recalled(planner, schedule, dispatch, tell, ears) -> None:
    """Only what is in the air can be; confirmed, it is told to return, and what it has not seen is planned anew."""
    first = next(one for one in schedule.flights if len(one.visits) > 1)
    refused = planner.post(f"/api/schedules/{DAY}/replan", json={"recall": [first.id]})
    assert refused.status_code == 409
    assert "not dispatched" in refused.json()["detail"]
    tell(sent := dispatch(first).json(), *ON_ITS_WAY)
    tell(sent, FlightEventKind.LEG_COMPLETED, leg_index=0)
    answer = replan(planner, recall=[first.id], confirm=True)
    assert (ears.commands[-1][0], ears.commands[-1][1].body.command) == (first.drone_id, "return")
    assert [visit.pass_id for visit in flight_in(answer, first.id).visits] == [first.visits[0].pass_id]


def test_what_an_aborted_flight_has_not_seen_is_planned_again(planner, schedule, dispatch, tell) -> None:
    """Its passes are tried alone, or wait with a reason; none is lost."""
    first = schedule.flights[0]
    tell(dispatch(first).json(), *ON_ITS_WAY, FlightEventKind.ABORTED)
    answer = replan(planner)
    assert flight_in(answer, first.id) is None
    after = Schedule.model_validate(answer["schedule"])
    placed = [visit.pass_id for flight in after.flights for visit in flight.visits] + [one.pass_id for one in after.unserved]
    assert sorted(placed) == sorted(one.id for one in schedule.passes)


def test_a_day_with_flights_under_way_is_not_planned_anew(planner, schedule, dispatch, tell) -> None:
    """A new plan would not know of them; when they are over their numbers are not given again."""
    first = schedule.flights[0]
    sent = dispatch(first).json()
    refused = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0})
    assert refused.status_code == 409
    assert first.id in refused.json()["detail"]
    tell(sent, *ON_ITS_WAY, FlightEventKind.ABORTED)
    again = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0}).json()
    assert again["schedule"]["flights"]
    assert first.id not in {one["id"] for one in again["schedule"]["flights"]}


def test_a_demand_counts_as_seen_once_its_own_visit_is_made(planner, schedule, dispatch, tell, clock) -> None:
    """From the moment at which the aircraft had flown it; what a flight that was broken off has not reached stays due."""
    flight = next(one for one in schedule.flights if len(one.visits) > 1)
    passes = {one.id: one for one in schedule.passes}
    seen, unseen = (passes[visit.pass_id].demand_ids for visit in flight.visits[:2])
    clock.now = flight.takes_off_at - timedelta(minutes=10)
    tell(sent := dispatch(flight).json(), *ON_ITS_WAY)
    clock.forward(300)
    at = clock()
    tell(sent, FlightEventKind.LEG_COMPLETED, leg_index=0)
    clock.forward(60)
    tell(sent, FlightEventKind.ABORTED)
    last_seen = {one["id"]: one["last_seen_at"] for one in planner.get("/api/demands").json()}
    assert {datetime.fromisoformat(last_seen[id]) for id in seen} == {at}
    assert {last_seen[id] for id in unseen} == {None}


def test_a_day_that_is_over_is_charged_as_it_was_flown(planner, schedule, dispatch, tell, clock) -> None:
    """On the day itself the statement has every planned flight; the day after only the one that took off, with what it saw."""
    period = {"from": DAY, "until": DAY}
    flight = next(one for one in schedule.flights if len(one.visits) > 1)
    clock.now = flight.takes_off_at - timedelta(minutes=10)
    tell(sent := dispatch(flight).json(), *ON_ITS_WAY)
    tell(sent, FlightEventKind.LEG_COMPLETED, leg_index=0)
    tell(sent, FlightEventKind.ABORTED)
    planned = planner.get("/api/statements/flights", params=period).json()
    assert {one["flight_id"] for one in planned} == {one.id for one in schedule.flights}
    clock.now += timedelta(days=1)
    [charged] = planner.get("/api/statements/flights", params=period).json()
    assert charged["flight_id"] == flight.id
    served = next(one for one in schedule.passes if one.id == flight.visits[0].pass_id).departments
    assert {one["department_id"] for one in charged["shares"]} == set(served)
    lines = planner.get("/api/statements", params=period).json()
    assert sum(one["minutes"] for one in lines) == pytest.approx(flight.duration_s / 60, abs=0.01)


def test_a_flight_of_a_windy_day_is_planned_in_its_wind(planner, dispatch, ears, clock) -> None:
    """What the schedule says it takes is what the plan says."""
    made = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0, "wind_mps": 6.0, "wind_from_deg": 300.0})
    flight = Schedule.model_validate(made.json()["schedule"]).flights[0]
    clock.now = flight.takes_off_at - timedelta(minutes=10)
    assert dispatch(flight).status_code == 201
    estimate = ears.commands[-1][1].body.flight.plan.estimate
    assert estimate.duration_s == pytest.approx(flight.duration_s, abs=1)
    assert estimate.energy_wh == pytest.approx(flight.energy_wh, rel=0.01)
