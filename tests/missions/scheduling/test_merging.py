"""What is flown once for several, and what is not."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.demand import Demand
from missions.route import CameraUse, Route
from missions.schedule import Span
from missions.scheduling.due import DueDemand
from missions.scheduling.merging import Merged, Split, merge, unserved_by
from tests.missions.scheduling.made_district import CAMERA, FLYING, ROUTES, make_demand, make_route, span

POSTS = ROUTES[6]
"""80 m high, straight down, no thermal picture: 8.75 cm a pixel."""

APART = "their times of day have nothing in common"


def due(demand: Demand, *windows: Span, value: float = 3.0, number: int = 1) -> DueDemand:
    """A look that is owed, at any time unless windows are given."""
    return DueDemand(demand, value, windows or (FLYING,), number)


def merged(*looks: DueDemand, routes: tuple[Route, ...] = (POSTS,)) -> Merged:
    """Merged over the given routes."""
    return merge(looks, {route.id: route for route in routes}, CAMERA)


def test_one_pass_for_three() -> None:
    """Three demands of two departments on one route are one pass, worth all three, flown as the route says."""
    water = make_demand("c", "posts", department_id="water_bureau")
    made = merged(due(make_demand("b", "posts")), due(make_demand("a", "posts"), value=4.5), due(water))
    [only] = made.passes
    assert (only.id, only.route_id, only.demand_ids) == ("posts@1", "posts", ("a", "b", "c"))
    assert only.departments == ("urban", "water_bureau")
    assert only.value == 10.5
    assert (only.height_m, only.speed_mps, only.camera) == (POSTS.height_m, POSTS.speed_mps, POSTS.camera)
    assert made.splits == ()


def test_share_what_their_times_have_in_common() -> None:
    """7-10 and 9-12 meet from 9 to 10."""
    made = merged(due(make_demand("a", "posts"), span(1800, 12600)), due(make_demand("b", "posts"), span(9000, 19800)))
    assert [one.windows for one in made.passes] == [(span(9000, 12600),)]


def test_disjoint_times_are_split() -> None:
    """What is wanted at other times than the more valuable demand gets a pass of its own, and it is told why."""
    made = merged(due(make_demand("a", "posts"), span(0, 60)), due(make_demand("b", "posts"), span(60, 120), value=9.0))
    assert [(one.id, one.demand_ids, one.windows) for one in made.passes] == [
        ("posts@1", ("b",), (span(60, 120),)),
        ("posts@2", ("a",), (span(0, 60),)),
    ]
    assert made.splits == (Split("a", "b", APART, "posts"),)


def test_third_joins_the_pass_it_can() -> None:
    """What fits the first pass and a later one joins the first; that leaves it the time which both have."""
    a, b, c = (make_demand(id, "posts") for id in "abc")
    made = merged(due(a, span(0, 60), value=9.0), due(b, span(60, 120)), due(c, span(30, 40), span(100, 120), value=1.0))
    assert [(one.demand_ids, one.windows) for one in made.passes] == [(("a", "c"), (span(30, 40),)), (("b",), (span(60, 120),))]


def test_two_looks_are_two_passes() -> None:
    """The looks of one demand are never one pass, also where their times meet; that is no split."""
    twice = make_demand("a", "posts")
    made = merged(due(twice), due(twice, number=2, value=1.0), due(make_demand("b", "posts")))
    assert [(one.demand_ids, one.value) for one in made.passes] == [(("a", "b"), 6.0), (("a",), 1.0)]
    assert made.splits == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"max_sample_m": 0.08753}, ""),  # 80 m / 914.0 px
        ({"max_sample_m": 0.08}, "shows 8.8 cm a pixel; 8.0 cm are asked for"),
        ({"steepest_deg": -60.0}, "looks at -90°; -60° to -30° is asked for"),
        ({"thermal": True}, "has no thermal picture"),
    ],
)
def test_what_a_pass_does_not_give(changes: dict[str, object], reason: str) -> None:
    """Too coarse, the wrong angle, no thermal picture: each told by its figures; what is just good enough serves."""
    assert unserved_by(POSTS, due(make_demand("a", "posts", **changes)), CAMERA) == reason


def test_unsatisfied_demand_flies_on_a_route_that_satisfies_it() -> None:
    """What the route is too high for is split off to the route that was made for it (half as high), with the reason."""
    fine = make_demand("hotline:7", "posts", max_sample_m=0.05)
    own = make_route("hotline-7", POSTS.geometry, "sanitation", height_m=40.0)
    made = merged(due(make_demand("a", "posts")), due(fine, value=9.0), routes=(POSTS, own))
    assert [(one.route_id, one.demand_ids, one.height_m) for one in made.passes] == [
        ("posts", ("a",), 80.0),
        ("hotline-7", ("hotline:7",), 40.0),
    ]
    assert made.splits == (Split("hotline:7", "a", "shows 8.8 cm a pixel; 5.0 cm are asked for", "hotline-7"),)


def test_unsatisfied_demand_joins_another_pass_over_its_ground() -> None:
    """A route of the same ground and category that is good enough serves it together with its own demand."""
    low = make_route("posts-low", POSTS.geometry, "sanitation", height_m=40.0)
    elsewhere = make_route("a-low", ROUTES[7].geometry, "sanitation", height_m=40.0)
    other = make_route("b-low", POSTS.geometry, "water", height_m=40.0)
    looks = (due(make_demand("fine", "posts", max_sample_m=0.05)), due(make_demand("b", "posts-low")))
    made = merged(*looks, routes=(POSTS, elsewhere, other, low))
    assert [(one.route_id, one.demand_ids) for one in made.passes] == [("posts-low", ("b", "fine"))]
    assert [(one.with_demand_id, one.route_id) for one in made.splits] == [(None, "posts-low")]


def test_unsatisfied_demand_without_a_route_gets_no_pass() -> None:
    """Where no route serves a demand it is told, and flown by nobody; the others are flown as before."""
    made = merged(due(make_demand("a", "posts")), due(make_demand("warm", "posts", thermal=True)))
    assert [one.demand_ids for one in made.passes] == [("a",)]
    assert made.splits == (Split("warm", "a", "has no thermal picture", None),)


def test_demand_of_unknown_ground_is_told() -> None:
    """A demand whose route is gone, or was never made, does not stop the day."""
    gone, never = (make_demand(id, route, geometry=ROUTES[7].geometry) for id, route in (("b", "gone"), ("hotline:9", None)))
    made = merged(due(make_demand("a", "posts")), due(gone), due(never))
    assert [one.demand_ids for one in made.passes] == [("a",)]
    assert [(one.demand_id, one.route_id) for one in made.splits] == [("b", None), ("hotline:9", None)]
    assert "no route over its ground" in made.splits[0].reason


def test_registered_demand_is_served_by_its_own_route() -> None:
    """A demand of no catalogue route flies on the one that `register` made for it, whatever letters its id has."""
    demand = make_demand("hotline:7.2026")
    made = merged(due(demand), routes=(POSTS, make_route("hotline-7-2026", POSTS.geometry, "sanitation")))
    assert [(one.route_id, one.demand_ids) for one in made.passes] == [("hotline-7-2026", ("hotline:7.2026",))]
    assert made.splits == ()


LOW = make_route("posts-low", POSTS.geometry, "sanitation", height_m=40.0, camera=CameraUse(pitch_deg=-60))
looks = st.builds(
    lambda sample_m, thermal, begin_s, length_s, value: (sample_m, thermal, span(begin_s, begin_s + length_s), value),
    st.sampled_from([0.03, 0.06, 0.1]),
    st.booleans(),
    st.integers(0, 3000),
    st.integers(1, 2000),
    st.floats(0, 9),
)


@given(wanted=st.lists(looks, max_size=12))
def test_every_demand_is_accounted_for(wanted: list[tuple[float, bool, Span, float]]) -> None:
    """Each demand is in exactly one pass, within its times and satisfied, or told to be in none; no value is lost."""
    dues = [
        due(make_demand(f"d-{n}", "posts", max_sample_m=sample_m, thermal=thermal), window, value=value)
        for n, (sample_m, thermal, window, value) in enumerate(wanted)
    ]
    routes = {route.id: route for route in (POSTS, LOW)}
    made = merge(dues, routes, CAMERA)
    flown = Counter(id for one in made.passes for id in one.demand_ids)
    left = {one.demand_id for one in made.splits if one.route_id is None}
    assert set(flown.values()) <= {1}
    assert set(flown) | left == {one.demand.id for one in dues}
    assert not set(flown) & left
    by_id = {one.demand.id: one for one in dues}
    for one in made.passes:
        members = [by_id[id] for id in one.demand_ids]
        assert not any(unserved_by(routes[one.route_id], member, CAMERA) for member in members)
        assert all(
            w.begins_at <= s.begins_at and s.ends_at <= w.ends_at for m in members for w in m.windows for s in one.windows
        )
        assert one.value == pytest.approx(sum(member.value for member in members))
