"""The video that throughput is measured on, with where the camera was at each frame: `oneflight simulate footage` makes it."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from edge_agent.telemetry import AttitudeSample, MovementHistory, PositionSample
from missions.aircraft import Camera
from missions.errors import InvalidInput
from missions.geometry import Attitude
from missions.optics import Intrinsics
from missions.plan import Estimate, Leg, Plan, Waypoint
from missions.telemetry import Pose

FRONT_DOOR = Path(__file__).parents[2] / "oneflight.py"
SIDE_M, HEIGHT_M, SPEED_MPS, FRAMES_PER_S, MATTERS = 200.0, 70.0, 8.0, 4.0, 16
MARGIN_MS = 1000.0
"""Telemetry goes on for so long after the last frame: poses are interpolated, never extrapolated."""


class _Frame(BaseModel):
    model_config = ConfigDict(extra="ignore")
    at: datetime
    pose: Pose
    velocity_mps: tuple[float, float, float]


class _Truth(BaseModel):
    model_config = ConfigDict(extra="ignore")
    lens: Intrinsics
    frames: tuple[_Frame, ...]


@dataclass(frozen=True, slots=True)
class Footage:
    """A video with the poses and velocities (north, east, down) at its frames, the first at 0 ms of the video."""

    video: Path
    lens: Intrinsics
    poses: tuple[Pose, ...]
    velocities_mps: tuple[tuple[float, float, float], ...]

    def tell(self, history: MovementHistory) -> None:
        """Gives the telemetry of the whole video."""
        last = self.poses[-1]
        after = last.model_copy(update={"time_boot_ms": last.time_boot_ms + MARGIN_MS})
        velocities = (*self.velocities_mps, self.velocities_mps[-1])
        for pose, velocity in zip((*self.poses, after), velocities, strict=True):
            time_ms, point = pose.time_boot_ms, pose.point
            heading = Attitude.from_euler(0.0, 0.0, pose.camera.euler_deg()[2])
            history.add_position(PositionSample(time_ms, point.lat_deg, point.lon_deg, pose.height_m, velocity))
            history.add_attitude(AttitudeSample(time_ms, heading))
            history.add_gimbal(AttitudeSample(time_ms, pose.camera))

    def plan(self, classes: dict[str, str]) -> Plan:
        """A plan of one leg that reports all `classes`."""
        home = self.poses[0].point
        waypoints = tuple(
            Waypoint(point=pose.point, height_m=pose.height_m, speed_mps=SPEED_MPS) for pose in (self.poses[0], self.poses[-1])
        )
        return Plan(
            id="bench",
            district_id="bench",
            drone_id="bench",
            aircraft_type_id="bench",
            dock_id="bench",
            home=home,
            legs=(Leg(route_id="bench", route_name="bench", categories=tuple(set(classes.values())), waypoints=waypoints),),
            cruise_mps=SPEED_MPS,
            transit_height_m=HEIGHT_M,
            return_height_m=HEIGHT_M,
            geofence=tuple(home.moved(bearing, 2000.0) for bearing in (0.0, 120.0, 240.0)),
            camera=Camera(width_px=self.lens.width_px, height_px=self.lens.height_px, hfov_deg=self.lens.hfov_deg),
            classes=classes,
            estimate=Estimate(distance_m=0, duration_s=0, energy_wh=0, battery_share=0),
            created_at=datetime.fromisoformat("2026-11-25T00:00:00+00:00"),
        )


def film(folder: Path, seed: int) -> Footage:
    """Has the simulator film a flight of its own over a square of 200 m; a folder that holds one already is read again."""
    if not (folder / "truth.json").is_file():
        options = {
            "--out": folder,
            "--kind": "video",
            "--side-m": SIDE_M,
            "--height-m": HEIGHT_M,
            "--speed-mps": SPEED_MPS,
            "--frames-per-s": FRAMES_PER_S,
            "--matters": MATTERS,
            "--seed": seed,
        }
        words = [str(word) for option in options.items() for word in option]
        done = subprocess.run(
            [sys.executable, str(FRONT_DOOR), "simulate", "footage", *words], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise InvalidInput(str(folder), "footage", f"the simulator filmed nothing: {done.stderr.strip()}")
    return read_footage(folder)


def read_footage(folder: Path) -> Footage:
    """The one video of a folder, and its truth. Raises InvalidInput naming what is missing or malformed."""
    videos = sorted((folder / "material").glob("*.MP4"))
    if len(videos) != 1:
        raise InvalidInput(str(folder), "material", f"one video is needed, and it holds {len(videos)}")
    path = folder / "truth.json"
    try:
        truth = _Truth.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error}") from error
    first = truth.frames[0].at
    poses = tuple(
        frame.pose.model_copy(update={"time_boot_ms": (frame.at - first).total_seconds() * 1000.0}) for frame in truth.frames
    )
    return Footage(videos[0], truth.lens, poses, tuple(frame.velocity_mps for frame in truth.frames))
