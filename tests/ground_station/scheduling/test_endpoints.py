"""Days planned, repaired and accounted for over HTTP."""

import threading
from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ground_station.access.permissions import Role
from ground_station.scheduling.background import BackgroundPlanner
from ground_station.scheduling.planner import Planned
from ground_station.scheduling.tables import ScheduleRow
from missions.schedule import Schedule
from missions.scheduling.day import DayRequest
from tests.ground_station.scheduling.failing_planners import is_killed, raises

DAY = "2026-11-24"
POINT = {"kind": "waypoints", "points": [{"lat_deg": 31.765, "lon_deg": 119.90}]}


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


def planned(planner, **changes):
    """The schedule of the day, greedily planned."""
    answer = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0} | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_planned_day_is_in_force(planner, district) -> None:
    """Every route of the district that was never flown is due; the plan is there for whoever may look, and keeps its bound."""
    made = planned(planner)
    shown = planner.get(f"/api/schedules/{DAY}").json()
    assert shown == made
    assert {one["route_id"] for one in made["schedule"]["passes"]} == {
        route.id for route in district.routes if route.frequency.per != "on_call" and route.is_valid_on(date(2026, 11, 24))
    }
    assert 0 < made["value"] <= made["value_bound"] + 1e-6
    assert made["improving"] is False


def test_a_windy_day_and_a_turning_wind(planner, clock) -> None:
    """A day is planned for its wind; new wind without a direction is of unknown direction."""
    made = planned(planner, wind_mps=6, wind_from_deg=270)["schedule"]
    assert (made["conditions"]["wind_mps"], made["conditions"]["wind_from_deg"]) == (6, 270)
    clock.now = Schedule.model_validate(made).flights[0].takes_off_at + timedelta(minutes=5)
    for change, wanted in (({"lost_drones": []}, (6, 270)), ({"wind_mps": 7}, (7, None))):
        done = planner.post(f"/api/schedules/{DAY}/replan", json=change)
        assert done.status_code == 200, done.text
        conditions = done.json()["schedule"]["conditions"]
        assert (conditions["wind_mps"], conditions["wind_from_deg"]) == wanted


def test_a_day_without_a_plan_is_told(planner) -> None:
    """404 names the day."""
    answer = planner.get("/api/schedules/2026-12-31")
    assert answer.status_code == 404
    assert "2026-12-31" in answer.json()["detail"]


def test_planning_again_replaces_the_plan(planner, station) -> None:
    """One schedule of a day is in force; the one before stays on record."""
    first, second = planned(planner), planned(planner, grounded_drones=["zl-01"])
    assert first["id"] != second["id"]
    assert planner.get(f"/api/schedules/{DAY}").json()["id"] == second["id"]
    assert all(flight["drone_id"] != "zl-01" for flight in second["schedule"]["flights"])


PARADE = {
    "id": "parade",
    "outline": [
        {"lat_deg": lat, "lon_deg": lon} for lat, lon in ((31.76, 119.89), (31.76, 119.91), (31.77, 119.91), (31.77, 119.89))
    ],
    "span": {"begins_at": "2026-11-24T01:00:00Z", "ends_at": "2026-11-24T02:00:00Z"},
}


def test_a_day_with_closed_airspace_is_planned(planner, clock) -> None:
    """The plan tells of its closures; a repair adds to them, and ends one sooner under its own id."""
    made = planned(planner, closures=[PARADE])
    assert [one["id"] for one in made["schedule"]["conditions"]["closures"]] == ["parade"]
    clock.now = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)
    sooner = PARADE | {"span": PARADE["span"] | {"ends_at": "2026-11-24T01:30:00Z"}}
    change = {"closures": [sooner, PARADE | {"id": "race"}], "confirm": True}
    answer = planner.post(f"/api/schedules/{DAY}/replan", json=change)
    assert answer.status_code == 200, answer.text
    kept = {one["id"]: one["span"]["ends_at"] for one in answer.json()["schedule"]["conditions"]["closures"]}
    assert kept == {"parade": "2026-11-24T01:30:00Z", "race": "2026-11-24T02:00:00Z"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outline": PARADE["outline"][:2]}, "at least 3"),
        ({"outline": [PARADE["outline"][n] for n in (0, 2, 1, 3)]}, "no simple polygon"),
        ({"span": {"begins_at": "2026-11-24T02:00:00Z", "ends_at": "2026-11-24T01:00:00Z"}}, "not after it begins"),
        ({"span": {"begins_at": "2026-11-25T01:00:00Z", "ends_at": "2026-11-25T02:00:00Z"}}, "no part of 2026-11-24"),
        ({"outline": [one | {"lat_deg": one["lat_deg"] + 1} for one in PARADE["outline"]]}, "outside the permitted area"),
    ],
)
def test_an_impossible_closure_is_refused(planner, changes, words) -> None:
    """422 says what is wrong with it."""
    answer = planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0, "closures": [PARADE | changes]})
    assert answer.status_code == 422, answer.text
    assert words in answer.text


def test_only_planners_plan(client_of) -> None:
    """A reviewer looks, and may not plan."""
    reviewer = client_of(Role.REVIEWER)
    assert reviewer.post("/api/schedules", json={"day": DAY}).status_code == 403
    assert reviewer.get("/api/demands").status_code == 200


def test_an_urgent_place_is_shown_before_it_is_confirmed(planner, station, clock) -> None:
    """The arrival is told while nothing has changed; confirmed, the repaired plan is in force and serves the place."""
    made = planned(planner)
    flights = made["schedule"]["flights"]
    clock.now = Schedule.model_validate(made["schedule"]).flights[0].takes_off_at + timedelta(minutes=5)
    urgent = {"urgent": {"point": POINT["points"][0], "category": "fire_hazard"}}
    shown = planner.post(f"/api/schedules/{DAY}/replan", json=urgent)
    assert shown.status_code == 200, shown.text
    assert len(shown.json()["arrivals"]) == 1
    assert planner.get(f"/api/schedules/{DAY}").json()["id"] == made["id"]
    done = planner.post(f"/api/schedules/{DAY}/replan", json=urgent | {"confirm": True}).json()
    after = planner.get(f"/api/schedules/{DAY}").json()
    assert after["schedule"] == done["schedule"]
    assert len(after["schedule"]["flights"]) >= len(flights)
    assert any(one["id"].endswith("@urgent") for one in after["schedule"]["passes"])


def test_one_urgent_place_after_another(planner, clock) -> None:
    """A confirmed urgent place is a registered demand, so that the day can be repaired again; the bound grows with it."""
    made = planned(planner)
    clock.now = Schedule.model_validate(made["schedule"]).flights[0].takes_off_at + timedelta(minutes=5)
    for lat_deg in (31.765, 31.775):
        urgent = {"urgent": {"point": {"lat_deg": lat_deg, "lon_deg": 119.90}, "category": "fire_hazard"}, "confirm": True}
        answer = planner.post(f"/api/schedules/{DAY}/replan", json=urgent)
        assert answer.status_code == 200, answer.text
    after = planner.get(f"/api/schedules/{DAY}").json()
    assert sum(one["id"].endswith("@urgent") for one in after["schedule"]["passes"]) == 2
    assert after["value"] <= after["value_bound"] + 1e-6


def test_what_is_left_of_a_day_is_planned(planner, clock) -> None:
    """Planned at noon, nothing takes off before; planned after dark, or for yesterday, nothing flies at all."""
    clock.now = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    flights = planned(planner)["schedule"]["flights"]
    assert flights
    assert min(datetime.fromisoformat(one["takes_off_at"]) for one in flights) > clock.now
    clock.now = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert planned(planner)["schedule"]["flights"] == []


def test_a_day_is_planned_on_what_the_days_before_leave(planner) -> None:
    """What flies today is not due tomorrow, unless it is a daily matter; planned without today, it would be."""
    without = planned(planner, day="2026-11-25")["schedule"]["passes"]
    today = planned(planner)["schedule"]
    flown = {visit["pass_id"] for flight in today["flights"] for visit in flight["visits"]}
    weekly = {one["route_id"] for one in today["passes"] if one["id"] in flown}
    after = planned(planner, day="2026-11-25")["schedule"]["passes"]
    assert {one["route_id"] for one in after} < {one["route_id"] for one in without}
    assert {one["route_id"] for one in without} - {one["route_id"] for one in after} <= weekly


def test_due_inspections_are_counted(planner, district) -> None:
    """Of what was never flown everything is overdue, and the plan says how much of it it serves."""
    before = planner.get(f"/api/schedules/{DAY}/due").json()
    assert sum(one["due"] for one in before) > 0
    assert all(one["overdue"] == one["due"] for one in before)
    assert all(one["planned"] == 0 for one in before)
    planned(planner)
    assert sum(one["planned"] for one in planner.get(f"/api/schedules/{DAY}/due").json()) > 0


def test_a_better_plan_takes_the_greedy_ones_place(planner, station) -> None:
    """Improving goes on behind the answer, in another process; what is in force afterwards is no worse."""
    made = planned(planner, time_limit_s=8)
    assert made["improving"] is True
    assert made["schedule"]["method"] == "greedy"
    search = station.schedules.improving(date(2026, 11, 24))
    if search is not None:
        over = threading.Event()
        search.add_done_callback(lambda _: over.set())  # called after the station's own
        assert over.wait(60)
    after = planner.get(f"/api/schedules/{DAY}").json()
    assert (round(after["value"], 6), -after["flight_h"]) >= (round(made["value"], 6), -made["flight_h"])
    assert after["note"] or after["schedule"]["method"] != "greedy"


def test_a_search_that_fails_leaves_the_greedy_plan(planner, station, monkeypatch) -> None:
    """The plan in force is the greedy one, and says what went wrong."""
    failed: Future = Future()
    monkeypatch.setattr(station.schedules, "_improve_later", lambda request, seconds: failed)
    made = planned(planner, time_limit_s=8)
    failed.set_exception(RuntimeError("out of memory"))
    after = planner.get(f"/api/schedules/{DAY}").json()
    assert after["schedule"] == made["schedule"]
    assert "out of memory" in after["note"]
    assert after["improving"] is False


@pytest.mark.parametrize(("plan", "words"), [(raises, "RuntimeError: no solver"), (is_killed, "exit code -9")])
def test_a_search_that_crashes_leaves_the_greedy_plan(planner, station, monkeypatch, plan, words) -> None:
    """Its process raises, or is killed: the greedy plan is in force and says so, and the next search has a new process."""
    crashing = BackgroundPlanner(plan)
    futures: list[Future] = []

    def improve(request: DayRequest, seconds: float) -> Future:
        futures.append(crashing.plan(request, seconds))
        return futures[-1]

    monkeypatch.setattr(station.schedules, "_improve_later", improve)
    monkeypatch.setattr(station.schedules, "_compare_later", lambda *_: None)
    made = planned(planner, time_limit_s=8)
    over = threading.Event()
    futures[0].add_done_callback(lambda _: over.set())  # called after the station's own
    assert over.wait(60)
    after = planner.get(f"/api/schedules/{DAY}").json()
    assert after["schedule"] == made["schedule"]
    assert words in after["note"]
    assert after["improving"] is False
    crashing.close()


def test_no_plan_is_half_stored(planner, client_of, station, monkeypatch) -> None:
    """The database fails when the former plan is out and the new one is not yet in: the former stays in force, whole."""
    made = planned(planner)

    def fails(session: Session, day: date) -> None:
        session.flush()
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as patched:
        patched.setattr(station.schedules, "_announce", fails)
        assert planner.post("/api/schedules", json={"day": DAY, "time_limit_s": 0, "wind_mps": 3}).status_code >= 500
    assert client_of(Role.PILOT).get(f"/api/schedules/{DAY}").json() == made
    with station.database.reading() as session:
        assert session.query(ScheduleRow).count() == 1


def test_a_better_plan_that_cannot_be_kept(planner, station, monkeypatch) -> None:
    """The database fails while the improved plan is put in force: the greedy one stays, and nobody waits for it any more."""
    better: Future = Future()
    monkeypatch.setattr(station.schedules, "_improve_later", lambda *_: better)
    made = planned(planner, time_limit_s=8)

    def fails(session: Session, day: date) -> None:
        session.flush()
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as patched:
        patched.setattr(station.schedules, "_announce", fails)
        schedule = Schedule.model_validate(made["schedule"])
        improved = schedule.model_copy(update={"method": "greedy, OR-Tools"})
        better.set_result(Planned(improved, (), schedule, 1.0, 2.0, made["value_bound"]))
    assert planner.get(f"/api/schedules/{DAY}").json() == made | {"improving": False}
