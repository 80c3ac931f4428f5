"""What is flown once for several, and what is not."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.demand import Demand, DemandOrigin
from missions.route import Area, CameraUse, Route
from missions.schedule import MergeKind, MergeNote, Span
from missions.scheduling.due import DueDemand
from missions.scheduling.fitting import unserved_by
from missions.scheduling.merging import Merged, merge
from tests.missions.scheduling.made_district import (
    CAMERA,
    FLYING,
    ROUTES,
    aircraft,
    make_demand,
    make_route,
    place,
    span,
    square,
)

POSTS = ROUTES[6]
"""80 m high, straight down, no thermal picture: 8.75 cm a pixel."""

TYPES = (aircraft("quad-t", thermal=True), aircraft("quad", thermal=False))

APART = "their times of day have nothing in common"


def due(demand: Demand, *windows: Span, value: float = 3.0, number: int = 1) -> DueDemand:
    """A look that is owed, at any time unless windows are given."""
    return DueDemand(demand, value, windows or (FLYING,), number)


def merged(*looks: DueDemand, routes: tuple[Route, ...] = (POSTS,)) -> Merged:
    """Merged over the given routes."""
    return merge(looks, {route.id: route for route in routes}, TYPES)


def split(demand: Demand, other_id: str | None, reason: str, pass_id: str) -> MergeNote:
    """The note of a demand that is flown apart from another."""
    return MergeNote(
        kind=MergeKind.SPLIT,
        demand_id=demand.id,
        department_id=demand.department_id,
        category=demand.category,
        reason=reason,
        pass_id=pass_id,
        with_demand_id=other_id,
    )


def test_one_pass_for_three() -> None:
    """Three demands of two departments on one route are one pass, worth all three, flown as the route says."""
    water = make_demand("c", "posts", department_id="water_bureau")
    made = merged(due(make_demand("b", "posts")), due(make_demand("a", "posts"), value=4.5), due(water))
    [only] = made.passes
    assert (only.id, only.route_id, only.demand_ids) == ("posts@1", "posts", ("a", "b", "c"))
    assert only.departments == ("urban", "water_bureau")
    assert only.value == 10.5
    assert (only.height_m, only.speed_mps, only.camera) == (POSTS.height_m, POSTS.speed_mps, POSTS.camera)
    assert made.notes == ()


def test_share_what_their_times_have_in_common() -> None:
    """7-10 and 9-12 meet from 9 to 10."""
    made = merged(due(make_demand("a", "posts"), span(1800, 12600)), due(make_demand("b", "posts"), span(9000, 19800)))
    assert [one.windows for one in made.passes] == [(span(9000, 12600),)]


def test_disjoint_times_are_split() -> None:
    """What is wanted at other times than the more valuable demand gets a pass of its own, and it is told why."""
    a, b = (make_demand(id, "posts") for id in "ab")
    made = merged(due(a, span(0, 60)), due(b, span(60, 120), value=9.0))
    assert [(one.id, one.demand_ids, one.windows) for one in made.passes] == [
        ("posts@1", ("b",), (span(60, 120),)),
        ("posts@2", ("a",), (span(0, 60),)),
    ]
    assert made.notes == (split(a, "b", APART, "posts@2"),)


def test_third_joins_the_pass_it_can() -> None:
    """What fits the first pass and a later one joins the first; that leaves it the time which both have."""
    a, b, c = (make_demand(id, "posts") for id in "abc")
    made = merged(due(a, span(0, 90), value=9.0), due(b, span(90, 180)), due(c, span(30, 80), span(100, 180), value=1.0))
    assert [(one.demand_ids, one.windows) for one in made.passes] == [(("a", "c"), (span(30, 80),)), (("b",), (span(90, 180),))]


def test_common_time_must_be_long_enough() -> None:
    """The posts lie 300 m apart, 37.5 s at 8 m/s: in 30 s that two demands have in common no pass could be flown."""
    a, b = (make_demand(id, "posts") for id in "ab")
    made = merged(due(a, span(0, 60), value=9.0), due(b, span(30, 90)))
    assert [one.demand_ids for one in made.passes] == [("a",), ("b",)]
    assert [one.reason for one in made.notes] == ["the time that they have in common is too short for the pass"]


def test_two_looks_are_two_passes() -> None:
    """The looks of one demand are never one pass, also where their times meet; that is no split."""
    twice = make_demand("a", "posts")
    made = merged(due(twice), due(twice, number=2, value=1.0), due(make_demand("b", "posts")))
    assert [(one.demand_ids, one.value) for one in made.passes] == [(("a", "b"), 6.0), (("a",), 1.0)]
    assert made.notes == ()


def test_finest_demand_lowers_the_pass() -> None:
    """5 cm a pixel are 0.05 m * 914.0 px = 45.7 m; along a line that takes no longer, so that both are served from there."""
    fine = make_demand("fine", "posts", max_sample_m=0.05)
    [only] = merged(due(make_demand("a", "posts"), value=9.0), due(fine)).passes
    assert (only.demand_ids, only.height_m, only.camera) == (("a", "fine"), 45.7, POSTS.camera)


def test_thermal_demand_turns_the_thermal_camera_on() -> None:
    """The posts are flown once, in colour and in the infrared."""
    [only] = merged(due(make_demand("a", "posts")), due(make_demand("warm", "posts", thermal=True))).passes
    assert (only.demand_ids, only.camera.sensor) == (("a", "warm"), "rgb+thermal")


WIDE = make_route("wide", Area(outline=square(0, 0, 200)), "sanitation")


def test_lowering_that_takes_longer_than_two_passes_is_not_done() -> None:
    """A strip of 600 m by 60 m. From the side at 10 cm it is 64.6 m high, from above at 5 cm 45.7 m: 91.7 m and 64.0 m are
    shown across, one sweep of 75 s each. Both at once would be 32.3 m from the side: 45.8 m across, two sweeps and a turn.
    """
    strip = make_route("strip", Area(outline=(place(0, 0), place(600, 0), place(600, 60), place(0, 60))), "sanitation")
    aside = make_demand("a", "strip", geometry=strip.geometry, steepest_deg=-45.0, flattest_deg=-45.0)
    fine = make_demand("b", "strip", geometry=strip.geometry, max_sample_m=0.05)
    made = merged(due(aside, value=9.0), due(fine), routes=(strip,))
    assert [(one.demand_ids, one.height_m, one.camera.pitch_deg) for one in made.passes] == [
        (("a",), 64.6, -45.0),
        (("b",), 45.7, -90.0),
    ]
    [note] = made.notes
    assert (note.kind, note.with_demand_id, note.pass_id) == (MergeKind.SPLIT, "a", "strip@2")
    assert note.reason.startswith("shows 10.0 cm a pixel; 5.0 cm are asked for; one pass from 32.3 m would take 1")
    assert note.reason.endswith(", two take 150 s")


@pytest.mark.parametrize("value", [2.0, 9.0])
def test_lowering_beyond_a_battery_is_not_done(value: float) -> None:
    """112.5 Wh last for 27 min at 250 W. 600 m square take 11 min from 80 m, and from 30 m, at 3.3 cm, more than 70 % of that:
    the coarse demand keeps its pass, whichever is worth more, and the fine one has one that may be too long.
    """
    field = make_route("field", Area(outline=square(0, 0, 300)), "sanitation")
    coarse, fine = (make_demand(id, "field", geometry=field.geometry, max_sample_m=m) for id, m in (("a", 0.1), ("b", 0.0329)))
    made = merged(due(coarse, value=value), due(fine), routes=(field,))
    assert {(one.demand_ids, one.height_m) for one in made.passes} == {(("a",), 80.0), (("b",), 30.0)}
    assert "of a battery" in made.notes[0].reason


def test_angles_that_exclude_each_other_are_split() -> None:
    """From straight above and from the side are two passes over one ground, both of its route; the reason names the angles."""
    above, aside = make_demand("a", "posts", flattest_deg=-80.0), make_demand("b", "posts", steepest_deg=-60.0)
    made = merged(due(above, value=9.0), due(aside))
    assert [(one.id, one.demand_ids, one.camera.pitch_deg) for one in made.passes] == [
        ("posts@1", ("a",), -90.0),
        ("posts@2", ("b",), -60.0),
    ]
    reason = "no angle serves all: -60° or flatter and -80° or steeper are asked for"
    assert made.notes == (split(aside, "a", reason, "posts@2"),)


def test_split_demand_flies_on_the_route_that_was_made_for_it() -> None:
    """What has a route of its own that serves it is split off to that one."""
    aside = make_demand("hotline:7", "posts", steepest_deg=-60.0)
    own = make_route("hotline-7", POSTS.geometry, "sanitation", height_m=40.0, camera=CameraUse(pitch_deg=-60))
    made = merged(due(make_demand("a", "posts", flattest_deg=-80.0), value=9.0), due(aside), routes=(POSTS, own))
    assert [(one.route_id, one.demand_ids, one.height_m) for one in made.passes] == [
        ("posts", ("a",), 80.0),
        ("hotline-7", ("hotline:7",), 40.0),
    ]


def test_demand_of_the_same_ground_joins_the_catalogues_route() -> None:
    """A hotline's demand for exactly the posts is of their route where that is due, and of its own where it is not."""
    call = make_demand("hotline:7", "hotline-7", max_sample_m=0.05)
    own = make_route("hotline-7", POSTS.geometry, "sanitation", height_m=40.0)
    standing = make_demand("posts:sanitation", "posts", origin=DemandOrigin.CATALOGUE)
    both = merged(due(standing), due(call), routes=(POSTS, own))
    assert [(one.route_id, one.demand_ids, one.height_m) for one in both.passes] == [
        ("posts", ("hotline:7", "posts:sanitation"), 45.7)
    ]
    alone = merged(due(call), routes=(POSTS, own))
    assert [(one.route_id, one.demand_ids, one.height_m) for one in alone.passes] == [("hotline-7", ("hotline:7",), 40.0)]


def test_demand_that_no_pass_can_serve_is_left() -> None:
    """1 cm a pixel would be 9.1 m high: it is told, and flown by nobody; the others are flown as before."""
    made = merged(due(make_demand("a", "posts")), due(make_demand("fine", "posts", max_sample_m=0.01)))
    assert [one.demand_ids for one in made.passes] == [("a",)]
    [note] = made.notes
    assert (note.kind, note.demand_id, note.pass_id, note.department_id) == (MergeKind.LEFT, "fine", None, "urban")
    assert note.reason == "1.0 cm a pixel are asked for; 3.3 cm are the finest at that angle, from 30 m"


def test_demand_of_unknown_ground_is_told() -> None:
    """A demand whose route is gone, or was never made, does not stop the day."""
    gone, never = (make_demand(id, route, geometry=ROUTES[7].geometry) for id, route in (("b", "gone"), ("hotline:9", None)))
    made = merged(due(make_demand("a", "posts")), due(gone), due(never))
    assert [one.demand_ids for one in made.passes] == [("a",)]
    assert [(one.kind, one.demand_id, one.pass_id) for one in made.notes] == [
        (MergeKind.LEFT, "b", None),
        (MergeKind.LEFT, "hotline:9", None),
    ]
    assert "no route over its ground" in made.notes[0].reason


def test_registered_demand_is_served_by_its_own_route() -> None:
    """A demand of no catalogue route flies on the one that `register` made for it, whatever letters its id has."""
    demand = make_demand("hotline:7.2026")
    made = merged(due(demand), routes=(POSTS, make_route("hotline-7-2026", POSTS.geometry, "sanitation")))
    assert [(one.route_id, one.demand_ids) for one in made.passes] == [("hotline-7-2026", ("hotline:7.2026",))]
    assert made.notes == ()


wishes = st.builds(
    lambda sample_m, thermal, angles, begin_s, length_s, value: (
        {"max_sample_m": sample_m, "thermal": thermal, "steepest_deg": angles[0], "flattest_deg": angles[1]},
        span(begin_s, begin_s + length_s),
        value,
    ),
    st.sampled_from([0.01, 0.035, 0.06, 0.1]),
    st.booleans(),
    st.sampled_from([(-90.0, -30.0), (-90.0, -85.0), (-60.0, -30.0), (-45.0, -45.0)]),
    st.integers(0, 3000),
    st.integers(1, 2000),
    st.floats(0, 9),
)


@given(wanted=st.lists(wishes, max_size=10), route=st.sampled_from([POSTS, WIDE, ROUTES[4]]))
def test_every_demand_is_accounted_for(wanted: list[tuple[dict[str, object], Span, float]], route: Route) -> None:
    """Each demand is in exactly one pass, within its times and satisfied as that is flown, or left with a reason; no pass is
    higher than its route, and no value is lost.
    """
    dues = [
        due(make_demand(f"d-{n}", route.id, geometry=route.geometry, **asked), window, value=value)
        for n, (asked, window, value) in enumerate(wanted)
    ]
    made = merged(*dues, routes=(route,))
    flown = Counter(id for one in made.passes for id in one.demand_ids)
    left = {note.demand_id for note in made.notes if note.kind is MergeKind.LEFT}
    assert set(flown.values()) <= {1}
    assert set(flown) | left == {one.demand.id for one in dues}
    assert not set(flown) & left
    by_id = {one.demand.id: one for one in dues}
    for one in made.passes:
        members = [by_id[id] for id in one.demand_ids]
        assert one.height_m <= route.height_m
        assert not any(unserved_by(one.over(route), member.demand, CAMERA) for member in members)
        assert all(
            w.begins_at <= s.begins_at and s.ends_at <= w.ends_at for m in members for w in m.windows for s in one.windows
        )
        assert one.value == pytest.approx(sum(member.value for member in members))
