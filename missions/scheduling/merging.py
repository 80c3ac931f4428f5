"""Merging: demands that one pass can serve become one pass; those that cannot join are split off, and it is told why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from missions.aircraft import Camera
from missions.planning.footprint import ground_footprint
from missions.route import Route
from missions.schedule import Pass, Span
from missions.scheduling.due import DueDemand, common


@dataclass(frozen=True, slots=True)
class Split:
    """A demand that the pass over its ground does not serve, and why. `with_demand_id` is the most valuable demand of that
    pass (None: it has no other), `route_id` the route of the pass that serves the demand instead (None: no route does).
    """

    demand_id: str
    with_demand_id: str | None
    reason: str
    route_id: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The passes of a day, and what could not be merged on the same ground."""

    passes: tuple[Pass, ...]
    splits: tuple[Split, ...]


@dataclass(slots=True)
class _Group:
    """Demands that share a pass so far, with the windows they have in common."""

    members: list[DueDemand]
    windows: tuple[Span, ...]


def merge(due: Iterable[DueDemand], routes: Mapping[str, Route], camera: Camera) -> Merged:
    """One pass for as many demands of a route as can share it. The most valuable come first and set the windows.

    A pass flies as its route says; a demand that this does not satisfy (too coarse, wrong angle) is split off: it joins the
    pass of another route over the same ground that does, its own first (see `registration`). Where there is none, no pass is
    made for it.
    """
    by_route: dict[str, list[DueDemand]] = defaultdict(list)
    refused: list[tuple[DueDemand, str, str | None]] = []
    for one in due:
        reason = _against(routes.get(one.demand.ground_id), one, camera)
        route = _other_route(one, routes, camera) if reason else one.demand.ground_id
        if route is not None:
            by_route[route].append(one)
        if reason and one.number == 1:
            refused.append((one, reason, route))
    passes: list[Pass] = []
    splits: list[Split] = []
    first: dict[str, str] = {}
    for route_id, members in by_route.items():
        groups = _grouped(sorted(members, key=lambda one: (-one.value, one.demand.id, one.number)), route_id, splits)
        passes += [_pass(routes[route_id], group, number) for number, group in enumerate(groups, 1)]
        first[route_id] = groups[0].members[0].demand.id
    splits += [Split(one.demand.id, first.get(one.demand.ground_id), reason, route) for one, reason, route in refused]
    return Merged(tuple(passes), tuple(splits))


def _against(route: Route | None, due: DueDemand, camera: Camera) -> str:
    return unserved_by(route, due, camera) if route is not None else "there is no route over its ground: register it"


def _other_route(due: DueDemand, routes: Mapping[str, Route], camera: Camera) -> str | None:
    """The id of the first route over the demand's ground, for its category, that satisfies it; its own before all others."""
    demand = due.demand
    own = [routes[demand.own_route_id]] if demand.own_route_id in routes else []
    others = (one for one in routes.values() if one.geometry == demand.geometry and demand.category in one.categories)
    return next((one.id for one in (*own, *others) if not unserved_by(one, due, camera)), None)


def unserved_by(route: Route, due: DueDemand, camera: Camera) -> str:
    """Why a pass as `route` is flown does not serve the demand; empty where it does."""
    demand = due.demand
    sample_m = ground_footprint(camera, route.height_m, route.camera.pitch_deg).sample_m
    if sample_m > demand.max_sample_m * 1.001:
        return f"shows {sample_m * 100:.1f} cm a pixel; {demand.max_sample_m * 100:.1f} cm are asked for"
    if not demand.steepest_deg <= route.camera.pitch_deg <= demand.flattest_deg:
        return f"looks at {route.camera.pitch_deg:g}°; {demand.steepest_deg:g}° to {demand.flattest_deg:g}° is asked for"
    if demand.thermal and "thermal" not in route.camera.sensor:
        return "has no thermal picture"
    return ""


def _grouped(members: Sequence[DueDemand], route_id: str, splits: list[Split]) -> list[_Group]:
    groups: list[_Group] = []
    for member in members:
        for group in groups:
            shared = _common_windows(group.windows, member.windows)
            if shared and all(one.demand.id != member.demand.id for one in group.members):
                group.members.append(member)
                group.windows = shared
                break
        else:
            if groups and member.number == 1:
                first = groups[0].members[0].demand.id
                splits.append(Split(member.demand.id, first, "their times of day have nothing in common", route_id))
            groups.append(_Group([member], member.windows))
    return groups


def _common_windows(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(both for a in one for b in other if (both := common(a, b)) is not None)


def _pass(route: Route, group: _Group, number: int) -> Pass:
    return Pass(
        id=f"{route.id}@{number}",
        route_id=route.id,
        demand_ids=tuple(sorted(one.demand.id for one in group.members)),
        departments=tuple(sorted({one.demand.department_id for one in group.members})),
        height_m=route.height_m,
        speed_mps=route.speed_mps,
        camera=route.camera,
        value=sum(one.value for one in group.members),
        windows=group.windows,
    )
