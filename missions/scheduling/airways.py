"""The ways of a day: round what is always closed, and under each of its skies round what is closed for hours."""

from collections.abc import Sequence

from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from missions.airspace import Airspace, NoFlyZone
from missions.geometry import LocalFrame
from missions.planning.way import CLEARANCE_M, FreeSpace
from missions.schedule import Closure
from missions.scheduling.skies import Sky
from missions.scheduling.travel import Ways


class Airways:
    """`space` is what is never closed; `skies` begin with the one in which nothing else is; `closures` are all."""

    def __init__(self, airspace: Airspace, frame: LocalFrame, skies: Sequence[Sky]) -> None:
        self.space = FreeSpace(airspace, frame)
        self.skies = tuple(skies)
        spaces = [self.space, *(FreeSpace(_closed(airspace, sky), frame) for sky in self.skies[1:])]
        self._ways = [Ways(space) for space in spaces]
        self.closures = tuple(dict.fromkeys(one for sky in self.skies for one in sky.closures))
        self._shapes = {one.id: _shape(one, frame) for one in self.closures}

    def ways(self, sky: int) -> Ways:
        """The ways round everything that is closed under a sky."""
        return self._ways[sky]

    def met_by(self, line: LineString) -> frozenset[str]:
        """The closures that a line enters or comes too near to."""
        return frozenset(id for id, shape in self._shapes.items() if shape.distance(line) < CLEARANCE_M)

    def least_closed(self, closure: Closure) -> int:
        """The first sky in which a closure holds."""
        return next(number for number, sky in enumerate(self.skies) if closure in sky.closures)


def _closed(airspace: Airspace, sky: Sky) -> Airspace:
    zones = (NoFlyZone(id=one.id, name=one.id, outline=one.outline) for one in sky.closures)
    return airspace.model_copy(update={"no_fly_zones": (*airspace.no_fly_zones, *zones)})


def _shape(closure: Closure, frame: LocalFrame) -> BaseGeometry:
    return Polygon(frame.to_xy_many(closure.outline)).buffer(0)
