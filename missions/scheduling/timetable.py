"""From trips in numbers to flights in space and time: the paths as they will be flown, with the clock of the day."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from math import isfinite

import numpy as np

from missions.aircraft import AircraftType
from missions.planning.energy import LANDING_S, PathPoint, landing_wh, stretches
from missions.planning.flight_path import MIN_TRANSIT_HEIGHT_M, RETURN_CLIMB_M, Ends, FlightPath, FlownLeg, flight_path
from missions.planning.terrain import Terrain
from missions.schedule import ScheduledFlight, TimedPoint, Visit
from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Problem, Trip
from missions.scheduling.separation import Track

ROUNDING_S = 0.002
"""Moments are written to the millisecond: a start that is shifted to a window's begin goes this much further."""

LAYERS_M = (0.0, 16.0, -16.0, 26.0, -26.0)
"""Heights of ways, over what a flight's legs ask for, at which flights pass each other: 15 m apart and a metre for rounding,
and as much from those that are on their way home, 10 m higher.
"""


@dataclass(frozen=True, slots=True)
class Flown:
    """A trip as it is flown: `at_s` are the seconds after take-off at each point of the path, `ground_m` the altitude of its
    dock, over which the path's heights are counted.
    """

    trip: Trip
    path: FlightPath
    at_s: tuple[float, ...]
    energy_wh: float
    distance_m: float
    ground_m: float

    @property
    def duration_s(self) -> float:
        """From take-off to landing."""
        return self.at_s[-1]

    def visits_s(self) -> list[tuple[float, float]]:
        """Begin and end of each visit, in seconds after take-off."""
        return [(self.at_s[first], self.at_s[last]) for first, last in self.path.legs]

    def track(self, start_s: float) -> Track:
        """Where it is and when, if it takes off at `start_s`."""
        rows = [(*p.xy, self.ground_m + p.height_m, start_s + at) for p, at in zip(self.path.points, self.at_s, strict=True)]
        return Track(np.array(rows))


def fly(trip: Trip, problem: Problem, legwork: Legwork) -> Flown:
    """The path of a trip, point by point. Its times lie no later than the problem's, which are upper bounds for ways as low as
    they may be.
    """
    kind, (leaves, lands) = problem.vehicles[trip.vehicle].kind, problem.ends_of(trip)
    performance = legwork.performances[kind]
    type, wind = performance.aircraft, performance.wind
    path = _path(trip, (leaves, lands), legwork)
    flown = stretches(type, path.points, wind)
    at_s = np.concatenate([[0.0], np.cumsum([one.duration_s for one in flown])])
    at_s[-1] += LANDING_S
    energy_wh = sum(one.energy_wh for one in flown) + landing_wh(type, wind)
    distance_m = sum(one.distance_m for one in flown)
    return Flown(trip, path, tuple(float(at) for at in at_s), energy_wh, distance_m, legwork.ground_m(leaves))


def flown_as(flight: ScheduledFlight, trip: Trip, legwork: Legwork) -> Flown:
    """A flight that is on its way, exactly as it was scheduled."""
    places = [legwork.frame.to_xy(point.point) for point in flight.path]
    moments = [point.at for point in flight.path]
    points = tuple(PathPoint(xy, point.height_m, 1.0) for xy, point in zip(places, flight.path, strict=True))
    legs = tuple((bisect_left(moments, visit.begins_at), bisect_left(moments, visit.ends_at)) for visit in flight.visits)
    heights = [point.height_m for point in flight.path]
    at_s = tuple((moment - flight.takes_off_at).total_seconds() for moment in moments)
    path = FlightPath(points, legs, max(heights), max(heights))
    ground_m = legwork.ground_m(legwork.problem.ends_of(trip)[0])
    return Flown(trip, path, at_s, flight.energy_wh, flight.distance_m, ground_m)


def ways_to_fly(trip: Trip, problem: Problem, legwork: Legwork) -> list[Flown]:
    """The trip under each sky in which there are ways for it, the least closed first."""
    skies = [number for number in range(len(problem.ways_at)) if has_ways(trip, problem, number)]
    return [fly(replace(trip, sky=number), problem, legwork) for number in skies]


def layered(flown: Flown, problem: Problem, legwork: Legwork) -> list[Flown]:
    """The same flight with its ways on other layers, as far as they may be; none over ground that is followed."""
    if legwork.terrain is not None:
        return []
    plain_m, highest_m = flown.path.transit_height_m - flown.trip.layer_m, legwork.district.airspace.max_height_m
    layers_m = [one for one in LAYERS_M if one == 0 or MIN_TRANSIT_HEIGHT_M <= plain_m + one <= highest_m]
    return [fly(replace(flown.trip, layer_m=one), problem, legwork) for one in layers_m if one != flown.trip.layer_m]


def has_ways(trip: Trip, problem: Problem, sky: int = 0) -> bool:
    """Whether the vehicle's kind can serve the jobs of a trip, and under a sky ways lead from each to the next."""
    kind, (leaves, lands) = problem.vehicles[trip.vehicle].kind, problem.ends_of(trip)
    places, travel_s = (problem.jobs + leaves, *trip.jobs, problem.jobs + lands), problem.ways_at[sky].travel.reading_s(kind)
    is_able = problem.are_level(leaves, lands) and all(problem.able[kind, job] for job in trip.jobs)
    return is_able and all(isfinite(travel_s[here, there]) for here, there in pairwise(places))


def start_within(flown: Flown, problem: Problem) -> float | None:
    """The earliest start, not before the trip's own, with which every visit lies in a window and the whole flight in the hours
    of its ways; None where there is none.

    A flight as flown is a little faster than the numbers it was planned by, so that a visit might begin before its window.
    """
    start_s, hours = flown.trip.start_s, problem.ways_at[flown.trip.sky].windows
    wanted = [(hours, 0.0, flown.duration_s)] if problem.skies else []
    wanted += [(problem.windows[job], *visit) for job, visit in zip(flown.trip.jobs, flown.visits_s(), strict=True)]
    for _ in range(sum(len(windows) for windows, _, _ in wanted) + 1):
        late_s = 0.0
        for windows, begin, end in wanted:
            fitting = [window for window in windows if start_s + end <= window.latest_s + 1e-6]
            if not fitting:
                return None
            late_s = max(late_s, min(max(window.earliest_s - (start_s + begin), 0.0) for window in fitting))
        if late_s <= 1e-6:
            return start_s
        start_s += late_s + ROUNDING_S
    return None


def scheduled(flown: Flown, legwork: Legwork, id: str) -> ScheduledFlight:
    """The flight as people read it, at its trip's start."""
    leaves, lands = (legwork.district.docks[depot].id for depot in legwork.problem.ends_of(flown.trip))
    begins_at = legwork.flying.begins_at
    moments = [begins_at + timedelta(seconds=round(flown.trip.start_s + at, 3)) for at in flown.at_s]
    places = legwork.frame.to_geo_many([point.xy for point in flown.path.points])
    timed = [
        TimedPoint(point=place, height_m=point.height_m, at=at)
        for place, point, at in zip(places, flown.path.points, moments, strict=True)
    ]
    visits = [
        Visit(
            pass_id=legwork.passes[job].id,
            route_id=legwork.passes[job].route_id,
            begins_at=moments[first],
            ends_at=moments[last],
        )
        for job, (first, last) in zip(flown.trip.jobs, flown.path.legs, strict=True)
    ]
    return ScheduledFlight(
        id=id,
        drone_id=legwork.drones[flown.trip.vehicle].id,
        from_dock_id=leaves,
        to_dock_id=lands,
        takes_off_at=moments[0],
        lands_at=moments[-1],
        visits=tuple(visits),
        path=_without_repeats(timed),
        energy_wh=flown.energy_wh,
        distance_m=flown.distance_m,
        layer_m=flown.trip.layer_m,
    )


def _path(trip: Trip, ends: tuple[int, int], legwork: Legwork) -> FlightPath:
    kind, max_height_m = legwork.problem.vehicles[trip.vehicle].kind, legwork.district.airspace.max_height_m
    type = legwork.district.aircraft_types[kind]
    start, dock = (legwork.docks[depot] for depot in ends)
    rise_m = legwork.ground_m(ends[1]) - legwork.ground_m(ends[0]) if legwork.terrain is None else 0.0
    return_climb_m = RETURN_CLIMB_M if legwork.terrain is None else 0.0
    ways, here = legwork.airways.ways(trip.sky), start
    legs: list[FlownLeg] = []
    for job in trip.jobs:
        points = legwork.leg(kind, job).points
        way = ways.way(here, points[0].xy)
        legs.append(FlownLeg(way[1:-1] if way else (), points))
        here = points[-1].xy
    home = ways.way(here, dock)
    corners = Ends(start, dock, home[1:-1] if home else (), rise_m)
    path = flight_path(corners, legs, type.cruise_mps, max_height_m, return_climb_m, trip.layer_m)
    return path if legwork.terrain is None else _over(legwork.terrain, path, type, legwork.ground_m(ends[0]))


def _over(terrain: Terrain, path: FlightPath, type: AircraftType, take_off_m: float) -> FlightPath:
    """The path over real ground, in heights over the take-off."""
    followed = terrain.follow(path.points, type, take_off_m)
    spans = tuple((followed.origins[first], followed.origins[last]) for first, last in path.legs)
    highest_m = max(point.height_m for point in followed.points)
    return FlightPath(followed.points, spans, highest_m, highest_m)


def _without_repeats(points: Sequence[TimedPoint]) -> tuple[TimedPoint, ...]:
    """Times strictly increase: a point at the same moment as the one before (no height to change, no way to go) is left out."""
    kept = [points[0]]
    for point in points[1:]:
        if point.at > kept[-1].at:
            kept.append(point)
    return tuple(kept)
