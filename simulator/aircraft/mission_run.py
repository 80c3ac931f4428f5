"""Flies the stored mission, item by item, the way PX4's navigator does; pausing and resuming included."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from simulator.aircraft.action import Actor, action_of
from simulator.aircraft.guidance import Rates, Target
from simulator.aircraft.mission_item import Cmd, Item
from simulator.aircraft.mission_memory import Memory
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.site import Site
from simulator.aircraft.task import Hold, Land, Own, default_rates
from simulator.aircraft.vector import Vector, turn_deg

MAX_INSTANT_ITEMS = 200
"""Items without a place carried out in one step at most, so that a mission that only jumps does not hang the aircraft."""


class MissionRun:
    """The mission and how far it has come. `current` is the item being flown."""

    def __init__(self, parameters: Parameters, site: Site, actor: Actor) -> None:
        self._parameters = parameters
        self._site = site
        self._actor = actor
        self.items: tuple[Item, ...] = ()
        self.current = 0
        self.reached: list[int] = []
        self.finished = False
        self.cruise_mps: float | None = None
        self.was_activated = False
        self.disarmed_since = False
        self._paused_at = -1
        self._resumed_from = 0
        self._memory = Memory()
        self._begin_item(None)
        self._hold: Hold | None = None
        self._line_start: Vector | None = None
        self._climb_to: Vector | None = None
        self._jumps: dict[int, int] = {}

    def load(self, items: Sequence[Item]) -> None:
        """Takes another mission, from its first item (or the one marked current)."""
        self.items = tuple(items)
        self.current = next((item.seq for item in self.items if item.current), 0)
        self._restart()
        self.was_activated = False

    def jump_to(self, index: int) -> bool:
        """Makes an item the current one; False where there is none such."""
        if not 0 <= index < len(self.items):
            return False
        self.current = index
        self.finished = False
        self._paused_at = -1
        self._begin_item(None)
        return True

    def activate(self, own: Own) -> None:
        """The mode is entered: at the start, or after a pause, one item earlier if pictures were being taken."""
        if self.disarmed_since and self.was_activated and self.current + 1 >= len(self.items):
            self.current = 0
            self._restart()
        self.was_activated, self.disarmed_since = True, False
        self.cruise_mps = None
        self._memory = Memory(self.items[: self.current])
        earlier = self._place_before(self._paused_at - 1) if self._paused_at > 0 and self._memory.was_triggering else None
        if earlier is None:
            self._memory.replay_speed(self._actor)
        else:
            self.current = earlier
        self._resumed_from, self._paused_at = self.current, -1
        self._line_start, self._hold = own.position, None
        self._begin_item(None)
        self._climb_to = self._first_climb(own)

    def deactivate(self) -> None:
        """The mode is left: where it stood is kept."""
        self._paused_at = self.current

    def target(self, own: Own) -> Target | None:
        """Where to fly now. Items without a place are carried out on the way."""
        if self._climb_to is not None:
            if own.landed or own.position.up < self._climb_to.up - self._parameters["NAV_MC_ALT_RAD"]:
                return Target(self._climb_to, self._rates(), nose_along_path=False)
            self._climb_to, self._line_start = None, own.position
        for _ in range(MAX_INSTANT_ITEMS):
            if self.finished or not self.items:
                return self._rest(own)
            item = self.items[self.current]
            self._remember()
            if not self._is_done(item, own):
                return self._target_of(item, own)
            self._complete(item)
        return self._rest(own)

    @property
    def is_landing(self) -> bool:
        """Whether a landing item is coming down."""
        return self._landing is not None

    @property
    def is_climbing_first(self) -> bool:
        """Whether it still climbs to the height of the first place."""
        return self._climb_to is not None

    def _rates(self) -> Rates:
        rates = default_rates(self._parameters)
        if self.cruise_mps is None:
            return rates
        return replace(rates, cruise_mps=min(self.cruise_mps, self._parameters["MPC_XY_VEL_MAX"]))

    def _restart(self) -> None:
        self.finished = False
        self.reached.clear()
        self._paused_at = -1
        self._jumps = {}
        self._begin_item(None)

    def _begin_item(self, line_start: Vector | None) -> None:
        self._arrived_at_s: float | None = None
        self._landing: Land | None = None
        if line_start is not None:
            self._line_start = line_start

    def _remember(self) -> None:
        """A resumed mission turns the gimbal at once; speed and camera wait until the place it resumes at is passed."""
        self._memory.replay_gimbal(self._actor)
        if self.current > self._resumed_from:
            self._memory.replay_trigger(self._actor)
            self._memory.replay_speed(self._actor)

    def _is_done(self, item: Item, own: Own) -> bool:
        if item.command == Cmd.DELAY:
            return self._has_stayed(item.params[0], own)
        if not item.has_place:
            if item.command != Cmd.DO_JUMP:
                self._actor.act(action_of(item))
            return True
        if item.command == Cmd.LAND:
            return own.landed and self._landing is not None
        if item.command == Cmd.LOITER_UNLIMITED or own.landed:
            return False
        if self._arrived_at_s is None and not self._is_there(item, own):
            return False
        stays = item.params[0] if item.command in (Cmd.WAYPOINT, Cmd.LOITER_TIME) and isfinite(item.params[0]) else 0.0
        return self._has_stayed(stays, own)

    def _has_stayed(self, seconds: float, own: Own) -> bool:
        if self._arrived_at_s is None:
            self._arrived_at_s = own.time_s
        return own.time_s >= self._arrived_at_s + seconds

    def _is_there(self, item: Item, own: Own) -> bool:
        away = self._site.place_of(item).minus(own.position)
        heading = _heading(item)
        turned = heading is None or abs(turn_deg(own.heading_deg, heading)) <= self._parameters["MIS_YAW_ERR"]
        is_near = away.horizontal <= self._acceptance_m(item) and abs(away.up) <= self._parameters["NAV_MC_ALT_RAD"]
        return is_near and turned

    def _acceptance_m(self, item: Item) -> float:
        own_radius = item.params[1] if item.command == Cmd.WAYPOINT else 0.0
        return own_radius if own_radius > 0.0 else self._parameters["NAV_ACC_RAD"]

    def _complete(self, item: Item) -> None:
        self.reached.append(self.current)
        following = self._jump(item) if item.command == Cmd.DO_JUMP else self.current + 1
        if not item.autocontinue or following >= len(self.items):
            self._hold = Hold(self._parameters, self._site.place_of(item) if item.has_place else None)
            self.finished = True
            return
        self.current = following
        self._begin_item(self._site.place_of(item) if item.has_place else None)

    def _jump(self, item: Item) -> int:
        times = self._jumps.get(item.seq, 0)
        if times >= item.params[1] or not 0 <= item.params[0] < len(self.items):
            return self.current + 1
        self._jumps[item.seq] = times + 1
        return int(item.params[0])

    def _target_of(self, item: Item, own: Own) -> Target | None:
        if item.command == Cmd.DELAY:
            return self._rest(own)
        place = self._site.place_of(item)
        if item.command == Cmd.LAND and self._landing_place_reached(place, own):
            self._landing = self._landing or Land(self._parameters, place)
            return self._landing.target(own)
        self._hold = None
        height = own.position.up if item.command == Cmd.LAND else place.up
        pauses = item.command != Cmd.WAYPOINT or item.params[0] > 0
        return Target(
            place.level(height),
            self._rates(),
            start=self._line_start,
            onward=None if pauses else self._next_place(),
            heading_deg=_heading(item),
            acceptance_m=self._acceptance_m(item),
        )

    def _landing_place_reached(self, place: Vector, own: Own) -> bool:
        return self._landing is not None or place.minus(own.position).horizontal <= self._parameters["NAV_ACC_RAD"]

    def _next_place(self) -> Vector | None:
        following = next((item for item in self.items[self.current + 1 :] if item.has_place), None)
        return self._site.place_of(following) if following else None

    def _place_before(self, index: int) -> int | None:
        """The last item with a place before `index`."""
        return next((i for i in range(min(index, len(self.items)) - 1, -1, -1) if self.items[i].has_place), None)

    def _first_climb(self, own: Own) -> Vector | None:
        """PX4 climbs where it is to the height of the first place, before it flies there."""
        first = next((item for item in self.items[self.current :] if item.has_place and item.command != Cmd.LAND), None)
        if first is None:
            return None
        height = self._site.place_of(first).up
        return own.position.level(height) if height - own.position.up > self._parameters["NAV_MC_ALT_RAD"] else None

    def _rest(self, own: Own) -> Target | None:
        if self._hold is None:
            self._hold = Hold(self._parameters)
        return self._hold.target(own)


def _heading(item: Item) -> float | None:
    """The heading an item asks for; none given (NaN): nose along the path."""
    yaw = item.params[3]
    return yaw % 360.0 if isfinite(yaw) else None
