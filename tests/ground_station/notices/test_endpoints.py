"""What departments are told of the day plan."""

from datetime import timedelta

import pytest

from ground_station.access.permissions import Role
from ground_station.notices.schemas import NoticeOut
from ground_station.notices.service import NoticeBoard
from ground_station.ports import LiveEvent
from missions.schedule import MergeKind, MergeNote, Schedule
from tests.ground_station.scheduling.test_endpoints import DAY, POINT, planned


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


def notices(client, **params) -> list[dict]:
    """What the caller is told."""
    answer = client.get("/api/notices", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def everyone(district) -> list[str]:
    """All drones."""
    return [drone.id for drone in district.drones]


def test_a_usual_day_is_no_news(planner) -> None:
    """What is due and not flown on a day is on the plan; nobody is told of it."""
    planned(planner)
    assert notices(planner) == []


def test_what_drops_out_of_a_repair_is_told(planner, client_of, clock, district) -> None:
    """All drones are lost: each department is told of each of its planned passes, once; the plan after that ends it."""
    made = Schedule.model_validate(planned(planner)["schedule"])
    clock.now = made.flights[0].takes_off_at - timedelta(hours=1)
    lost = {"lost_drones": everyone(district)}
    assert planner.post(f"/api/schedules/{DAY}/replan", json=lost).status_code == 200
    assert notices(planner) == []
    answer = planner.post(f"/api/schedules/{DAY}/replan", json=lost | {"confirm": True})
    assert answer.status_code == 200, answer.text
    seen = {visit.pass_id for flight in made.flights for visit in flight.visits}
    told = notices(planner, day=DAY)
    assert {(one["subject"], one["department_id"]) for one in told} == {
        (one.id, department) for one in made.passes if one.id in seen for department in one.departments
    }
    assert all("it was planned for" in one["text"] and one["code"] == "no_able_drone" for one in told)
    own = client_of(Role.DEPARTMENT, told[0]["department_id"])
    assert {one["department_id"] for one in notices(own)} == {told[0]["department_id"]}
    planner.post(f"/api/schedules/{DAY}/replan", json=lost | {"confirm": True})
    assert len(notices(planner)) == len(told)
    planned(planner)
    assert all(one["ended_at"] for one in notices(planner))
    assert notices(planner, day="2026-11-25") == []


def test_what_was_asked_for_and_waits_is_told(planner, client_of, district) -> None:
    """A call that nobody can fly today; its department is told, until it is planned, and no other."""
    call = {"id": "hotline-7", "category": "fire_hazard", "geometry": POINT}
    assert planner.post("/api/demands", json=call).status_code == 201
    planned(planner, grounded_drones=everyone(district))
    [one] = notices(client_of(Role.DEPARTMENT, "fire_rescue"))
    assert (one["code"], one["ended_at"]) == ("no_able_drone", None)
    assert one["expires_at"] > one["made_at"]
    assert notices(client_of(Role.DEPARTMENT, "police")) == []
    assert notices(planner, waiting=True) == [one]
    planned(planner)
    assert notices(planner)[0]["ended_at"] is not None
    assert notices(planner, waiting=True) == []


def test_what_has_expired_waits_no_more(planner, station, district, clock) -> None:
    """A notice of a day that nobody planned again: it is listed for good, among the waiting until its last moment alone."""
    schedule = Schedule.model_validate(planned(planner)["schedule"])
    until = clock.now + timedelta(hours=1)
    note = MergeNote(kind=MergeKind.LEFT, demand_id="d", department_id="police", category="c", reason="", expires_at=until)
    with station.database.transaction() as session:
        NoticeBoard(district, clock, lambda _: None).tell(session, schedule.model_copy(update={"merging": (note,)}), None, ())
    assert len(notices(planner, waiting=True)) == 1
    clock.now = until
    assert notices(planner, waiting=True) == []
    assert len(notices(planner)) == 1


def test_lists_come_in_pages(planner, clock, district) -> None:
    """As all long lists do."""
    for number in (1, 2):
        point = {"lat_deg": 31.765 + number / 100, "lon_deg": 119.90}
        call = {"id": f"hotline-{number}", "category": "fire_hazard", "geometry": {"kind": "waypoints", "points": [point]}}
        assert planner.post("/api/demands", json=call).status_code == 201
    planned(planner, grounded_drones=everyone(district))
    first = planner.get("/api/notices", params={"limit": 1}).json()
    second = planner.get("/api/notices", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert {first["items"][0]["subject"], second["items"][0]["subject"]} == {"hotline-1@1", "hotline-2@1"}
    assert second["next_cursor"] is None


def test_departments_hear_of_their_own(planner, station, district, clock) -> None:
    """The live event of a notice is for its department's ears, and is sent once the notice is stored; its end is one too."""
    schedule = Schedule.model_validate(planned(planner)["schedule"])
    note = MergeNote(
        kind=MergeKind.LEFT, demand_id="d", department_id="police", category="c", reason="no route", expires_at=clock.now
    )
    heard: list[LiveEvent] = []
    board = NoticeBoard(district, clock, heard.append)
    for merging in ((note,), ()):
        with station.database.transaction() as session:
            board.tell(session, schedule.model_copy(update={"merging": merging}), None, ())
            before = len(heard)
        assert len(heard) == before + 1
        assert (heard[-1].name, heard[-1].department_id) == ("notice", "police")
    first, last = (NoticeOut.model_validate_json(str(event.data)) for event in heard)
    assert (first.subject, first.code, first.text, first.ended_at) == ("d", "left", "no route", None)
    assert (last.id, last.ended_at) == (first.id, clock.now)
