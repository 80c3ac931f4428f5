"""The return: climb to the return height, fly to home or the nearest rally point, land there."""

from collections.abc import Sequence
from enum import Enum, auto
from math import radians, tan

from simulator.aircraft.guidance import Target
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.task import Land, Own, default_rates
from simulator.aircraft.vector import Vector, clamp


class Stage(Enum):
    """How far the return has come."""

    CLIMB = auto()
    TRANSIT = auto()
    DESCEND = auto()
    WAIT = auto()
    LAND = auto()


class Return:
    """RTL as of PX4 (RTL_TYPE 0): the destination is the nearest of home and the rally points, chosen once."""

    def __init__(self, parameters: Parameters, home: Vector, rally: Sequence[Vector]) -> None:
        self._parameters = parameters
        self._choices = (home, *rally)
        self._destination: Vector | None = None
        self._height_m = 0.0
        self._climbs_at = Vector()
        self._waits_since_s: float | None = None
        self._landing: Land | None = None
        self.stage = Stage.CLIMB

    def target(self, own: Own) -> Target | None:
        """Where to fly in the present stage; goes to the next one when this is done."""
        if self._destination is None:
            self._begin(own)
        destination = self._destination or self._choices[0]
        self._advance(own, destination)
        if self._landing is not None:
            return self._landing.target(own)
        rates = default_rates(self._parameters)
        if self.stage is Stage.CLIMB:
            return Target(self._climbs_at, rates, nose_along_path=False)
        if self.stage is Stage.TRANSIT:
            return Target(destination.level(self._height_m), rates, start=self._climbs_at)
        return Target(destination.level(self._descend_height_m(destination)), rates, nose_along_path=False)

    @property
    def is_landing(self) -> bool:
        """Whether it is coming down to land."""
        return self.stage is Stage.LAND

    def _begin(self, own: Own) -> None:
        self._destination = min(self._choices, key=lambda place: own.position.minus(place).horizontal)
        self._height_m = return_height_m(own.position, self._destination, self._parameters)
        self._climbs_at = own.position.level(self._height_m)

    def _descend_height_m(self, destination: Vector) -> float:
        return min(destination.up + self._parameters["RTL_DESCEND_ALT"], self._height_m)

    def _advance(self, own: Own, destination: Vector) -> None:
        height_error_m = abs(own.position.up - self._height_m)
        near = own.position.minus(destination).horizontal <= self._parameters["NAV_ACC_RAD"]
        if self.stage is Stage.CLIMB and height_error_m <= self._parameters["NAV_MC_ALT_RAD"]:
            self.stage = Stage.TRANSIT
        if self.stage is Stage.TRANSIT and near:
            self.stage = Stage.DESCEND if self._parameters["RTL_LAND_DELAY"] else Stage.LAND
        if self.stage is Stage.DESCEND and own.position.up <= self._descend_height_m(destination) + 0.8:
            self.stage, self._waits_since_s = Stage.WAIT, own.time_s
        if self.stage is Stage.WAIT and self._has_waited(own):
            self.stage = Stage.LAND
        if self.stage is Stage.LAND and self._landing is None:
            self._landing = Land(self._parameters, destination)

    def _has_waited(self, own: Own) -> bool:
        delay_s = self._parameters["RTL_LAND_DELAY"]
        return delay_s >= 0 and self._waits_since_s is not None and own.time_s >= self._waits_since_s + delay_s


def return_height_m(position: Vector, destination: Vector, parameters: Parameters) -> float:
    """How high to return: RTL_RETURN_ALT over the destination, never lower than now; near the destination, within
    RTL_MIN_DIST, only as high as a cone of the half angle RTL_CONE_ANG, so that a short hop does not climb.
    """
    highest = destination.up + parameters["RTL_RETURN_ALT"]
    away_m = position.minus(destination).horizontal
    acceptance_m = parameters["NAV_ACC_RAD"]
    wanted = highest
    if parameters["RTL_CONE_ANG"] <= 0:
        return max(position.up, highest)
    if away_m <= acceptance_m:
        wanted = destination.up + 2.0 * away_m
    elif away_m <= parameters["RTL_MIN_DIST"]:
        cone = away_m / tan(radians(clamp(parameters["RTL_CONE_ANG"], 1.0, 89.0)))
        wanted = max(min(destination.up + cone, highest), destination.up + 2.0 * acceptance_m)
    return max(position.up, min(wanted, highest))
