"""A plan as MAVLink mission items: pure numbers, ready for MISSION_ITEM_INT. The fence and the parameters that go with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from math import nan

from missions.geometry import GeoPoint
from missions.plan import Corner, Landing, Leg, Plan, Waypoint

FRAME_MISSION = 2
"""MAV_FRAME_MISSION: the item has no place."""

FRAME_RELATIVE = 6
"""MAV_FRAME_GLOBAL_RELATIVE_ALT_INT: latitude and longitude in 1e-7 degrees, height over the take-off point in metres."""

FRAME_GLOBAL = 5
"""MAV_FRAME_GLOBAL_INT, as fence points carry it."""

DEGREES_E7 = 1e7
SPEED_TYPE_GROUND = 1.0
THROTTLE_UNCHANGED = -1.0
TRIGGER_NOW = 1.0
TRANSIT_ACCEPTANCE_M = 8.0
TURN_ACCEPTANCE_M = 3.0
MISSION_ITSELF = -2.0
"""Who is to control the gimbal: the mission; without it PX4 denies the mission's own gimbal items."""

UNCHANGED = -1.0
CAMERA_FOLLOWS_HEADING = 0
"""GIMBAL_MANAGER_FLAGS: no lock, so that yaw follows the aircraft."""

FENCE_ACTION_RETURN = 3
FENCE_HEIGHT_MARGIN_M = 5.0
"""Heights wander by about a metre, and corners overshoot: the autopilot's ceiling lies this far above the plan's."""

RETURN_TO_TAKE_OFF = 0
"""PX4's RTL_TYPE, its default: a return leads to where it took off, even if the mission ends with a landing elsewhere."""

SLOWER_BELOW_M = 10.0
SLOW_BELOW_M = 5.0
"""PX4's defaults of MPC_LAND_ALT1 and MPC_LAND_ALT2."""

TRANSIT = -1
"""In place of a leg's index: take-off, ways between legs, and the return."""


class Command(IntEnum):
    """The MAV_CMD numbers this project sends."""

    WAYPOINT = 16
    RETURN = 20
    LAND = 21
    TAKEOFF = 22
    CHANGE_SPEED = 178
    TRIGGER_DISTANCE = 206
    GIMBAL_PITCH_YAW = 1000
    GIMBAL_CONFIGURE = 1001
    FENCE_INCLUSION = 5001


class MissionType(IntEnum):
    """MAV_MISSION_TYPE."""

    MISSION = 0
    FENCE = 1


@dataclass(frozen=True, slots=True)
class MissionItem:
    """One MISSION_ITEM_INT. x and y are 1e-7 degrees where the frame has a place, else plain parameters 5 and 6."""

    seq: int
    frame: int
    command: int
    p1: float = 0.0
    p2: float = 0.0
    p3: float = 0.0
    p4: float = 0.0
    x: int = 0
    y: int = 0
    z: float = 0.0
    autocontinue: int = 1
    current: int = 0
    mission_type: int = MissionType.MISSION

    @property
    def is_place(self) -> bool:
        """Whether the aircraft flies to x and y."""
        return self.command in (Command.WAYPOINT, Command.TAKEOFF, Command.LAND)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An autopilot parameter of this flight."""

    name: str
    value: float | int


def mission_items(plan: Plan) -> tuple[MissionItem, ...]:
    """The whole flight: take-off, per leg the way to it, camera on, waypoints, camera off; then the way home and return, or the
    way to another dock and the landing there.
    """
    return tuple(replace(item, seq=seq, current=int(seq == 0)) for seq, (item, _) in enumerate(_items_with_leg(plan)))


def leg_of_item(plan: Plan, seq: int) -> int | None:
    """Index of the leg that item `seq` belongs to; None for take-off, ways between legs, and return.

    Raises IndexError where the mission has no such item.
    """
    leg = leg_by_item(plan)[seq]
    return None if leg == TRANSIT else leg


def leg_by_item(plan: Plan) -> tuple[int, ...]:
    """For each item the index of its leg, or TRANSIT."""
    return tuple(leg for _, leg in _items_with_leg(plan))


def last_item_of_legs(plan: Plan) -> dict[int, int]:
    """Item -> leg index: when MISSION_ITEM_REACHED names the item, or a later one, the leg has been flown."""
    pairs = list(enumerate(_items_with_leg(plan)))
    last: dict[int, int] = {leg: seq for seq, (item, leg) in pairs if leg != TRANSIT and item.command == Command.WAYPOINT}
    return {seq: leg for leg, seq in last.items()}


def fence_items(plan: Plan) -> tuple[MissionItem, ...]:
    """The geofence as one inclusion polygon; each vertex carries their number."""
    count = float(len(plan.geofence))
    return tuple(
        MissionItem(
            seq=seq,
            frame=FRAME_GLOBAL,
            command=Command.FENCE_INCLUSION,
            p1=count,
            x=_e7(point.lat_deg),
            y=_e7(point.lon_deg),
            mission_type=MissionType.FENCE,
        )
        for seq, point in enumerate(plan.geofence)
    )


def autopilot_parameters(plan: Plan) -> tuple[Parameter, ...]:
    """PX4's parameters for this flight: how high it returns and where to, that a breach of the fence means return, and below
    which heights it lands slowly. PX4 counts these from the take-off point: they rise with the ground of the landing.
    """
    rise_m = max(plan.landing.height_m, 0.0) if plan.landing else 0.0
    return (
        Parameter("RTL_RETURN_ALT", plan.return_height_m),
        Parameter("RTL_TYPE", RETURN_TO_TAKE_OFF),
        Parameter("MPC_LAND_ALT1", SLOWER_BELOW_M + rise_m),
        Parameter("MPC_LAND_ALT2", SLOW_BELOW_M + rise_m),
        Parameter("GF_ACTION", FENCE_ACTION_RETURN),
        Parameter("GF_MAX_VER_DIST", plan.max_height_m + FENCE_HEIGHT_MARGIN_M),
    )


_ItemOfLeg = tuple[MissionItem, int]


def _items_with_leg(plan: Plan) -> Iterator[_ItemOfLeg]:
    yield _takeoff(plan), TRANSIT
    yield _control_gimbal(), TRANSIT
    for index, leg in enumerate(plan.legs):
        yield from ((item, TRANSIT) for item in _way_items(plan, _way_to(plan, index)))
        yield from ((item, index) for item in _leg_items(leg, plan.cruise_mps))
    if plan.landing is None:
        yield from ((item, TRANSIT) for item in _way_items(plan, plan.way_home))
        yield _do(Command.RETURN), TRANSIT
    else:
        yield from ((item, TRANSIT) for item in _way_items(plan, (*plan.way_home, *_above(plan, plan.landing))))
        yield _place(Command.LAND, plan.landing.point, plan.landing.height_m, acceptance_m=0.0), TRANSIT


def _above(plan: Plan, landing: Landing) -> tuple[Corner, ...]:
    """To above the landing as a return flies home: up to its height first. Over known ground the way leads there itself."""
    last = plan.way_home[-1] if plan.way_home else Corner.at(plan.legs[-1].waypoints[-1].point)
    if last.height_m is not None:
        return ()
    high = {"height_m": plan.return_height_m}
    return last.model_copy(update=high), Corner.at(landing.point).model_copy(update=high)


def _way_to(plan: Plan, index: int) -> Sequence[Corner]:
    """Round corners to above the leg's first point; that point itself only where the leg flies at another height, and where
    the corners do not lead there themselves.
    """
    leg = plan.legs[index]
    first, leads_there = leg.waypoints[0], bool(leg.approach) and leg.approach[-1].height_m is not None
    if leads_there or abs(first.height_m - plan.transit_height_m) < 1.0:
        return leg.approach
    return *leg.approach, Corner.at(first.point)


def _way_items(plan: Plan, corners: Sequence[Corner]) -> Iterator[MissionItem]:
    """Speed, then the corners at their heights; the speed alone where there are none."""
    yield _speed(plan.cruise_mps)
    before_mps = plan.cruise_mps
    for corner in corners:
        speed_mps = corner.speed_mps or plan.cruise_mps
        height_m = plan.transit_height_m if corner.height_m is None else corner.height_m
        yield from _speed_if_changed(before_mps, speed_mps)
        yield _place(Command.WAYPOINT, corner, height_m, acceptance_m=TRANSIT_ACCEPTANCE_M)
        before_mps = speed_mps
    yield from _speed_if_changed(before_mps, plan.cruise_mps)


def _leg_items(leg: Leg, speed_before_mps: float) -> Iterator[MissionItem]:
    """The camera is turned on the way, starts at the first waypoint with a picture there, and stops after the last."""
    yield _gimbal(leg.camera_pitch_deg)
    yield _waypoint(leg.waypoints[0])
    yield from _speed_if_changed(speed_before_mps, leg.waypoints[0].speed_mps)
    yield _do(Command.TRIGGER_DISTANCE, p1=leg.trigger_distance_m, p3=TRIGGER_NOW)
    for before, waypoint in pairwise(leg.waypoints):
        yield from _speed_if_changed(before.speed_mps, waypoint.speed_mps)
        yield _waypoint(waypoint)
    yield _do(Command.TRIGGER_DISTANCE)


def _speed_if_changed(before_mps: float, after_mps: float) -> Iterator[MissionItem]:
    if before_mps != after_mps:
        yield _speed(after_mps)


def _takeoff(plan: Plan) -> MissionItem:
    return _place(Command.TAKEOFF, plan.home, plan.transit_height_m, acceptance_m=0.0)


def _waypoint(waypoint: Waypoint) -> MissionItem:
    item = _place(Command.WAYPOINT, waypoint.point, waypoint.height_m, acceptance_m=waypoint.acceptance_radius_m)
    heading_deg = nan if waypoint.heading_deg is None else waypoint.heading_deg
    return replace(item, p1=waypoint.hold_s, p4=heading_deg)


def _place(command: Command, point: GeoPoint, height_m: float, acceptance_m: float = TURN_ACCEPTANCE_M) -> MissionItem:
    """An item with a place; heading free (NaN)."""
    return MissionItem(
        seq=0,
        frame=FRAME_RELATIVE,
        command=command,
        p2=acceptance_m,
        p4=nan,
        x=_e7(point.lat_deg),
        y=_e7(point.lon_deg),
        z=height_m,
    )


def _do(command: Command, p1: float = 0.0, p3: float = 0.0) -> MissionItem:
    return MissionItem(seq=0, frame=FRAME_MISSION, command=command, p1=p1, p3=p3)


def _speed(speed_mps: float) -> MissionItem:
    item = _do(Command.CHANGE_SPEED, p1=SPEED_TYPE_GROUND, p3=THROTTLE_UNCHANGED)
    return replace(item, p2=speed_mps)


def _control_gimbal() -> MissionItem:
    item = _do(Command.GIMBAL_CONFIGURE, p1=MISSION_ITSELF, p3=UNCHANGED)
    return replace(item, p2=MISSION_ITSELF, p4=UNCHANGED)


def _gimbal(pitch_deg: float) -> MissionItem:
    """Pitch as given, yaw with the aircraft, rates free; parameters 5 and 7 are flags and device (0: all)."""
    item = _do(Command.GIMBAL_PITCH_YAW, p1=pitch_deg, p3=nan)
    return replace(item, p4=nan, x=CAMERA_FOLLOWS_HEADING)


def _e7(degrees: float) -> int:
    return round(degrees * DEGREES_E7)
