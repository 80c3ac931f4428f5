"""The flights of an order: over which ground, where to, and when a picture is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import box

from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import Array, Attitude
from simulator.footage.course import LANE_SHARE, Course, lawn_mower, straight
from simulator.footage.order import Order
from simulator.world.matter import Matter, World
from simulator.world.painters.register import BYSTANDERS
from simulator.world.planting import ground_lines, middle_of, plant_area

SITE_WITHIN_M = 2500.0
"""Sites lie this near to the district's middle, each way."""

MATTER_ROOM_M = 55.0
"""The side of the square that a matter takes up of an aimed order's ground."""

FIRST_FLIGHT_S, BETWEEN_FLIGHTS_S = 60.0, 600.0
"""On the autopilot's clock."""

_AIM = {True: (0.15, 0.85), False: (0.3, 0.7)}
"""Where in the picture a single photo has its matter, and where the middle one of several has, as shares of its sides."""


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight with a draw of errors of its own; `target` is the matter it is aimed at, and `reach_m` how far from below the
    camera that lies in its middle picture.
    """

    number: int
    course: Course
    times_s: tuple[float, ...]
    target: str | None = None
    reach_m: float = 0.0


def site_of(order: Order, district: District) -> tuple[World, Array]:
    """The planted world, and the middle (east, north) of the ground that is flown over."""
    bare = World(seed=order.seed, district_id=district.id, origin=middle_of(district), lines=ground_lines(district))
    middle = np.random.default_rng([order.seed, 21]).uniform(-SITE_WITHIN_M, SITE_WITHIN_M, 2)
    if order.matters == 0:
        return bare, middle
    half_m = (MATTER_ROOM_M * np.sqrt(order.matters) if order.pattern == "aimed" else order.side_m) / 2
    square = box(*(middle - half_m), *(middle + half_m))
    if order.clutter_only:
        return bare.model_copy(update={"bystanders": plant_area(bare, square, list(BYSTANDERS), order.matters).matters}), middle
    return plant_area(bare, square, list(district.detector_classes), order.matters), middle


def flights_of(order: Order, world: World, middle: Array) -> list[Flight]:
    """Raises InvalidInput for an aimed order without matters."""
    if order.pattern == "aimed":
        return _aimed_flights(order, world)
    lane_m = LANE_SHARE * order.width_px / order.lens.fx_px * order.height_m
    square = lawn_mower(middle, order.side_m, lane_m)
    corners = square if order.pattern == "lawnmower" else straight(middle, order.side_m, 30.0)
    course = Course(corners, order.manner, FIRST_FLIGHT_S)
    times = np.arange(FIRST_FLIGHT_S, course.ends_s, 1.0 / order.frames_per_s)
    return [Flight(0, course, tuple(float(t) for t in times))]


def _aimed_flights(order: Order, world: World) -> list[Flight]:
    if not world.matters:
        raise InvalidInput("footage", "pattern", "aimed needs matters to aim at")
    by_place = _along_rows(world)
    chosen = [by_place[number * len(by_place) // order.flights] for number in range(order.flights)]
    return [_aimed(order, world, number, matter) for number, matter in enumerate(chosen)]


def _along_rows(world: World) -> Sequence[Matter]:
    """Neighbours one after the other, so that painted ground is used again."""
    places = {matter.id: world.frame.to_xy(matter.position) for matter in world.matters}
    return sorted(world.matters, key=lambda matter: (places[matter.id][1] // 128, places[matter.id][0]))


def _aimed(order: Order, world: World, number: int, matter: Matter) -> Flight:
    rng = np.random.default_rng([order.seed, 22, number])
    heading_deg = float(rng.uniform(0, 360))
    pixel = rng.uniform(*_AIM[order.frames == 1], 2) * (order.width_px, order.height_px)
    ray = Attitude.from_euler(0.0, order.pitch_deg, heading_deg).matrix() @ order.lens.rays(pixel)[0]
    offset = order.height_m / ray[2] * np.array([ray[1], ray[0]])
    middle = np.array(world.frame.to_xy(matter.position)) - offset
    lasts_s = max((order.frames - 1) / order.frames_per_s, 0.1)
    starts_s = FIRST_FLIGHT_S + number * BETWEEN_FLIGHTS_S
    course = Course(straight(middle, lasts_s * order.speed_mps, heading_deg), order.manner, starts_s)
    first_s = starts_s if order.frames > 1 else starts_s + lasts_s / 2
    times = tuple(first_s + index / order.frames_per_s for index in range(order.frames))
    return Flight(number, course, times, matter.id, float(np.hypot(*offset)))
