from dataclasses import replace

import pytest

from edge_agent.aircraft import ON_GROUND, AircraftState
from edge_agent.config import Autopilot, Identity
from edge_agent.plan_check import reasons_against
from missions.plan import Landing, Plan

IDENTITY = Identity(district_id="zhonglou", drone_id="d1")


def ready(plan: Plan) -> AircraftState:
    return AircraftState(armed=False, mode="HOLD", landed_state=ON_GROUND, point=plan.home, battery_share=0.9)


def test_a_good_plan_has_nothing_against_it(plan: Plan) -> None:
    """At home, disarmed, charged, within its fence: nothing stands against the plan."""
    assert reasons_against(plan, IDENTITY, ready(plan), Autopilot()) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"drone_id": "d2"}, "drone 'd2'"),
        ({"district_id": "tianning"}, "district 'tianning'"),
        ({"max_height_m": 60.0}, "at most 60 m"),
    ],
)
def test_a_wrong_plan_is_refused_with_its_reason(plan: Plan, change: dict[str, object], text: str) -> None:
    """Another aircraft's plan, another district's, and one beyond its own height are named."""
    reasons = reasons_against(plan.model_copy(update=change), IDENTITY, ready(plan), Autopilot())
    assert len(reasons) == 1
    assert text in reasons[0]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"armed": True}, "armed"),
        ({"armed": None}, "not been heard"),
        ({"point": None}, "position is unknown"),
        ({"battery_share": None}, "charge is unknown"),
        ({"battery_share": 0.49}, "the battery has 49%"),
    ],
)
def test_an_aircraft_that_is_not_ready_takes_no_plan(plan: Plan, change: dict[str, object], text: str) -> None:
    """Armed, unheard, lost or discharged: the battery must hold the flight's 30 % and 20 % more."""
    reasons = reasons_against(plan, IDENTITY, replace(ready(plan), **change), Autopilot())  # type: ignore[arg-type]
    assert len(reasons) == 1
    assert text in reasons[0]


def test_an_aircraft_elsewhere_takes_no_plan(plan: Plan) -> None:
    """60 m from the plan's take-off point is too far; 40 m is not."""
    far, near = (replace(ready(plan), point=plan.home.moved(90, distance_m)) for distance_m in (60, 40))
    assert "60 m from the plan's take-off point" in reasons_against(plan, IDENTITY, far, Autopilot())[0]
    assert reasons_against(plan, IDENTITY, near, Autopilot()) == []


def test_a_landing_outside_the_fence_is_named(plan: Plan) -> None:
    """The fence reaches 300 m to each side: a landing 310 m north is refused, one 290 m north is not."""
    outside, inside = (
        plan.model_copy(update={"landing": Landing(dock_id="k2", point=plan.home.moved(0, north_m))}) for north_m in (310, 290)
    )
    assert reasons_against(outside, IDENTITY, ready(plan), Autopilot()) == [
        "the landing in dock 'k2' lies outside the geofence"
    ]
    assert reasons_against(inside, IDENTITY, ready(plan), Autopilot()) == []


def test_a_waypoint_outside_the_fence_is_named(plan: Plan) -> None:
    """A fence that leaves a leg's last waypoint out is refused with route and waypoint."""
    small = tuple(plan.home.moved(bearing, 125 * 2**0.5) for bearing in (45, 135, 225, 315))
    waypoints = (*plan.legs[1].waypoints, plan.legs[1].waypoints[-1].model_copy(update={"point": plan.home.moved(0, 130)}))
    legs = (plan.legs[0], plan.legs[1].model_copy(update={"waypoints": waypoints}))
    reasons = reasons_against(plan.model_copy(update={"geofence": small, "legs": legs}), IDENTITY, ready(plan), Autopilot())
    assert reasons == ["route 'r2': waypoint 3 lies outside the geofence (1 in all)"]
