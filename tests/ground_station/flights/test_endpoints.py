"""Flights over HTTP, with an aircraft that answers through the ingest."""

from datetime import timedelta

import pytest

from ground_station.access.permissions import Role
from ground_station.routes.tables import RouteRow
from missions.contracts import messages
from missions.contracts.messages import CommandResult
from missions.contracts.topics import Channel
from missions.flight import FlightEvent, FlightEventKind
from missions.planning.flight_plan import plan_flight
from missions.telemetry import Telemetry


@pytest.fixture
def flight(client_of, district) -> dict:
    """A planned flight of zl-01 over one short route near its dock."""
    dock = district.dock(district.drone("zl-01").dock_id)
    client = client_of()
    for route in district.routes:
        answer = client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": [route.id]})
        if answer.status_code == 201:
            return answer.json()
    raise AssertionError(f"no route can be flown from {dock.id}")


def tell(say, flight: dict, number: int, kind: FlightEventKind, clock, **changes) -> bool:
    event = FlightEvent(flight_id=flight["id"], kind=kind, at=clock(), number=number, **changes)
    return say(Channel.FLIGHT, messages.ADVANCED, event)


def test_a_flight_from_plan_to_completion(client_of, flight, ears, say, clock) -> None:
    """Planned, dispatched (the aircraft gets the whole plan), readied, started, flown; every step is in its record."""
    client = client_of(Role.PILOT)
    at = f"/api/flights/{flight['id']}"
    assert flight["state"] == "planned"
    assert client.post(f"{at}/dispatch").json()["state"] == "dispatched"
    drone_id, load = ears.commands[-1]
    assert (drone_id, load.body.command) == ("zl-01", "load")
    assert load.body.flight.plan.model_dump(mode="json") == flight["plan"]
    assert load.expires_at == clock() + timedelta(seconds=120)

    assert say(Channel.RESULT, messages.ANSWERED, CommandResult(command_id=load.id, accepted=True))
    assert tell(say, flight, 1, FlightEventKind.READIED, clock)
    answer = client.post(f"{at}/commands", json={"command": "start"})
    assert (answer.status_code, answer.json()["outcome"]) == (202, "sent")
    assert ears.commands[-1][1].body.model_dump() == {"command": "start", "flight_id": flight["id"]}

    for number, kind in enumerate((FlightEventKind.TOOK_OFF, FlightEventKind.LEG_COMPLETED), 2):
        assert tell(say, flight, number, kind, clock, leg_index=0 if kind is FlightEventKind.LEG_COMPLETED else None)
    assert tell(say, flight, 4, FlightEventKind.COMPLETED, clock)
    detail = client.get(at).json()
    assert (detail["state"], detail["legs_completed"]) == ("completed", [0])
    assert [(one["number"], one["kind"], one["by"].split(":")[0], one["applied"]) for one in detail["events"]] == [
        (0, "dispatched", "key", True),
        (1, "readied", "zl-01", True),
        (2, "took_off", "zl-01", True),
        (3, "leg_completed", "zl-01", True),
        (4, "completed", "zl-01", True),
    ]
    assert [(one["command"], one["outcome"]) for one in detail["commands"]] == [("load", "accepted"), ("start", "sent")]


def test_a_replayed_event_changes_nothing(client_of, flight, say, clock, ears) -> None:
    """The same event twice is acknowledged twice and recorded once."""
    client = client_of()
    client.post(f"/api/flights/{flight['id']}/dispatch")
    assert tell(say, flight, 1, FlightEventKind.READIED, clock)
    assert tell(say, flight, 1, FlightEventKind.READIED, clock)
    assert [ack.outcome for _, ack in ears.acks] == ["stored", "stored"]
    assert len(client.get(f"/api/flights/{flight['id']}").json()["events"]) == 2


def test_events_that_cannot_be_ours_are_refused_for_good(flight, say, clock, ears) -> None:
    """Of an unknown flight, of another drone's, of a leg that is not there, without a number: refused with the reason."""
    event = FlightEvent(flight_id=flight["id"], kind=FlightEventKind.READIED, at=clock(), number=1)
    wrong = [
        (event.model_copy(update={"flight_id": "nowhere"}), "zl-01", "nowhere"),
        (event, "zl-02", "zl-01's, not zl-02's"),
        (event.model_copy(update={"leg_index": 99}), "zl-01", "no leg 99"),
        (event.model_copy(update={"number": 0}), "zl-01", "0 is not a number from 1"),
    ]
    for one, drone_id, reason in wrong:
        assert not say(Channel.FLIGHT, messages.ADVANCED, one, drone_id=drone_id)
        assert ears.acks[-1][1].outcome == "refused"
        assert reason in ears.acks[-1][1].reason


def test_a_drone_has_one_active_flight(client_of, flight, district) -> None:
    """A second flight may be planned, but not dispatched while the first holds the drone; the answer names the first."""
    client = client_of()
    routes = [leg["route_id"] for leg in flight["plan"]["legs"]]
    second = client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": routes}).json()
    assert client.post(f"/api/flights/{flight['id']}/dispatch").status_code == 200
    answer = client.post(f"/api/flights/{second['id']}/dispatch")
    assert answer.status_code == 409
    assert flight["id"] in answer.json()["detail"]
    entry = next(one for one in client.get("/api/fleet").json()["items"] if one["drone"]["id"] == "zl-01")
    assert entry["flight_id"] == flight["id"]


def test_what_cannot_be_flown_says_why(client_of, district) -> None:
    """An unknown drone and an unknown route are each a 422 with the reason's code."""
    answer = client_of().post("/api/flights", json={"drone_id": "zl-99", "route_ids": [district.routes[0].id]})
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["errors"]] == ["unknown_drone"]
    answer = client_of().post("/api/flights", json={"drone_id": "zl-01", "route_ids": ["nowhere"]})
    assert [one["where"] for one in answer.json()["errors"]] == ["unknown_route"]


def test_planning_holds_no_lock(client_of, station, district, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a plan is drawn up, however long it takes, others write and sign in."""
    client = client_of()
    meanwhile: list[int] = []

    def plan_slowly(*arguments: object, **more: object) -> object:
        made = client_of().post("/api/users", json={"username": "li.na", "password": "long enough to be", "role": "pilot"})
        meanwhile.append(made.status_code)
        return plan_flight(*arguments, **more)

    monkeypatch.setattr("ground_station.flights.service.plan_flight", plan_slowly)
    client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": [district.routes[0].id]})
    assert meanwhile == [201]


def test_a_route_that_changes_while_it_is_planned_is_planned_again(client_of, station, flight, monkeypatch) -> None:
    """What a plan was drawn up from must still hold when it is kept: else 409, which names the route, and no flight."""
    client = client_of()
    [leg] = flight["plan"]["legs"]

    def change_meanwhile(*arguments: object, **more: object) -> object:
        plan = plan_flight(*arguments, **more)
        with station.database.transaction() as session:
            row = session.get(RouteRow, (leg["route_id"], station.district.id))
            row.route = row.route.model_copy(update={"name": "another"})
        return plan

    monkeypatch.setattr("ground_station.flights.service.plan_flight", change_meanwhile)
    answer = client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": [leg["route_id"]]})
    assert answer.status_code == 409
    assert leg["route_id"] in answer.json()["detail"]
    assert [one["id"] for one in client.get("/api/flights").json()["items"]] == [flight["id"]]


def test_an_unanswered_command_times_out_and_a_dispatch_can_be_repeated(client_of, station, flight, clock, ears) -> None:
    """After 120 s (load) without answer it is shown as timed out; dispatching again sends a new load of the same flight."""
    client = client_of()
    at = f"/api/flights/{flight['id']}"
    client.post(f"{at}/dispatch")
    assert client.post(f"{at}/dispatch").status_code == 409
    clock.forward(120)
    with station.database.transaction() as session:
        assert station.desk.time_out(session, station.district.id) == 1
    shown = client.get(at).json()["command"]
    assert (shown["outcome"], shown["reason"]) == ("timed_out", "zl-01 did not answer within 120 s")
    assert client.post(f"{at}/dispatch").json()["state"] == "dispatched"
    assert [message.body.command for _, message in ears.commands] == ["load", "load"]


def test_a_flight_that_the_aircraft_never_took_can_be_cancelled(client_of, station, flight, clock, ears) -> None:
    """Planned: at once. Dispatched and unanswered: at once too, and the aircraft is told. The drone is free again."""
    client = client_of()
    at = f"/api/flights/{flight['id']}"
    client.post(f"{at}/dispatch")
    clock.forward(120)
    with station.database.transaction() as session:
        station.desk.time_out(session, station.district.id)
    client.post(f"{at}/commands", json={"command": "cancel"})
    assert ears.commands[-1][1].body.command == "cancel"
    assert client.get(at).json()["state"] == "cancelled"
    routes = [leg["route_id"] for leg in flight["plan"]["legs"]]
    second = client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": routes}).json()
    answer = client.post(f"/api/flights/{second['id']}/commands", json={"command": "cancel"})
    assert (answer.status_code, answer.json()) == (202, None)
    assert client.get(f"/api/flights/{second['id']}").json()["state"] == "cancelled"


@pytest.mark.parametrize(("command", "status"), [("start", 409), ("resume", 409), ("hold", 202), ("return", 202)])
def test_return_and_hold_stay_possible_on_a_stale_link(client_of, flight, command: str, status: int) -> None:
    """The ground may not know yet that the aircraft flies: hold and return are sent all the same; start and resume are not."""
    client = client_of()
    client.post(f"/api/flights/{flight['id']}/dispatch")
    assert client.post(f"/api/flights/{flight['id']}/commands", json={"command": command}).status_code == status


def test_commands_are_sent_again_after_a_restart(client_of, station, flight, clock, ears) -> None:
    """What was recorded and not answered is sent again with the same id, until it expires."""
    client_of().post(f"/api/flights/{flight['id']}/dispatch")
    with station.database.reading() as session:
        assert station.desk.send_again(session, station.district.id) == 1
    assert ears.commands[0] == ears.commands[1]
    clock.forward(121)
    with station.database.reading() as session:
        assert station.desk.send_again(session, station.district.id) == 0


def test_the_track_has_about_one_point_a_second(client_of, flight, intake, say, clock, district) -> None:
    """Telemetry four times a second for 3 s makes the points of seconds 0, 1 and 2."""
    home = district.dock(district.drone("zl-01").dock_id).point
    for quarter in range(12):
        at = clock() + timedelta(seconds=quarter / 4)
        telemetry = Telemetry(at=at, point=home.moved(0, quarter), height_m=50.0, flight_id=flight["id"])
        assert say(Channel.TELEMETRY, messages.REPORTED, telemetry)
    intake.write_tracks()
    track = client_of().get(f"/api/flights/{flight['id']}").json()["track"]
    assert [point["point"]["lat_deg"] for point in track] == [pytest.approx(home.moved(0, n).lat_deg) for n in (0, 4, 8)]
