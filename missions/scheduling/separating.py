"""Flights put on the day's clock one after the other, each at the first moment at which it keeps apart from all before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isinf

from missions.schedule import ScheduledFlight
from missions.scheduling.charging import charged_wh, charging_s
from missions.scheduling.guest_places import GuestPlaces, Stay
from missions.scheduling.problem import Problem
from missions.scheduling.separation import Track, first_met
from missions.scheduling.timetable import Flown, start_within

STEP_S = 30.0

Layered = Callable[[Flown], Sequence[Flown]]
"""A flight with its ways at other heights."""


def _as_it_is(flown: Flown) -> Sequence[Flown]:
    return ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A flight that has its place on the clock; its trip has the start that it was given. `name` is that of a flight of
    before, and `begun` that flight itself where it is on its way already. For others it starts `shifted_s` later than it could.
    """

    flown: Flown
    track: Track
    name: str = ""
    begun: ScheduledFlight | None = None
    shifted_s: float = 0.0

    @property
    def begins_s(self) -> float:
        """Take-off."""
        return self.flown.trip.start_s

    @property
    def ends_s(self) -> float:
        """Landing."""
        return self.flown.trip.start_s + self.flown.duration_s


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A flight without a place, and the one that was in its way last (None: the day, its windows or its battery were)."""

    flown: Flown
    meets: Flown | None


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a vehicle stands, since when its battery is charged, and what it held then."""

    depot: int
    charging_from_s: float
    charge_wh: float


@dataclass(slots=True)
class Clock:
    """The day as far as it is filled. Starts only ever move later, so flights come in the order of their starts.

    A flight that is in the way of others is tried in the ways that `layered` has for it, too.
    """

    problem: Problem
    error_s: float
    layered: Layered = _as_it_is
    kept: list[Kept] = field(default_factory=list)
    taken_out: list[TakenOut] = field(default_factory=list)
    _stands: dict[int, _Stand] = field(default_factory=dict)
    _guests: GuestPlaces = field(init=False)

    def __post_init__(self) -> None:
        self._guests = GuestPlaces(self.problem)

    @property
    def served(self) -> set[int]:
        """The jobs of all flights that have their place."""
        return {job for kept in self.kept for job in kept.flown.trip.jobs}

    def put(self, ways: Sequence[Flown], name: str = "") -> bool:
        """Gives the flight the first good start, not before its own, in one of these ways; False where it has none today."""
        placed = self._first_home(ways)
        if isinstance(placed, Kept):
            self.hold(replace(placed, name=name))
            return True
        self.taken_out += [placed] if placed else []
        return False

    def put_together(self, flights: Sequence[Sequence[Flown]], names: Sequence[str]) -> bool:
        """Gives several flights of one vehicle, each in one of its ways and in their order, a start each and places to land; or
        changes nothing.
        """
        vehicle = flights[0][0].trip.vehicle
        kept, stand, stays = len(self.kept), self._stand(vehicle), self._guests.of(vehicle)
        for ways, name in zip(flights, names, strict=True):
            placed = self._first_home(ways)
            if not isinstance(placed, Kept):
                break
            self.hold(replace(placed, name=name))
        if len(self.kept) - kept == len(flights) and self._guests.have_room(vehicle, self._guests.of(vehicle)):
            return True
        del self.kept[kept:]
        self._stands[vehicle] = stand
        self._guests.set(vehicle, stays)
        return False

    def try_at(self, ways: Sequence[Flown]) -> Kept | None:
        """Where the flight would be placed, without placing it."""
        placed = self._first_home(ways)
        return placed if isinstance(placed, Kept) else None

    def hold(self, placed: Kept) -> None:
        """Keeps a flight where it is: one in the air, or one that `try_at` has found a place for."""
        self.kept.append(placed)
        trip, lands = placed.flown.trip, self.problem.ends_of(placed.flown.trip)[1]
        charge_wh = self._charge_at(trip.vehicle, placed.begins_s) - placed.flown.energy_wh
        self._stands[trip.vehicle] = _Stand(lands, placed.ends_s + self.problem.turnaround_s, charge_wh)
        self._guests.set(trip.vehicle, self._stays_with(placed))

    def free_from_s(self, vehicle: int) -> float:
        """When a vehicle may take off next, its battery left aside."""
        return self._stand(vehicle).charging_from_s

    def stands_at(self, vehicle: int) -> int:
        """The depot in which a vehicle is after the last of its flights."""
        return self._stand(vehicle).depot

    def _first_home(self, ways: Sequence[Flown]) -> Kept | TakenOut | None:
        """The way in which the flight lands first, of equals the first; if it has no place in any, why not in the first. Other
        heights are tried where others are in its way, and no way of these is free of them.
        """
        placed = [self._placed(one) for one in ways]
        kept = min((one for one in placed if isinstance(one, Kept)), key=lambda one: one.ends_s, default=None)
        if kept is not None and not kept.shifted_s:
            return kept
        crossed = [way for way, one in zip(ways, placed, strict=True) if isinstance(one, Kept) or one.meets]
        for other in (other for one in crossed for other in self.layered(one)):
            sooner = self._placed(other, kept.ends_s if kept else inf)
            kept = sooner if isinstance(sooner, Kept) else kept
        return kept or (placed[0] if placed else None)

    def _placed(self, one: Flown, lands_before_s: float = inf) -> Kept | TakenOut:
        """The flight at its first good start, if it lands before that moment."""
        if one.energy_wh > self.problem.kinds[self.problem.vehicles[one.trip.vehicle].kind].capacity_wh:
            return TakenOut(one, None)
        start_s = max(one.trip.start_s, self._charged_s(one))
        if isinf(start_s) or self.problem.ends_of(one.trip)[0] != self.stands_at(one.trip.vehicle):
            return TakenOut(one, None)
        meets: Flown | None = None
        first_s: float | None = None
        while True:
            moved = replace(one, trip=replace(one.trip, start_s=start_s))
            in_window_s = start_within(moved, self.problem)
            ends_s = None if in_window_s is None else in_window_s + one.duration_s
            if in_window_s is None or ends_s is None or ends_s > self.problem.end_s or ends_s >= lands_before_s:
                return TakenOut(one, meets)
            first_s = in_window_s if first_s is None else first_s
            placed = replace(one, trip=replace(one.trip, start_s=in_window_s))
            kept = Kept(placed, one.track(in_window_s), shifted_s=in_window_s - first_s)
            near = self._first_near(kept)
            if near is None and self._is_watched(kept):
                return kept
            meets = near.flown if near is not None else meets
            start_s = in_window_s + STEP_S

    def _charged_s(self, one: Flown) -> float:
        """When the vehicle's battery is full enough for the flight and its reserve."""
        stand, kind = self._stand(one.trip.vehicle), self.problem.vehicles[one.trip.vehicle].kind
        wanted_wh = one.energy_wh + self.problem.kinds[kind].reserve_wh
        return stand.charging_from_s + charging_s(self.problem, kind, stand.depot, stand.charge_wh, wanted_wh)

    def _charge_at(self, vehicle: int, start_s: float) -> float:
        stand, kind = self._stand(vehicle), self.problem.vehicles[vehicle].kind
        return charged_wh(self.problem, kind, stand.depot, stand.charge_wh, start_s - stand.charging_from_s)

    def _stand(self, vehicle: int) -> _Stand:
        one = self.problem.vehicles[vehicle]
        return self._stands.get(vehicle) or _Stand(one.depot, one.ready_s, one.charge_wh)

    def _stays_with(self, placed: Kept) -> list[Stay]:
        """Where a vehicle is a guest: until it takes off again, or for good as far as is known."""
        trip, home = placed.flown.trip, self.problem.vehicles[placed.flown.trip.vehicle].depot
        leaves, lands = self.problem.ends_of(trip)
        stays = list(self._guests.of(trip.vehicle))
        if leaves != home and stays:
            stays[-1] = stays[-1]._replace(ends_s=placed.ends_s)
        return [*stays, Stay(lands, placed.ends_s, inf)] if lands != home else stays

    def _first_near(self, one: Kept) -> Kept | None:
        """The flight that this one would come too near to first."""
        slack_s = 2 * self.error_s
        meeting = [k for k in self.kept if k.begins_s <= one.ends_s + slack_s and one.begins_s <= k.ends_s + slack_s]
        met = first_met(one.track, [k.track for k in meeting], self.error_s)
        return None if met is None else meeting[met]

    def _is_watched(self, one: Kept) -> bool:
        """Whether the crew may watch it beside the others: counted at every take-off while it is in the air."""
        overlapping = [k for k in self.kept if k.begins_s < one.ends_s and one.begins_s < k.ends_s]
        moments = [one.begins_s, *(k.begins_s for k in overlapping if k.begins_s >= one.begins_s)]
        return all(sum(k.begins_s <= at < k.ends_s for k in overlapping) < self.problem.crew for at in moments)
