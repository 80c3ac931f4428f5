"""Passes that are left get another try."""

import pytest

from missions.airspace import Airspace
from missions.district import District
from missions.route import WaypointList
from missions.scheduling.gaps import can_fly, fill_gaps, nearest_vehicles
from missions.scheduling.legwork import Legwork
from missions.scheduling.separating import Clock
from tests.missions.scheduling.made_district import (
    ROUTES,
    all_passes,
    make_district,
    make_legwork,
    make_pass,
    make_route,
    place,
    span,
    square,
)

A_1, A_2, B_1 = range(3)
MARKET, RIVER, POSTS = ROUTES[2], ROUTES[1], ROUTES[6]


def filled(legwork: Legwork, **limits: object) -> Clock:
    """An empty clock, filled."""
    clock = Clock(legwork.problem, 45.0)
    fill_gaps(clock, legwork, **limits)
    return clock


def by(clock: Clock, legwork: Legwork) -> dict[str, str]:
    """The route of each flight and who flies it."""
    return {legwork.passes[kept.flown.trip.jobs[0]].route_id: legwork.drones[kept.flown.trip.vehicle].id for kept in clock.kept}


def test_nearest_able_vehicle_first() -> None:
    """The market lies north of dock-2, the posts near dock-1; the river is for the thermal drone."""
    problem = make_legwork([make_pass(MARKET), make_pass(POSTS), make_pass(RIVER)]).problem
    assert nearest_vehicles(problem, 0)[0] == B_1
    assert nearest_vehicles(problem, 1) == [A_1, A_2, B_1]
    assert nearest_vehicles(problem, 2) == [A_1]


def test_every_pass_finds_a_flight() -> None:
    """On an empty clock everything is flown, each pass alone."""
    legwork = make_legwork(all_passes())
    clock = filled(legwork)
    assert clock.served == set(range(len(legwork.passes)))
    assert all(len(kept.flown.trip.jobs) == 1 for kept in clock.kept)


def test_nearest_flies_unless_it_may_not() -> None:
    """The market is b-1's; without b-1 it is flown from dock-1."""
    legwork = make_legwork([make_pass(MARKET)])
    assert by(filled(legwork), legwork) == {"market": "b-1"}
    assert by(filled(legwork, without={B_1}), legwork) == {"market": "a-1"}
    assert filled(legwork, without={A_1, A_2, B_1}).kept == []


def test_not_before_a_moment() -> None:
    """Nothing takes off before the moment from which one may."""
    assert [kept.begins_s for kept in filled(make_legwork([make_pass(POSTS)]), not_before_s=777.0).kept] == [777.0]


def test_most_valuable_first() -> None:
    """One drone, two passes over the posts (41 s each) that must be over at 150 s: the better one is flown."""
    lone = make_district(drones=make_district().drones[1:2])
    passes = [make_pass(POSTS, span(0, 150), value=1.0), make_pass(POSTS, span(0, 150), value=2.0, number=2)]
    assert filled(make_legwork(passes, lone)).served == {1}


def test_what_is_served_is_left() -> None:
    """Nothing is flown twice."""
    legwork = make_legwork(all_passes())
    clock = filled(legwork)
    before = list(clock.kept)
    fill_gaps(clock, legwork)
    assert clock.kept == before


@pytest.fixture(scope="module")
def shut() -> District:
    """Only the east is permitted: no way leads out of dock-2."""
    there = make_route("there", WaypointList(points=(place(300, 300),)), "sanitation")
    return make_district(there, airspace=Airspace(permitted=square(900, 0, 1000)))


def test_nobody_flies_where_no_way_leads(shut: District) -> None:
    """The pass can be flown, but not from dock-2: neither is it tried, nor is a straight way invented."""
    legwork = make_legwork([make_pass(shut.routes[0])], shut)
    assert [can_fly(legwork.problem, vehicle, 0) for vehicle in (A_1, A_2, B_1)] == [True, True, False]
    assert filled(legwork, without={A_1, A_2}).kept == []


def test_nobody_flies_what_its_type_cannot() -> None:
    """A plain drone does not fly the river."""
    problem = make_legwork([make_pass(RIVER)]).problem
    assert [can_fly(problem, vehicle, 0) for vehicle in (A_1, A_2, B_1)] == [True, False, False]
