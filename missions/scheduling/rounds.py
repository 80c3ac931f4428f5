"""Trips that belong together: from a vehicle's leaving home until it is home again."""

from collections.abc import Iterable

from missions.scheduling.problem import Problem, Trip


def rounds(problem: Problem, trips: Iterable[Trip]) -> list[tuple[Trip, ...]]:
    """The trips of each vehicle, cut wherever one ends at home; in the order of their first starts, then of the vehicles.

    The last round of a vehicle may end elsewhere, where the trips do.
    """
    open_rounds: dict[int, list[Trip]] = {}
    done: list[tuple[Trip, ...]] = []
    for trip in sorted(trips, key=lambda one: (one.start_s, one.vehicle)):
        own = open_rounds.setdefault(trip.vehicle, [])
        own.append(trip)
        if problem.ends_of(trip)[1] == problem.vehicles[trip.vehicle].depot:
            done.append(tuple(open_rounds.pop(trip.vehicle)))
    done += [tuple(own) for own in open_rounds.values()]
    return sorted(done, key=lambda own: (own[0].start_s, own[0].vehicle))
