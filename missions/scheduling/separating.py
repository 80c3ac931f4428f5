"""Flights put on the day's clock one after the other, each at the first moment at which it keeps apart from all before it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from missions.schedule import ScheduledFlight
from missions.scheduling.problem import Problem
from missions.scheduling.separation import Track, conflicts
from missions.scheduling.timetable import Flown, start_within

STEP_S = 30.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A flight that has its place on the clock; its trip has the start that it was given. `name` is that of a flight of
    before, and `begun` that flight itself where it is on its way already.
    """

    flown: Flown
    track: Track
    name: str = ""
    begun: ScheduledFlight | None = None

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


@dataclass(slots=True)
class _Battery:
    """What a vehicle's battery holds when it begins to charge."""

    charge_wh: float
    charging_from_s: float


@dataclass(slots=True)
class Clock:
    """The day as far as it is filled. Starts only ever move later, so flights come in the order of their starts."""

    problem: Problem
    error_s: float
    kept: list[Kept] = field(default_factory=list)
    taken_out: list[TakenOut] = field(default_factory=list)
    _batteries: dict[int, _Battery] = field(default_factory=dict)

    @property
    def served(self) -> set[int]:
        """The jobs of all flights that have their place."""
        return {job for kept in self.kept for job in kept.flown.trip.jobs}

    def put(self, one: Flown, name: str = "") -> bool:
        """Gives the flight the first good start that is not before its own; False where it has none today."""
        placed = self._placed(one)
        if isinstance(placed, TakenOut):
            self.taken_out.append(placed)
            return False
        self.hold(replace(placed, name=name))
        return True

    def try_at(self, one: Flown) -> Kept | None:
        """Where the flight would be placed, without placing it."""
        placed = self._placed(one)
        return placed if isinstance(placed, Kept) else None

    def hold(self, placed: Kept) -> None:
        """Keeps a flight where it is: one in the air, or one that `try_at` has found a place for."""
        self.kept.append(placed)
        one = placed.flown
        kind = self.problem.kinds[self.problem.vehicles[one.trip.vehicle].kind]
        before_wh = self._charge_at(one.trip.vehicle, placed.begins_s)
        charging_from_s = placed.ends_s + self.problem.turnaround_s
        self._batteries[one.trip.vehicle] = _Battery(min(before_wh, kind.full_wh) - one.energy_wh, charging_from_s)

    def free_from_s(self, vehicle: int) -> float:
        """When a vehicle may take off next, its battery left aside."""
        return self._battery(vehicle).charging_from_s

    def _placed(self, one: Flown) -> Kept | TakenOut:
        if one.energy_wh > self.problem.kinds[self.problem.vehicles[one.trip.vehicle].kind].capacity_wh:
            return TakenOut(one, None)
        start_s = max(one.trip.start_s, self._charged_s(one))
        meets: Flown | None = None
        while True:
            moved = replace(one, trip=replace(one.trip, start_s=start_s))
            in_window_s = start_within(moved, self.problem)
            if in_window_s is None or in_window_s + one.duration_s > self.problem.end_s:
                return TakenOut(one, meets)
            kept = Kept(replace(one, trip=replace(one.trip, start_s=in_window_s)), one.track(in_window_s))
            near = self._first_near(kept)
            if near is None and self._is_watched(kept):
                return kept
            meets = near.flown if near is not None else meets
            start_s = in_window_s + STEP_S

    def _charged_s(self, one: Flown) -> float:
        """When the vehicle's battery is full enough for the flight and its reserve."""
        battery = self._battery(one.trip.vehicle)
        kind = self.problem.kinds[self.problem.vehicles[one.trip.vehicle].kind]
        missing_wh = one.energy_wh + kind.reserve_wh - battery.charge_wh
        return battery.charging_from_s + max(missing_wh, 0.0) / kind.wh_per_s

    def _charge_at(self, vehicle: int, start_s: float) -> float:
        battery = self._battery(vehicle)
        kind = self.problem.kinds[self.problem.vehicles[vehicle].kind]
        return battery.charge_wh + max(start_s - battery.charging_from_s, 0.0) * kind.wh_per_s

    def _battery(self, vehicle: int) -> _Battery:
        one = self.problem.vehicles[vehicle]
        return self._batteries.get(vehicle) or _Battery(one.charge_wh, one.ready_s)

    def _first_near(self, one: Kept) -> Kept | None:
        """The flight that this one would come too near to first."""
        slack_s = 2 * self.error_s
        meeting = [k for k in self.kept if k.begins_s <= one.ends_s + slack_s and one.begins_s <= k.ends_s + slack_s]
        pairs = conflicts([one.track, *(k.track for k in meeting)], self.error_s)
        return next((meeting[other - 1] for first, other in pairs if first == 0), None)

    def _is_watched(self, one: Kept) -> bool:
        """Whether the crew may watch it beside the others: counted at every take-off while it is in the air."""
        overlapping = [k for k in self.kept if k.begins_s < one.ends_s and one.begins_s < k.ends_s]
        moments = [one.begins_s, *(k.begins_s for k in overlapping if k.begins_s >= one.begins_s)]
        return all(sum(k.begins_s <= at < k.ends_s for k in overlapping) < self.problem.crew for at in moments)


def separate(flown: Iterable[Flown], problem: Problem, error_s: float) -> Clock:
    """The flights in the order of their starts."""
    clock = Clock(problem, error_s)
    for one in sorted(flown, key=lambda each: (each.trip.start_s, each.trip.vehicle)):
        clock.put(one)
    return clock
