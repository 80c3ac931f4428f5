"""Where drones are over the day."""

from missions.checking.day import Day
from missions.checking.docks import check_docks, check_places
from missions.checking.height import check_heights
from missions.checking.path import check_paths
from missions.scheduling.dispatching import put_off
from tests.missions.checking.made_day import MadeDay, moment, points_course, west_course


def fullest(day: MadeDay) -> dict[str, tuple[float | None, str]]:
    """Each overfull dock with its count and text."""
    return {one.subject: (one.value, one.text) for one in check_docks(Day(day.schedule, day.district))}


def test_landing_where_another_stands(sound: MadeDay) -> None:
    """f-2 ends in dock-1 at 08:06:17, where d-1 has stood since 08:04:36: 166.8 s, 70 s, 100 s and 40 s after 08:00."""
    course = west_course().to(-1000, 0).to(0, 0)
    day = sound.instead(2, course.flight(2, "d-2", to_dock_id="dock-1"))
    assert fullest(day) == {}
    count, text = fullest(day.dock(1, capacity=1))["dock-1"]
    assert count == 2
    assert "08:06:17" in text


def test_one_that_leaves_makes_room(sound: MadeDay) -> None:
    """f-3 leaves dock-1 before f-2 comes: one drone at a time."""
    course = west_course().to(-1000, 0).to(0, 0)
    day = sound.instead(2, course.flight(2, "d-2", to_dock_id="dock-1")).instead(3, points_course(330).flight(3, "d-1"))
    assert "dock-1" in fullest(day.dock(1, capacity=1))  # until f-3 comes home
    away = day.flight(3, to_dock_id="dock-2")
    assert fullest(away.dock(1, capacity=1)) == {}


def test_a_guest_in_the_air_keeps_its_place(sound: MadeDay) -> None:
    """d-1, a guest in dock-2 since f-1, is on its way home with f-3 when d-2 comes back to it: both have a place there."""
    day = sound.flight(1, to_dock_id="dock-2").flight(3, from_dock_id="dock-2")
    back = day.schedule.flights[1]
    (away,) = (one for one in day.schedule.flights if one.id == "f-3")
    assert back.drone_id == "d-2"
    leaves = back.lands_at - (away.lands_at - away.takes_off_at) / 2
    in_the_air = put_off(away, leaves - away.takes_off_at)
    assert in_the_air.takes_off_at < back.lands_at < in_the_air.lands_at
    flights = (*(one for one in day.schedule.flights if one.id != "f-3"), in_the_air)
    assert fullest(day.day(flights=flights))["dock-2"][0] == 2


def test_drone_that_stays_counts(sound: MadeDay) -> None:
    """Drones that do not fly stand at home all day."""
    idle = sound.day(flights=()).drone(1, dock_id="dock-2")
    assert fullest(idle) == {"dock-2": (2, "dock 'dock-2' holds 2 drones as the day begins; it has room for 1")}


def test_goes_on_from_where_it_landed(sound: MadeDay) -> None:
    """After a landing in dock-2 the next flight begins there; it ends the day at home."""
    moved = sound.flight(1, to_dock_id="dock-2")
    assert [one.subject for one in check_places(Day(moved.schedule, moved.district))] == ["f-3"]
    on = moved.flight(3, from_dock_id="dock-2")
    assert list(check_places(Day(on.schedule, on.district))) == []


def test_first_flight_begins_at_home(sound: MadeDay) -> None:
    """Home is the drone's dock; f-2 leaves another, and d-2 does not come home."""
    away = sound.drone(2, dock_id="dock-1")
    assert [one.subject for one in check_places(Day(away.schedule, away.district))] == ["f-2", "d-2"]


def test_a_changed_day_may_leave_a_drone_where_it_is(sound: MadeDay) -> None:
    """What happened at noon may keep it from coming home."""
    away = sound.flight(3, to_dock_id="dock-2")
    assert [one.subject for one in check_places(Day(away.schedule, away.district))] == ["d-1"]
    changed = away.conditions(since=moment(0))
    assert list(check_places(Day(changed.schedule, changed.district))) == []


def test_landing_on_lower_ground(sound: MadeDay) -> None:
    """dock-2 lies 25 m lower: the path goes down to 25 m below its take-off point, no further and no less."""
    course = points_course().to(-1000, 0)
    day = sound.dock(2, ground_altitude_m=-25.0).instead(3, course.flight(3, "d-1", to_dock_id="dock-2"))

    def wrong(height_m: float) -> list[str]:
        down = day.point(3, -1, height_m=height_m)
        checked = Day(down.schedule, down.district)
        return [one.subject for check in (check_paths, check_heights) for one in check(checked)]

    assert wrong(-25.0) == []
    assert wrong(0.0) == ["f-3"]
    assert wrong(-27.0) == ["f-3", "f-3"]
