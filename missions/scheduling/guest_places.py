"""Who stands in a depot that is not its home, from when to when, and whether there is a place for it."""

from collections.abc import Iterable
from typing import NamedTuple

from missions.scheduling.problem import Problem


class Stay(NamedTuple):
    """A guest has a place in a depot from its landing there to its next landing: on a failsafe it returns there."""

    depot: int
    begins_s: float
    ends_s: float


class GuestPlaces:
    """The stays of all vehicles. A vehicle at home takes no guest's place, and no guest takes a place at home."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._stays: dict[int, tuple[Stay, ...]] = {}

    def set(self, vehicle: int, stays: Iterable[Stay]) -> None:
        """Take these for all the stays of a vehicle."""
        self._stays[vehicle] = tuple(stays)
        if not self._stays[vehicle]:
            del self._stays[vehicle]

    def of(self, vehicle: int) -> tuple[Stay, ...]:
        """The stays of a vehicle."""
        return self._stays.get(vehicle, ())

    def have_room(self, vehicle: int, stays: Iterable[Stay]) -> bool:
        """Whether a vehicle may have these stays, beside those of the others."""
        return all(self._has_room(vehicle, stay) for stay in stays)

    def _has_room(self, vehicle: int, stay: Stay) -> bool:
        places = self._problem.offer(stay.depot).guest_places
        if not may_land(self._problem, vehicle, stay.depot):
            return False
        others = [one for other, stays in self._stays.items() if other != vehicle for one in stays if one.depot == stay.depot]
        meeting = [one for one in others if one.begins_s < stay.ends_s and stay.begins_s < one.ends_s]
        moments = [stay.begins_s, *(one.begins_s for one in meeting if one.begins_s >= stay.begins_s)]
        return all(sum(one.begins_s <= at_s < one.ends_s for one in meeting) < places for at_s in moments)


def may_land(problem: Problem, vehicle: int, depot: int) -> bool:
    """Whether a depot takes vehicles of this one's kind, as its home or as guests."""
    one, offer = problem.vehicles[vehicle], problem.offer(depot)
    return depot == one.depot or (offer.guest_places > 0 and (offer.guests is None or one.kind in offer.guests))
