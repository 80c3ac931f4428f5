"""One picture of a data set with its labels: a piece of ground, what stands on it, and how it was taken."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike

from missions.aircraft import Camera
from missions.geometry import Attitude, GeoPoint, LocalFrame
from missions.telemetry import Pose
from simulator.dataset.conditions import Conditions
from simulator.dataset.labelling import Label, labels_of
from simulator.dataset.options import SPLITS, DatasetOptions
from simulator.dataset.sowing import sow
from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.ground import Ground
from simulator.world.projection import View
from simulator.world.scene import paint, photograph, window_over
from simulator.world.sensor import expose

SUPERSAMPLING = 2
"""A runtime frame of 1280 x 720 enters the network at 640 x 384: pictures are taken twice as large, then halved."""

FOCAL_PX = 914.0
"""Of the full frame: 1280 px across 70 degrees, as the shipped catalogue's cameras have."""

BESIDE_M = 30.0
"""How far from a water or road the pictures beside it are taken (standard deviation)."""

_FINEST = 4
"""Close up, things are painted up to so many times finer than for the usual heights."""

_FRAME = LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.9))


@dataclass(frozen=True, slots=True)
class Example:
    """A picture, (size_px, size_px, 3) of blue, green, red; what is in it; and the quality to store it with."""

    picture: MatLike
    labels: tuple[Label, ...]
    jpeg_quality: int


def render_example(options: DatasetOptions, index: int) -> Example:
    """Picture number `index`."""
    rng = np.random.default_rng([options.seed, SPLITS.index(options.split_of(index)), index])
    conditions = Conditions.random(rng)
    ground = Ground(int(rng.integers(2**31)), options.waters, options.roads, conditions.season, conditions.sun)
    view = _random_view(rng, options)
    m_per_px = _painted_m_per_px(view)
    placed = sow(rng, view, ground, options, m_per_px)
    window = window_over(view, m_per_px=m_per_px)
    frame = expose(photograph(paint(ground, placed, window), window, view), conditions.light, rng)
    how = cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_AREA
    picture = cv2.resize(frame, (options.size_px, options.size_px), interpolation=how)
    labels = labels_of(placed, ground, window, view, options.class_keys)
    return Example(picture, tuple(label.shrunk(SUPERSAMPLING) for label in labels), conditions.jpeg_quality)


def _painted_m_per_px(view: View) -> float:
    """As fine as the picture shows it, in steps of two."""
    steps = np.clip(np.ceil(np.log2(STAMP_M_PER_PX / view.ground_sampling_m())), 0, np.log2(_FINEST))
    return STAMP_M_PER_PX / 2 ** float(steps)


def _random_view(rng: np.random.Generator, options: DatasetOptions) -> View:
    side_px = options.size_px * SUPERSAMPLING
    camera = Camera(width_px=side_px, height_px=side_px, hfov_deg=float(np.degrees(2 * np.arctan(side_px / 2 / FOCAL_PX))))
    oblique = rng.random() < options.oblique_share
    pitch_deg = float(rng.uniform(-78, -40) if oblique else np.clip(-90 + abs(rng.normal(0, 1.5)), -90, -80))
    slant_m = float(rng.uniform(*options.gsd_m)) / SUPERSAMPLING * FOCAL_PX
    place = _FRAME.to_geo(*_random_place(rng, options))
    attitude = Attitude.from_euler(float(rng.normal(0, 1.0)), pitch_deg, float(rng.uniform(0, 360)))
    height_m = slant_m * float(np.sin(np.radians(-pitch_deg)))
    return View(Pose(time_boot_ms=0, point=place, height_m=height_m, camera=attitude), camera, _FRAME)


def _random_place(rng: np.random.Generator, options: DatasetOptions) -> tuple[float, float]:
    """Anywhere, or beside a water or road."""
    lines = (*options.waters, *options.roads)
    if not lines or rng.random() > options.line_share:
        east, north = rng.uniform(-3000, 3000, 2)
        return float(east), float(north)
    line = lines[int(rng.integers(len(lines)))].line
    corner, share = int(rng.integers(len(line) - 1)), rng.random()
    east, north = line[corner] * (1 - share) + line[corner + 1] * share + rng.normal(0, BESIDE_M, 2)
    return float(east), float(north)
