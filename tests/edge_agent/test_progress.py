from edge_agent.aircraft import AircraftState
from edge_agent.progress import Progress
from missions.plan import Plan
from missions.planning.mission_items import Command, mission_items


def waypoint_items(plan: Plan) -> list[int]:
    """Numbers of the items that are waypoints of legs: those at the legs' places."""
    legs = {(round(w.point.lat_deg * 1e7), round(w.point.lon_deg * 1e7)) for leg in plan.legs for w in leg.waypoints}
    return [item.seq for item in mission_items(plan) if item.command == Command.WAYPOINT and (item.x, item.y) in legs]


def test_a_leg_is_completed_when_its_last_waypoint_is_reached(plan: Plan) -> None:
    """Of two legs with two waypoints each, the first is flown when the second waypoint is reached, and not before."""
    progress, items = Progress(plan), waypoint_items(plan)
    assert progress.completed(AircraftState(mission_item=items[1], item_reached=items[0])) == []
    assert progress.completed(AircraftState(mission_item=items[1] + 1, item_reached=items[1])) == [0]
    assert progress.completed(AircraftState(mission_item=items[3] + 1)) == [0, 1]


def test_an_unknown_progress_is_none(plan: Plan) -> None:
    """Before the autopilot has told its item, no leg is completed; when it tells that all is done, all are."""
    assert Progress(plan).completed(AircraftState()) == []
    assert Progress(plan).completed(AircraftState(mission_item=0, mission_complete=True)) == [0, 1]


def test_a_frame_belongs_to_the_leg_flown_when_it_was_taken(plan: Plan) -> None:
    """The leg is that of the frame's time, though the aircraft is on the next one when the frame is looked at."""
    progress, items = Progress(plan), waypoint_items(plan)
    for time_ms, item in ((1000.0, 0), (5000.0, items[1]), (9000.0, items[3])):
        progress.note(time_ms, item)
    assert [progress.leg_at(time_ms) for time_ms in (500.0, 4999.0, 5000.0, 8999.0, 9500.0)] == [None, None, 0, 0, 1]
    assert progress.leg_at(None) == 1
