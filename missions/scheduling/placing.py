"""Trips put on the day's clock: those of a round together, or each for itself, home from where its vehicle stands."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Trip
from missions.scheduling.rounds import rounds
from missions.scheduling.separating import Clock
from missions.scheduling.timetable import layered, ways_to_fly


def clock_of(legwork: Legwork) -> Clock:
    """An empty clock, whose flights pass each other at other heights where that helps."""
    problem, error_s = legwork.problem, legwork.district.operations.timing_error_s
    return Clock(problem, error_s, partial(layered, problem=problem, legwork=legwork))


def place_all(trips: Iterable[Trip], legwork: Legwork, empty: Clock | None = None) -> Clock:
    """All trips of a day, in the order of their starts, on an empty clock (None: that of the day)."""
    clock = empty or clock_of(legwork)
    for one in rounds(legwork.problem, trips):
        place_round(clock, one, [""] * len(one), legwork)
    return clock


def place_round(clock: Clock, trips: Sequence[Trip], names: Sequence[str], legwork: Legwork) -> None:
    """Trips of one vehicle, the last of them home, as they were planned; if any of them cannot be, each for itself."""
    chain = [replace(trips[0], leaves=clock.stands_at(trips[0].vehicle)), *trips[1:]]
    chain[-1] = replace(chain[-1], lands=None)
    flights = [ways_to_fly(trip, legwork.problem, legwork) for trip in chain] if len(chain) > 1 else []
    if flights and all(flights) and clock.put_together(flights, names):
        return
    for trip, name in zip(trips, names, strict=True):
        _place_alone(clock, trip, name, legwork)


def _place_alone(clock: Clock, trip: Trip, name: str, legwork: Legwork) -> None:
    """Home from where the vehicle stands; if that is elsewhere and home is too far, back to there."""
    here, home = clock.stands_at(trip.vehicle), legwork.problem.vehicles[trip.vehicle].depot
    tried = [replace(trip, leaves=here, lands=lands) for lands in dict.fromkeys((home, here))]
    flights = [ways for one in tried if (ways := ways_to_fly(one, legwork.problem, legwork))]
    for ways in flights[:-1]:
        if clock.try_at(ways) is not None:
            clock.put(ways, name)
            return
    for ways in flights[-1:]:
        clock.put(ways, name)
