"""RESOLUTION, ANGLE, SENSOR, WINDOW and COVERAGE, demand by demand: a visit as it is flown shows what each one asks."""

from collections.abc import Iterator
from math import radians, sin

import numpy as np
from shapely import LineString, MultiPoint, Point, unary_union
from shapely.geometry.base import BaseGeometry

from missions.aircraft import Camera
from missions.checking.day import CheckedVisit, Day
from missions.checking.over_ground import HELD_WITHIN_M
from missions.checking.plane import Array
from missions.checking.track import Track
from missions.checking.view import View, view_from
from missions.checking.violation import Rule, Violation, clock
from missions.route import Area, Corridor, Orbit, RouteGeometry, WaypointList
from missions.schedule import Look, Pass

COARSER = 1.005
"""How much coarser than asked a picture may be: planned heights are rounded."""

OFF_ANGLE_DEG = 0.01
OFF_ORBIT_DEG = 3.0
"""A ring is flown in chords, nearer to its centre in their middles."""

LEAST_SHARE = 0.99
ROUND_POINT_M = 5.0
"""So much round a place must be shown."""


def check_demands(day: Day) -> Iterator[Violation]:
    """Every look of every visit. How fine and from which angle follows from the flown heights, not from what the pass says."""
    for one in day.visits:
        if one.wanted is None or not one.wanted.looks:
            continue
        for look in one.wanted.looks:
            yield from _window(one, look, day)
            yield from _sensor(one.wanted, look)
        if one.over is not None and one.flight.aircraft is not None and -90 <= one.wanted.camera.pitch_deg < 0:
            yield from _views(one, one.wanted, one.over, one.flight.aircraft.camera, day)


def _window(one: CheckedVisit, look: Look, day: Day) -> Iterator[Violation]:
    windows = [(day.seconds(span.begins_at), day.seconds(span.ends_at)) for span in look.windows]
    if not any(begins_s <= one.begins_s and one.ends_s <= ends_s for begins_s, ends_s in windows):
        listed = ", ".join(f"{clock(begins_s)}-{clock(ends_s)}" for begins_s, ends_s in windows) or "none"
        seen = f"{clock(one.begins_s)}-{clock(one.ends_s)}"
        text = f"demand '{look.demand_id}' is seen {seen} in flight '{one.flight.id}'; its times are {listed}"
        yield Violation(rule=Rule.WINDOW, subject=look.demand_id, text=text)


def _sensor(wanted: Pass, look: Look) -> Iterator[Violation]:
    if look.thermal and "thermal" not in wanted.camera.sensor:
        text = f"demand '{look.demand_id}' asks for a thermal picture; pass '{wanted.id}' takes {wanted.camera.sensor}"
        yield Violation(rule=Rule.SENSOR, subject=look.demand_id, text=text)


def _views(one: CheckedVisit, wanted: Pass, track: Track, camera: Camera, day: Day) -> Iterator[Violation]:
    orbit = one.route.geometry if one.route is not None and isinstance(one.route.geometry, Orbit) else None
    if orbit is not None:
        away_m = np.hypot(*(track.xy_m - day.plane.to_xy([orbit.center])).T)
        ranges_m = np.hypot(away_m, track.height_m)
        pitches_deg, off_deg = -np.degrees(np.arctan2(track.height_m, away_m)), OFF_ORBIT_DEG
    else:
        ranges_m = track.height_m / sin(radians(-wanted.camera.pitch_deg))
        pitches_deg, off_deg = np.array([wanted.camera.pitch_deg]), OFF_ANGLE_DEG
    held_m = 0.0 if day.ground is None else HELD_WITHIN_M / sin(radians(-wanted.camera.pitch_deg))
    sample_m = float(ranges_m.max() - held_m) / camera.focal_px
    shown: BaseGeometry | None = None
    for look in wanted.looks:
        yield from _resolution(wanted, look, sample_m)
        yield from _angle(wanted, look, pitches_deg, off_deg)
        if look.geometry is not None:
            shown = shown or _shown(track, view_from(camera, float(track.height_m.min()), wanted.camera.pitch_deg), orbit)
            yield from _ground(wanted, look, _share(look.geometry, shown, day))


def _resolution(wanted: Pass, look: Look, sample_m: float) -> Iterator[Violation]:
    if sample_m > look.max_sample_m * COARSER:
        asked = f"demand '{look.demand_id}' asks for {look.max_sample_m * 100:.2f} cm a pixel"
        text = f"{asked}; pass '{wanted.id}' shows {sample_m * 100:.2f} cm as it is flown"
        yield Violation(rule=Rule.RESOLUTION, subject=look.demand_id, text=text, limit=look.max_sample_m, value=sample_m)


def _angle(wanted: Pass, look: Look, pitches_deg: Array, off_deg: float) -> Iterator[Violation]:
    low, high = float(pitches_deg.min()), float(pitches_deg.max())
    if low < look.steepest_deg - off_deg or high > look.flattest_deg + off_deg:
        asked = f"demand '{look.demand_id}' asks for {look.steepest_deg:g}° to {look.flattest_deg:g}°"
        text = f"{asked}; pass '{wanted.id}' looks at {low:.1f}° to {high:.1f}°"
        yield Violation(rule=Rule.ANGLE, subject=look.demand_id, text=text)


def _ground(wanted: Pass, look: Look, share: float) -> Iterator[Violation]:
    if share < LEAST_SHARE:
        text = f"pass '{wanted.id}' shows {share:.1%} of the ground of demand '{look.demand_id}' beside its route"
        whole = f"{text}; at least {LEAST_SHARE:.0%} are asked"
        yield Violation(rule=Rule.COVERAGE, subject=look.demand_id, text=whole, limit=LEAST_SHARE, value=share)


def _shown(track: Track, view: View, orbit: Orbit | None) -> BaseGeometry:
    """The strips along the straight pieces of a track. The ground beside an orbit is not counted."""
    if orbit is not None:
        return Point()
    pieces = [
        LineString(piece) for a, b in zip(track.xy_m[:-1], track.xy_m[1:], strict=True) if len(piece := _seen(a, b, view))
    ]
    strips = [piece.buffer(view.half_width_m, cap_style="flat") for piece in pieces]
    spot = Point(track.xy_m[0]).buffer(min(view.half_width_m, view.behind_m, view.ahead_m))
    return unary_union([*strips, spot])


def _seen(a: Array, b: Array, view: View) -> Array:
    """From the near edge at the piece's begin to the far edge at its end; empty for a piece of no length."""
    along, length_m = b - a, float(np.hypot(*(b - a)))
    if length_m == 0:
        return np.empty((0, 2))
    return np.array([a + along / length_m * view.near_m, b + along / length_m * view.ahead_m])


def _share(geometry: RouteGeometry, shown: BaseGeometry, day: Day) -> float:
    """How much of a demand's ground is shown; an orbit beside the route never is."""
    match geometry:
        case Area():
            ground = day.plane.polygon(geometry.outline, geometry.holes)
        case Corridor():
            ground = LineString(day.plane.to_xy(geometry.line)).buffer(geometry.width_m / 2, cap_style="flat")
        case WaypointList():
            ground = MultiPoint(day.plane.to_xy(geometry.points)).buffer(ROUND_POINT_M)
        case Orbit():
            return 0.0
    return float(ground.intersection(shown).area / ground.area) if ground.area > 0 else 0.0
