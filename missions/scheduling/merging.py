"""Merging: demands that one pass can serve become one pass; those that cannot join are split off, and it is told why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from missions.aircraft import AircraftType
from missions.demand import DemandOrigin
from missions.route import Route
from missions.schedule import Look, MergeKind, MergeNote, Pass, Span
from missions.scheduling.due import DueDemand, common
from missions.scheduling.fitting import finest_camera, fitted, leg_cost, unserved_by

AMPLE = timedelta(hours=1)
"""A common time of this length is enough for any pass: no battery lasts longer."""

BATTERY_SHARE = 0.7
"""Of what may be used of a battery, for one pass that several demands share: the rest is for the ways to it and back."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The passes of a day, and what is to be told of how demands came to them."""

    passes: tuple[Pass, ...]
    notes: tuple[MergeNote, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Demands that share a pass so far, their common windows, and the route as the pass flies it for them."""

    members: tuple[DueDemand, ...]
    windows: tuple[Span, ...]
    route: Route


@dataclass(slots=True)
class _Ground:
    """What is due on one ground: the passes over it so far, and the demands that could not join one, with the reason."""

    groups: list[_Group] = field(default_factory=list)
    notes: list[MergeNote] = field(default_factory=list)


def merge(due: Iterable[DueDemand], routes: Mapping[str, Route], types: Sequence[AircraftType]) -> Merged:
    """One pass for as many demands of a ground as can share it; the most valuable come first and set the windows.

    The finest demand sets a pass's height and camera, where one pass for all takes no longer than two; else it has a pass of
    its own over the same ground. Heights are those of the fleet's finest camera.
    """
    passes: list[Pass] = []
    notes: list[MergeNote] = []
    count: dict[str, int] = defaultdict(int)
    for ground_id, members in _by_ground(due).items():
        ground = _Ground()
        for member in sorted(members, key=lambda one: (-one.value, one.demand.id, one.number)):
            _put(member, ground, routes.get(ground_id), routes.get(member.demand.own_route_id), types)
        for group in ground.groups:
            count[group.route.id] += 1
            passes.append(pass_for(group.members, group.route, group.windows, f"{group.route.id}@{count[group.route.id]}"))
        notes += ground.notes
    serving = {id: one.id for one in reversed(passes) for id in one.demand_ids}
    return Merged(tuple(passes), tuple(note.model_copy(update={"pass_id": serving.get(note.demand_id)}) for note in notes))


def _by_ground(due: Iterable[DueDemand]) -> dict[str, list[DueDemand]]:
    """Demands by the route whose ground they are of. One beside the catalogue's that asks for exactly the ground of a
    catalogue's route which is due belongs to that route.
    """
    looks = list(due)
    standing = [one.demand for one in looks if one.demand.origin is DemandOrigin.CATALOGUE]
    same = {demand.geometry: demand.ground_id for demand in standing} if len(standing) < len(looks) else {}
    by_ground: dict[str, list[DueDemand]] = defaultdict(list)
    for one in looks:
        ground_id = one.demand.ground_id
        is_standing = one.demand.origin is DemandOrigin.CATALOGUE
        by_ground[ground_id if is_standing else same.get(one.demand.geometry, ground_id)].append(one)
    return by_ground


def _put(member: DueDemand, ground: _Ground, base: Route | None, own: Route | None, types: Sequence[AircraftType]) -> None:
    """Into the first pass that it can share, else into one of its own; where there can be none, it is left."""
    alone = _alone(member, base, own, types)
    if isinstance(alone, str):
        ground.notes += _notes(MergeKind.LEFT, member, alone, ground)
        return
    against: list[str] = []
    for number, group in enumerate(ground.groups):
        joint = _joint(group, member, base or alone, alone, types)
        if isinstance(joint, _Group):
            ground.groups[number] = joint
            return
        against.append(joint)
    if any(against):
        ground.notes += _notes(MergeKind.SPLIT, member, next(filter(None, against)), ground)
    ground.groups.append(_Group((member,), member.windows, alone))


def _alone(member: DueDemand, base: Route | None, own: Route | None, types: Sequence[AircraftType]) -> Route | str:
    """The route as a pass for this demand alone flies it: its own where it has one (see `registration`)."""
    camera = finest_camera(types)
    if own is not None and not unserved_by(own, member.demand, camera):
        return own
    known = base or own
    return fitted(known, [member.demand], camera) if known is not None else "there is no route over its ground: register it"


def _joint(group: _Group, member: DueDemand, base: Route, alone: Route, types: Sequence[AircraftType]) -> _Group | str:
    """The group with one demand more; or why that cannot be, empty where it is another look of the same demand."""
    if any(one.demand.id == member.demand.id for one in group.members):
        return ""
    windows = common_windows(group.windows, member.windows)
    if not windows:
        return "their times of day have nothing in common"
    members = (*group.members, member)
    route = fitted(base, [one.demand for one in members], finest_camera(types))
    if isinstance(route, str):
        return route
    if not (_is_flown_as(route, group.route) and _is_flown_as(route, alone)):
        dearer = _dearer(route, (group.route, alone), types)
        if dearer:
            return "; ".join(filter(None, (unserved_by(group.route, member.demand, finest_camera(types)), dearer)))
    if not has_time_for(route, windows, types):
        return "the time that they have in common is too short for the pass"
    return _Group(members, windows, route)


def has_time_for(route: Route, windows: Sequence[Span], types: Sequence[AircraftType]) -> bool:
    """Whether a pass over the route fits into one of these windows."""
    longest = max(one.ends_at - one.begins_at for one in windows)
    if longest >= AMPLE:
        return True
    cost = leg_cost(route, types)
    return cost is None or cost.duration_s <= longest.total_seconds()


def _is_flown_as(one: Route, other: Route) -> bool:
    return (one.height_m, one.speed_mps, one.camera) == (other.height_m, other.speed_mps, other.camera)


def _dearer(joint: Route, apart: Sequence[Route], types: Sequence[AircraftType]) -> str:
    """Why one pass is not worth it, empty where it takes no longer than those apart. Ways to a pass of its own come on top of
    what is counted here, so that what joins saves at least that. A pass that no battery holds would leave all unserved.
    """
    cost, others = leg_cost(joint, types), [leg_cost(one, types) for one in apart]
    if cost is None:
        return "no aircraft can fly one pass for all"
    known = [one for one in others if one is not None]
    if cost.battery_share > max(BATTERY_SHARE, min((one.battery_share for one in known), default=0.0)):
        return f"one pass from {joint.height_m:g} m would take {cost.battery_share:.0%} of a battery"
    apart_s = sum(one.duration_s for one in known)
    if len(known) < len(others) or cost.duration_s <= apart_s:
        return ""
    return f"one pass from {joint.height_m:g} m would take {cost.duration_s:.0f} s, two take {apart_s:.0f} s"


def common_windows(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """What two lists of times have in common."""
    return tuple(both for a in one for b in other if (both := common(a, b)) is not None)


def _notes(kind: MergeKind, member: DueDemand, reason: str, ground: _Ground) -> list[MergeNote]:
    """Of a demand that is due twice it is told once."""
    if member.number > 1:
        return []
    first = ground.groups[0].members[0].demand.id if ground.groups else None
    demand = member.demand
    note = MergeNote(
        kind=kind,
        demand_id=demand.id,
        department_id=demand.department_id,
        category=demand.category,
        reason=reason,
        with_demand_id=first,
    )
    return [note]


def pass_for(dues: Sequence[DueDemand], route: Route, windows: tuple[Span, ...], id: str) -> Pass:
    """A pass over `route`, flown as that says, for demands of its own ground; `windows` are those that they have in common."""
    looks = _ordered(_look(one) for one in dues)
    return Pass(
        id=id,
        route_id=route.id,
        height_m=route.height_m,
        speed_mps=route.speed_mps,
        camera=route.camera,
        windows=windows,
        looks=looks,
        **_following(looks),
    )


def with_looks(one: Pass, looks: Sequence[Look], windows: tuple[Span, ...]) -> Pass:
    """The pass with these demands instead; `windows` are those that they have in common."""
    ordered = _ordered(looks)
    return one.model_copy(update={"windows": windows, "looks": ordered, **_following(ordered)})


def _ordered(looks: Iterable[Look]) -> tuple[Look, ...]:
    return tuple(sorted(looks, key=lambda look: look.demand_id))


def _following(looks: Sequence[Look]) -> dict[str, Any]:
    """The fields of a pass that follow from its looks."""
    return {
        "demand_ids": tuple(look.demand_id for look in looks),
        "departments": tuple(sorted({look.department_id for look in looks})),
        "value": sum(look.value for look in looks),
    }


def _look(due: DueDemand) -> Look:
    """What a due demand asks of the pass over its own ground."""
    demand = due.demand
    return Look(
        demand_id=demand.id,
        department_id=demand.department_id,
        category=demand.category,
        max_sample_m=demand.max_sample_m,
        steepest_deg=demand.steepest_deg,
        flattest_deg=demand.flattest_deg,
        thermal=demand.thermal,
        value=due.value,
        windows=due.windows,
    )
