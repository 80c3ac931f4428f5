"""Demands of the day that another route's pass sees anyway: they join it instead of having a pass of their own."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from shapely import Polygon, STRtree, box, intersection_all
from shapely.geometry.base import BaseGeometry

from missions.district import District
from missions.planning.footprint import ground_footprint
from missions.planning.legs import line_reasons
from missions.planning.limits import check_sensor
from missions.planning.performance import Performance
from missions.planning.way import FreeSpace
from missions.route import Corridor, Orbit, Route, drawn_points
from missions.schedule import Look, MergeKind, MergeNote, Pass, Span
from missions.scheduling.fitting import coarsest_camera, finest_camera, shown_by, unserved_by
from missions.scheduling.legwork import covered, day_frame, performance_in
from missions.scheduling.merging import Merged, common_windows, has_time_for, with_looks
from missions.scheduling.swath import shown_ground, wanted_ground
from missions.wind import STILL, Wind


def join_seen(
    merged: Merged, routes: Mapping[str, Route], movable: Collection[str], district: District, wind: Wind = STILL
) -> Merged:
    """The passes of `movable` routes (those of demands beside the catalogue's) give their demands to a pass that shows all of
    their ground well enough and at a time that suits them; the most valuable such pass takes them.
    """
    if not any(one.route_id in movable for one in merged.passes):
        return merged
    joining = _Joining(merged, routes, district, wind)
    for one in sorted(merged.passes, key=lambda one: (one.value, one.id)):
        if one.route_id in movable:
            joining.try_to_move(one)
    return joining.merged()


class _Joining:
    """The passes of a day while some join others; a pass that has taken others in stays where it is."""

    def __init__(self, merged: Merged, routes: Mapping[str, Route], district: District, wind: Wind) -> None:
        self._passes = {one.id: one for one in merged.passes}
        self._notes = {note.demand_id: note for note in merged.notes}
        self._routes = routes
        self._types = district.aircraft_types
        self._performances = [performance_in(type, wind) for type in district.aircraft_types]
        self._space = FreeSpace(district.airspace, day_frame(district))
        self._taken: set[str] = set()
        carriers = [one for one in merged.passes if not isinstance(routes[one.route_id].geometry, Orbit)]
        self._carriers = [one.id for one in carriers]
        self._reaches = STRtree([self._reach(self._flown(one)) for one in carriers])
        self._shown: dict[str, BaseGeometry] = {}

    def try_to_move(self, one: Pass) -> None:
        """Gives its demands to the best pass that can take them all, if there is one."""
        route = self._routes[one.route_id]
        ground = wanted_ground(route.geometry, self._space.frame)
        if one.id in self._taken or ground is None or ground.is_empty:
            return
        looks = [look.model_copy(update={"geometry": look.geometry or route.geometry}) for look in one.looks]
        for carrier in self._near(ground, but=one.id):
            windows = self._windows(carrier, looks)
            if windows and self._shows(carrier).covers(ground):
                self._move(one, looks, carrier, windows)
                return

    def merged(self) -> Merged:
        """What there is now."""
        return Merged(tuple(self._passes.values()), tuple(self._notes.values()))

    def _near(self, ground: BaseGeometry, *, but: str) -> Iterator[Pass]:
        """The passes there still are whose surroundings hold the ground, the most valuable first."""
        found = (self._carriers[number] for number in self._reaches.query(box(*ground.bounds), predicate="within"))
        still = (self._passes[id] for id in found if id in self._passes and id != but)
        return iter(sorted(still, key=lambda one: (-one.value, one.id)))

    def _windows(self, carrier: Pass, looks: Sequence[Look]) -> tuple[Span, ...]:
        """The times at which the carrier serves these looks too; none where it does not show them well enough."""
        flown, camera = self._flown(carrier), finest_camera(self._types)
        if {look.demand_id for look in looks} & set(carrier.demand_ids) or any(
            unserved_by(flown, look, camera) for look in looks
        ):
            return ()
        windows = carrier.windows
        for look in looks:
            windows = common_windows(windows, look.windows)
        return windows if windows and has_time_for(flown, windows, self._types) else ()

    def _shows(self, carrier: Pass) -> BaseGeometry:
        """The ground that it shows whichever type flies it; nothing where it cannot be flown."""
        if carrier.id not in self._shown:
            flown = self._flown(carrier)
            able = [one for one in self._performances if not check_sensor(flown, one.aircraft)]
            self._shown[carrier.id] = intersection_all([self._shown_with(flown, one) for one in able])
        return self._shown[carrier.id]

    def _shown_with(self, flown: Route, performance: Performance) -> BaseGeometry:
        try:
            lines = covered(flown, performance, self._space.frame).lines
        except ValueError:
            return Polygon()
        if line_reasons(flown.id, lines, self._space):
            return Polygon()
        return shown_ground(flown, performance.aircraft.camera, lines)

    def _move(self, one: Pass, looks: Sequence[Look], carrier: Pass, windows: tuple[Span, ...]) -> None:
        sample_m, _ = shown_by(self._flown(carrier), finest_camera(self._types))
        self._passes[carrier.id] = with_looks(carrier, (*carrier.looks, *looks), windows)
        self._taken.add(carrier.id)
        del self._passes[one.id]
        for look in looks:
            self._notes[look.demand_id] = MergeNote(
                kind=MergeKind.JOINED,
                demand_id=look.demand_id,
                department_id=look.department_id,
                category=look.category,
                reason=f"seen by the pass over route '{carrier.route_id}', at {sample_m * 100:.1f} cm a pixel",
                pass_id=carrier.id,
            )

    def _flown(self, one: Pass) -> Route:
        return one.over(self._routes[one.route_id])

    def _reach(self, flown: Route) -> BaseGeometry:
        """A box round everything that a pass could show: its ground and a picture's size beyond."""
        view = ground_footprint(coarsest_camera(self._types), flown.height_m, flown.camera.pitch_deg)
        width_m = flown.geometry.width_m / 2 if isinstance(flown.geometry, Corridor) else 0.0
        beyond_m = width_m + view.across_m + view.along_m
        points = self._space.frame.to_xy_many(drawn_points(flown.geometry))
        (x_min, y_min), (x_max, y_max) = points.min(axis=0) - beyond_m, points.max(axis=0) + beyond_m
        reach: BaseGeometry = box(x_min, y_min, x_max, y_max)
        return reach
