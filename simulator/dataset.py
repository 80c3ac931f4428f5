"""A YOLO data set of rendered scenes: every picture is its own piece of ground with its own matters, at the network's scale."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike

from missions.aircraft import Camera
from missions.errors import InvalidInput
from missions.geometry import Attitude, GeoPoint, LocalFrame, PixelBox
from missions.telemetry import Pose
from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.ground import Ground
from simulator.world.painters.register import PAINTERS
from simulator.world.projection import View, box_in_view
from simulator.world.scene import Placed, paint, photograph, window_over
from simulator.world.sensor import Light, expose
from simulator.world.siting import may_stand
from simulator.world.strip import Strip

SUPERSAMPLING = 2
"""A runtime frame of 1280 x 720 enters the network at 640 x 384: pictures are taken twice as large, then halved."""

FOCAL_PX = 914.0
"""Of the full frame: 1280 px across 70 degrees, as the shipped catalogue's cameras have."""

LABELLED_SHARE = 0.4
"""Of a thing's box that must lie in the picture for it to be labelled."""

VALIDATION_SHARE = 0.1
BESIDE_M = 30.0
"""How far from a water or road the pictures beside it are taken (standard deviation)."""

_TRIES = 15
"""Places tried for each thing that is wanted."""

_FRAME = LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.9))


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """`gsd_m` is the metres of ground a network pixel covers, from and to; `oblique_share` of the pictures look aslant.

    `matters` is the fewest and the most things that are looked for room for in a picture; `empty_share` of the pictures hold
    none, so that the network learns what bare ground looks like. `waters` and `roads` run through every piece of ground;
    `line_share` of the pictures are taken beside one of them.
    """

    size_px: int = 320
    seed: int = 1
    gsd_m: tuple[float, float] = (0.10, 0.30)
    class_keys: tuple[str, ...] = tuple(PAINTERS)
    oblique_share: float = 0.2
    matters: tuple[int, int] = (3, 7)
    empty_share: float = 0.1
    waters: tuple[Strip, ...] = ()
    roads: tuple[Strip, ...] = ()
    line_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """One thing in one picture; `box` in pixels of the picture."""

    class_index: int
    box: PixelBox

    def line(self, size_px: int) -> str:
        """A line of a YOLO label file: class, centre and size as shares of the picture."""
        b = self.box
        values = (b.x_min + b.x_max) / 2, (b.y_min + b.y_max) / 2, b.x_max - b.x_min, b.y_max - b.y_min
        return " ".join([str(self.class_index), *(f"{value / size_px:.6f}" for value in values)])


def write_dataset(out: Path, images: int, options: DatasetOptions, *, processes: int = 2) -> None:
    """Writes images/{train,val}, labels/{train,val} and data.yaml; the same seed gives the same files."""
    unknown = [key for key in options.class_keys if key not in PAINTERS]
    if unknown:
        raise InvalidInput("data set", "classes", f"nobody can paint {', '.join(unknown)}")
    for kind in ("images", "labels"):
        for part in ("train", "val"):
            (out / kind / part).mkdir(parents=True, exist_ok=True)
    names = "".join(f"  {i}: {key}\n" for i, key in enumerate(options.class_keys))
    yaml = f"path: {out.resolve()}\ntrain: images/train\nval: images/val\nnames:\n{names}"
    (out / "data.yaml").write_text(yaml, encoding="utf-8")
    work = partial(_write_image, out, options)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin_worker) as pool:
        for _ in pool.map(work, range(images), chunksize=25):
            pass


def _begin_worker() -> None:
    os.nice(10)
    cv2.setNumThreads(1)


def _write_image(out: Path, options: DatasetOptions, index: int) -> None:
    picture, labels = render_example(options, index)
    part = "val" if (index % round(1 / VALIDATION_SHARE)) == 0 else "train"
    quality = int(np.random.default_rng([options.seed, index, 1]).integers(78, 96))
    written = cv2.imwrite(str(out / "images" / part / f"{index:06d}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise InvalidInput(str(out), f"images/{part}/{index:06d}.jpg", "cannot be written")
    text = "".join(label.line(options.size_px) + "\n" for label in labels)
    (out / "labels" / part / f"{index:06d}.txt").write_text(text, encoding="utf-8")


def render_example(options: DatasetOptions, index: int) -> tuple[MatLike, list[Label]]:
    """Picture number `index` (size_px square; blue, green, red) and what is in it."""
    rng = np.random.default_rng([options.seed, index])
    ground = Ground(int(rng.integers(2**31)), options.waters, options.roads)
    view = _random_view(rng, options)
    placed = [] if rng.random() < options.empty_share else _random_matters(rng, view, ground, options)
    window = window_over(view, m_per_px=STAMP_M_PER_PX)
    frame = expose(photograph(paint(ground, placed, window), window, view), Light.random(rng), rng)
    how = cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_AREA
    picture = cv2.resize(frame, (options.size_px, options.size_px), interpolation=how)
    return picture, [label for one in placed if (label := _label(one, view, options))]


def _random_view(rng: np.random.Generator, options: DatasetOptions) -> View:
    side_px = options.size_px * SUPERSAMPLING
    camera = Camera(width_px=side_px, height_px=side_px, hfov_deg=float(np.degrees(2 * np.arctan(side_px / 2 / FOCAL_PX))))
    oblique = rng.random() < options.oblique_share
    pitch_deg = float(rng.uniform(-68, -38) if oblique else np.clip(-90 + abs(rng.normal(0, 1.5)), -90, -80))
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


def _random_matters(rng: np.random.Generator, view: View, ground: Ground, options: DatasetOptions) -> list[Placed]:
    """Things that do not overlap, wherever there is room for them and each may stand."""
    class_keys = options.class_keys
    placed: list[Placed] = []
    wanted = int(rng.integers(options.matters[0], options.matters[1] + 1))
    for _ in range(wanted * _TRIES):
        key = class_keys[int(rng.integers(len(class_keys)))]
        share = rng.uniform(0.06, 0.94, 2)
        ray = view.rays((share * (view.camera.width_px, view.camera.height_px))[None])[0]
        east, north = (view.east_m + ray[1] / ray[2] * view.height_m, view.north_m + ray[0] / ray[2] * view.height_m)
        size = PAINTERS[key].size_m * float(rng.uniform(0.75, 1.25))
        one = Placed(key, float(east), float(north), float(rng.uniform(0, 360)), size, int(rng.integers(2**31)))
        is_apart = all(np.hypot(p.east_m - east, p.north_m - north) > _room(p) + _room(one) for p in placed)
        if is_apart and may_stand(ground.covers_under(one.east_m, one.north_m, one.size_m), PAINTERS[key].sites):
            placed.append(one)
        if len(placed) == wanted:
            break
    return placed


def _room(one: Placed) -> float:
    return one.size_m * (0.85 if PAINTERS[one.class_key].setting else 0.58)


def _label(one: Placed, view: View, options: DatasetOptions) -> Label | None:
    box = box_in_view(one.stamp().outline + np.array([one.east_m, one.north_m]), view, LABELLED_SHARE)
    if box is None:
        return None
    halved = PixelBox(**{name: value / SUPERSAMPLING for name, value in box.model_dump().items()})
    return Label(options.class_keys.index(one.class_key), halved)
