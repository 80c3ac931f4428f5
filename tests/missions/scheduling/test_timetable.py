"""Trips in numbers become flights in space and time."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Trip
from missions.scheduling.timetable import Flown, flown_as, fly, scheduled, start_within
from tests.missions.scheduling.made_district import (
    BEGIN,
    ROUTES,
    all_passes,
    make_legwork,
    make_pass,
    moment,
    place,
    span,
)

ALL = make_legwork(all_passes())
POSTS = ROUTES[6]


def flown(*jobs: int, vehicle: int = 1, start_s: float = 0.0, legwork: Legwork = ALL) -> Flown:
    """The trip as flown."""
    return fly(Trip(vehicle, start_s, jobs), legwork.problem, legwork)


def test_flight_by_hand() -> None:
    """Up 80 m in 16 s; 424.26 m in 42.43 s; turning by 45° from east of south to south loses (10 - 7.07)² / (2 * 10) = 0.43 s.
    The leg begins at 58.86 s and ends 37.5 s later.
    """
    legwork = make_legwork([make_pass(POSTS)])
    [(begins_s, ends_s)] = flown(0, legwork=legwork).visits_s()
    assert begins_s == pytest.approx(16 + 42.426 + 0.429, abs=0.01)
    assert ends_s - begins_s >= 37.5 - 0.01
    assert ends_s - begins_s == pytest.approx(37.5 + 8 / 2 * 1.0, abs=0.1)  # the last point turns back by 153°: a full stop


@settings(max_examples=60, deadline=None)
@given(
    jobs=st.lists(st.integers(0, len(ALL.passes) - 1), min_size=1, max_size=6, unique=True),
    start_s=st.floats(0, 40_000),
    vehicle=st.integers(0, 2),
)
def test_flights_are_sound(jobs: list[int], start_s: float, vehicle: int) -> None:
    """From dock to dock on the ground, forwards in time at every point, with each visit between two moments of the path."""
    kind = ALL.problem.vehicles[vehicle].kind
    able = tuple(job for job in jobs if ALL.problem.able[kind, job])
    if not able:
        return
    flight = scheduled(flown(*able, vehicle=vehicle, start_s=start_s), ALL, "f")
    assert all(before.at < after.at for before, after in pairwise(flight.path))
    dock = ALL.district.dock(ALL.drones[vehicle].dock_id)
    for end in (flight.path[0], flight.path[-1]):
        assert end.point.distance_m(dock.point) < 0.01
        assert end.height_m == 0
    assert (flight.takes_off_at, flight.lands_at) == (flight.path[0].at, flight.path[-1].at)
    assert (flight.from_dock_id, flight.to_dock_id) == (dock.id, dock.id)
    assert abs((flight.takes_off_at - BEGIN).total_seconds() - start_s) <= 0.001
    moments = {point.at for point in flight.path}
    assert all(moments >= {visit.begins_at, visit.ends_at} for visit in flight.visits)
    assert [visit.pass_id for visit in flight.visits] == [ALL.passes[job].id for job in able]
    assert all(visit.begins_at <= visit.ends_at for visit in flight.visits)
    assert all(before.ends_at <= after.begins_at for before, after in pairwise(flight.visits))


def test_track_is_at_the_altitude_of_its_dock() -> None:
    """dock-2 lies at 24 m, dock-1 at 4 m: flights at the same height over their docks are 20 m apart."""
    low, high = (flown(6, vehicle=vehicle).track(100.0).points for vehicle in (1, 2))
    assert (low[0, 2], high[0, 2]) == (4, 24)
    assert high[:, 2].max() - low[:, 2].max() == 20
    assert low[0, 3] == 100


def test_flight_on_its_way_is_read_back() -> None:
    """A flight that was scheduled is flown as it was written: the same moments, places, visits and energy."""
    before = flown(0, 2, vehicle=2, start_s=1234.5)
    flight = scheduled(before, ALL, "f")
    again = flown_as(flight, before.trip, ALL)
    assert again.visits_s() == [
        ((visit.begins_at - flight.takes_off_at).total_seconds(), (visit.ends_at - flight.takes_off_at).total_seconds())
        for visit in flight.visits
    ]
    assert (again.energy_wh, again.distance_m, again.ground_m) == (flight.energy_wh, flight.distance_m, 24.0)
    assert again.duration_s == pytest.approx(before.duration_s, abs=0.001)
    ends = before.track(0).points[[0, -1]], again.track(0).points[[0, -1]]
    assert np.allclose(*ends, atol=0.01)


def _in_windows(*windows: tuple[float, float], start_s: float = 0.0) -> float | None:
    """The start of a flight over the posts, whose visit begins 58.86 s and ends 100.4 s after take-off."""
    legwork = make_legwork([make_pass(POSTS, *(span(*window) for window in windows))])
    return start_within(flown(0, start_s=start_s, legwork=legwork), legwork.problem)


def test_start_is_kept_where_it_may_be() -> None:
    """A visit that lies in its window already needs no other start."""
    assert _in_windows((0, 200)) == 0.0
    assert _in_windows((0, 200), start_s=50) == 50.0


def test_start_is_shifted_to_the_window() -> None:
    """A window that opens at 1000 s is met with a start at 941.14 s, a few milliseconds more for rounding."""
    start_s = _in_windows((1000, 2000))
    assert start_s == pytest.approx(1000 - 58.855, abs=0.02)


def test_start_takes_the_next_window() -> None:
    """Where the first window is over, the next that fits; one too short for the visit (41.5 s) is passed over."""
    assert _in_windows((0, 200), (300, 330), (1000, 2000), start_s=150) == pytest.approx(1000 - 58.855, abs=0.02)


def test_no_start_after_the_last_window() -> None:
    """Nobody flies back in time."""
    assert _in_windows((0, 200), start_s=150) is None


def test_windows_of_two_passes_are_met_together() -> None:
    """Each shift for one pass may push the other into its next window, several times over: posts 1 is open for 150 s from 0,
    1000, 2000 ...; posts 2, 41 s or more later, from 500, 1500, 2500 ... and from 3050, when posts 1 is open as well.
    """
    windows = [[span(1000 * n, 1000 * n + 150) for n in range(4)], [span(500 + 1000 * n, 650 + 1000 * n) for n in range(3)]]
    second = POSTS.model_copy(update={"id": "posts-2"})
    passes = [make_pass(POSTS, *windows[0]), make_pass(second, *windows[1], span(3050, 3400))]
    district = ALL.district.model_copy(update={"routes": (*ALL.district.routes, second)})
    legwork = make_legwork(passes, district)
    start_s = start_within(flown(0, 1, legwork=legwork), legwork.problem)
    assert start_s == pytest.approx(3000 - 58.855, abs=0.02)


def test_moments_are_of_the_day() -> None:
    """Seconds of the trip count from the begin of the flying day."""
    assert scheduled(flown(6, start_s=90.0), ALL, "f").takes_off_at == moment(90.0) == BEGIN + timedelta(seconds=90)


def test_way_round_a_zone_is_flown() -> None:
    """Behind the substation: no point of the path is in the zone."""
    legwork = make_legwork([make_pass(ROUTES[7])])
    path = scheduled(flown(0, legwork=legwork), legwork, "f").path
    assert len({point.point for point in path}) > 3
    assert all(point.point.distance_m(place(700, 0)) > 100 for point in path)
