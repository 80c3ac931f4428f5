"""A photo of any maker's drone as a shot: pose, lens and accuracy from its tags, or in words why it cannot be placed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from math import hypot
from pathlib import Path

from PIL import ExifTags

from edge_agent.material.camera_angles import Angles, looking_down, read_angles
from edge_agent.material.camera_log import LoggedPose
from edge_agent.material.camera_table import camera_of
from edge_agent.material.edited import edits
from edge_agent.material.given import NOTHING, Given
from edge_agent.material.lens import Lens, read_lens
from edge_agent.material.photo_tags import PhotoTags, finite, read_tags
from edge_agent.material.position_tags import Position, read_position
from edge_agent.material.stated_accuracy import class_of, with_stated
from edge_agent.material.time_tags import Taken, read_time
from edge_agent.shot import PoseAccuracy, Shot, ShotPose, Sourced

NADIR_TILT_DEG = 5.0
"""Doubt about a camera that is only assumed to look straight down: a fixed camera tilts with the aircraft in wind."""

UNKNOWN_HEADING_DEG = 180.0
"""Doubt about a heading that nothing tells."""

RTK_FIXED = 50
"""XMP RtkFlag: 16 single point, 32 to 49 float, 50 fixed (user manuals of Mavic 3M, Zenmuse P1)."""


def read_photo(path: Path, given: Given = NOTHING, logged: LoggedPose | None = None) -> Shot:
    """The photo as a shot, with a log's pose where it has none; raises InvalidInput naming the file where it is no picture."""
    return shot_of(path, read_tags(path), given, logged)


def shot_of(path: Path, tags: PhotoTags, given: Given, logged: LoggedPose | None = None) -> Shot:
    """The shot that a photo's tags tell of."""
    taken = _taken(tags, given, logged)
    lens = _lens(tags, given)
    pose = _pose(tags, given, logged)
    edited = [] if given.camera is not None and given.camera.lens is not None else edits(tags)
    why_not = [why for why in (*edited, pose.why_not, lens if isinstance(lens, str) else None) if why]
    told = (
        taken.assumption if taken else "it tells no time",
        *pose.assumptions,
        *(() if isinstance(lens, str) else lens.assumptions),
    )
    accuracy = _accuracy(tags, given, pose, lens)
    shot = Shot(
        name=path.name,
        path=path,
        at=taken.at if taken else None,
        time_s=taken.at.timestamp() if taken else 0.0,
        pose=pose.pose,
        intrinsics=None if isinstance(lens, str) else Sourced(lens.intrinsics, lens.source),
        accuracy=accuracy,
        unplaced="; ".join(why_not) or None,
        assumptions=tuple(text for text in told if text),
        flags=(*edited, *tags.troubles, *_oddities(tags)),
    )
    return shot if given.boresight is None else given.boresight.of_shot(shot, camera_name(tags))


def camera_name(tags: PhotoTags) -> str:
    """Maker and model, as the photo names them."""
    return f"{tags.make} {tags.model}".strip()


@dataclass(frozen=True, slots=True)
class _PoseFound:
    """A pose or why there is none, with the doubts that come from how it was found."""

    pose: Sourced[ShotPose] | None
    why_not: str | None = None
    assumptions: tuple[str, ...] = ()
    further_m: float = 0.0
    jitter_m: float = 0.0
    timing_s: float = 0.0
    tilt_deg: float = 0.0
    heading_deg: float = 0.0


def _pose(tags: PhotoTags, given: Given, logged: LoggedPose | None) -> _PoseFound:
    position, angles = read_position(tags), read_angles(tags)
    if logged is not None and (isinstance(position, str) or isinstance(angles, str)):
        return _PoseFound(logged.pose, jitter_m=logged.jitter_m, timing_s=logged.timing_s)
    stated = given.camera.pose if given.camera is not None else None
    if stated is not None and (isinstance(position, str) or isinstance(angles, str)):
        return _PoseFound(Sourced(stated.shot_pose(), f"camera file {given.camera.name}" if given.camera else ""))
    if isinstance(position, str):
        return _PoseFound(None, position)
    if isinstance(angles, str):
        if not given.assume_nadir:
            return _PoseFound(None, f"{angles}; `--assume-nadir` takes it to look straight down")
        return _nadir(tags, position)
    return _PoseFound(_sourced(tags, position, angles), further_m=position.differ_m, assumptions=_height_assumption(tags))


def _nadir(tags: PhotoTags, position: Position) -> _PoseFound:
    """Straight down, with the picture's top where the aircraft headed; without a heading that may be anywhere."""
    yaw = tags.xmp_number("drone-dji:FlightYawDegree", "drone:FlightYawDegree")
    yaw = finite(tags.gps.get(ExifTags.GPS.GPSImgDirection)) if yaw is None else yaw
    angles = Angles(looking_down(yaw or 0.0, 0.0, 0.0), "assumed straight down")
    told = "the camera is assumed to look straight down" + ("" if yaw is not None else ", the picture's top to the north")
    return _PoseFound(
        _sourced(tags, position, angles),
        assumptions=(told, *_height_assumption(tags)),
        further_m=position.differ_m,
        tilt_deg=NADIR_TILT_DEG,
        heading_deg=0.0 if yaw is not None else UNKNOWN_HEADING_DEG,
    )


def _sourced(tags: PhotoTags, position: Position, angles: Angles) -> Sourced[ShotPose]:
    pose = ShotPose(
        point=position.point,
        attitude=angles.attitude,
        altitude_m=_altitude_m(tags),
        relative_altitude_m=_relative_altitude_m(tags),
        range_m=_range_m(tags),
        velocity_mps=_velocity_mps(tags),
    )
    return Sourced(pose, f"{position.source} position, {angles.source}")


def _altitude_m(tags: PhotoTags) -> float | None:
    absolute = tags.xmp_number("drone-dji:AbsoluteAltitude", "drone:AbsoluteAltitude", "drone-skydio:AbsoluteAltitude")
    if absolute is not None:
        return absolute
    altitude = finite(tags.gps.get(ExifTags.GPS.GPSAltitude))
    below_sea = finite(tags.gps.get(ExifTags.GPS.GPSAltitudeRef)) in (1.0, 3.0)
    return -altitude if altitude is not None and below_sea else altitude


def _relative_altitude_m(tags: PhotoTags) -> float | None:
    return tags.xmp_number("drone-dji:RelativeAltitude", "drone:RelativeAltitude", "Camera:AboveGroundAltitude")


def _height_assumption(tags: PhotoTags) -> tuple[str, ...]:
    ground = tags.xmp_number("Camera:AboveGroundAltitude") is not None and tags.xmp_number("drone:RelativeAltitude") is None
    return ("the height is over ground (XMP AboveGroundAltitude)",) if ground else ()


def _range_m(tags: PhotoTags) -> float | None:
    """The laser's distance where the rangefinder found its target."""
    range_m = tags.xmp_number("drone-dji:LRFTargetDistance")
    is_normal = tags.xmp.get("drone-dji:LRFStatus", "Normal") == "Normal"
    return range_m if range_m is not None and range_m > 0 and is_normal else None


def _velocity_mps(tags: PhotoTags) -> tuple[float, float, float] | None:
    """North, east (user manual of Mavic 3M, XMP list) and down."""
    north, east, down = (tags.xmp_number(f"drone-dji:Flight{axis}Speed") for axis in "XYZ")
    return None if north is None or east is None else (north, east, down or 0.0)


def _lens(tags: PhotoTags, given: Given) -> Lens | str:
    stated = given.camera.lens if given.camera is not None else None
    if stated is None or given.camera is None:
        return read_lens(tags)
    if (stated.width_px, stated.height_px) != (tags.width_px, tags.height_px):
        size = f"{stated.width_px} x {stated.height_px}"
        return f"is {tags.width_px} x {tags.height_px} pixels, but {given.camera.name} describes pictures of {size}"
    return Lens(stated.intrinsics(), f"camera file {given.camera.name}", 0.002)


def _taken(tags: PhotoTags, given: Given, logged: LoggedPose | None) -> Taken | None:
    """A log's clock outranks a camera's that tells no zone, or nothing."""
    taken = read_time(tags)
    if logged is not None and logged.at is not None and (taken is None or taken.assumption is not None):
        return Taken(logged.at)
    if taken is None or taken.assumption is None or given.utc_offset_h is None:
        return taken
    return Taken(taken.at - timedelta(hours=given.utc_offset_h), f"the camera's clock is taken as UTC{given.utc_offset_h:+g}")


def _accuracy(tags: PhotoTags, given: Given, pose: _PoseFound, lens: Lens | str) -> Sourced[PoseAccuracy]:
    base = class_of(given, _class(tags))
    doubts = replace(
        base.value,
        position_m=hypot(_position_m(tags) or base.value.position_m, pose.further_m),
        jitter_m=pose.jitter_m,
        timing_s=max(base.value.timing_s, pose.timing_s),
        tilt_deg=max(base.value.tilt_deg, pose.tilt_deg),
        heading_deg=max(base.value.heading_deg, pose.heading_deg),
        focal_share=base.value.focal_share if isinstance(lens, str) else lens.focal_share,
    )
    return with_stated(Sourced(doubts, base.source), given)


def _class(tags: PhotoTags) -> str:
    """By the camera; a DJI aircraft that tells an RTK status is none for consumers, whether it had a fix or not."""
    camera = camera_of(tags)
    if camera is not None:
        return camera.aircraft_class
    return "multirotor" if "drone-dji:RtkFlag" in tags.xmp else "consumer"


def _position_m(tags: PhotoTags) -> float | None:
    """What the receiver says of its own accuracy (1 sigma, of the worse horizontal axis)."""
    lat, lon = tags.xmp_number("drone-dji:RtkStdLat"), tags.xmp_number("drone-dji:RtkStdLon")
    if tags.xmp_number("drone-dji:RtkFlag") == RTK_FIXED and lat is not None and lon is not None:
        return max(lat, lon, 0.02)
    stated = tags.xmp_number("Camera:GPSXYAccuracy")
    return max(stated, 0.02) if stated is not None and stated > 0 else None


def _oddities(tags: PhotoTags) -> tuple[str, ...]:
    orientation = tags.number(ExifTags.Base.Orientation)
    turned = (
        f"EXIF orientation {orientation:.0f}: pixels are those of the picture as stored" if (orientation or 1) > 1 else None
    )
    upside_down = "the camera hung upside down (XMP CamReverse)" if tags.xmp.get("drone-dji:CamReverse") == "1" else None
    return tuple(oddity for oddity in (turned, upside_down) if oddity)
