"""`--camera FILE`: pose, lens and accuracy for pictures that do not tell them, in TOML or JSON."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from edge_agent.shot import ShotPose
from missions.errors import InvalidInput
from missions.geometry import Attitude, GeoPoint
from missions.noun import StrictNoun
from missions.optics import Distortion, Intrinsics


class CameraPose(StrictNoun):
    """Where the camera was and how it looked."""

    lat: Annotated[float, Field(ge=-90, le=90, description="degrees north, WGS-84")]
    lon: Annotated[float, Field(ge=-180, le=180, description="degrees east, WGS-84")]
    altitude_m: Annotated[float | None, Field(description="above mean sea level")] = None
    relative_altitude_m: Annotated[float | None, Field(description="over the take-off point, or over level ground")] = None
    yaw_deg: Annotated[float, Field(ge=-360, le=360, description="direction of view, clockwise from north")]
    pitch_deg: Annotated[float, Field(ge=-180, le=180, description="0 the horizon, -90 straight down")]
    roll_deg: Annotated[float, Field(ge=-360, le=360, description="clockwise as the camera sees it")] = 0.0
    range_m: Annotated[float | None, Field(gt=0, description="laser distance along the optical axis")] = None

    def shot_pose(self) -> ShotPose:
        """As the placing takes it."""
        return ShotPose(
            point=GeoPoint(lat_deg=self.lat, lon_deg=self.lon),
            attitude=Attitude.from_euler(self.roll_deg, self.pitch_deg, self.yaw_deg),
            altitude_m=self.altitude_m,
            relative_altitude_m=self.relative_altitude_m,
            range_m=self.range_m,
        )


class CameraLens(StrictNoun):
    """Size of the pictures, focal length and principal point in pixels, distortion of Brown-Conrady."""

    width_px: Annotated[int, Field(gt=0, description="width of the pictures")]
    height_px: Annotated[int, Field(gt=0, description="height of the pictures")]
    fx_px: Annotated[float, Field(gt=0, description="focal length")]
    fy_px: Annotated[float | None, Field(gt=0, description="focal length down the picture, where it differs")] = None
    cx_px: Annotated[float | None, Field(description="principal point from the left; the middle where not given")] = None
    cy_px: Annotated[float | None, Field(description="principal point from the top; the middle where not given")] = None
    distortion: Distortion = Distortion()

    def intrinsics(self) -> Intrinsics:
        """With what is not given filled in."""
        return Intrinsics(
            width_px=self.width_px,
            height_px=self.height_px,
            fx_px=self.fx_px,
            fy_px=self.fy_px or self.fx_px,
            cx_px=self.width_px / 2 if self.cx_px is None else self.cx_px,
            cy_px=self.height_px / 2 if self.cy_px is None else self.cy_px,
            distortion=self.distortion,
        )


class StatedAccuracy(StrictNoun):
    """The aircraft's class (rtk, multirotor, consumer), and standard deviations (1 sigma) that replace those of the class."""

    aircraft: Annotated[Literal["rtk", "multirotor", "consumer"] | None, Field(description="class of the aircraft")] = None
    position_m: Annotated[float | None, Field(gt=0)] = None
    height_m: Annotated[float | None, Field(gt=0)] = None
    heading_deg: Annotated[float | None, Field(gt=0)] = None
    tilt_deg: Annotated[float | None, Field(gt=0)] = None
    timing_s: Annotated[float | None, Field(ge=0)] = None
    focal_share: Annotated[float | None, Field(ge=0)] = None
    pixel_px: Annotated[float | None, Field(ge=0)] = None


class CameraFile(StrictNoun):
    """What a camera file says. The lens outranks what the pictures say of theirs; the pose is for those that say none."""

    pose: CameraPose | None = None
    lens: CameraLens | None = None
    accuracy: StatedAccuracy = StatedAccuracy()
    name: Annotated[str, Field(exclude=True)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.pose is None and self.lens is None and self.accuracy == StatedAccuracy():
            raise ValueError("says nothing: expected [pose], [lens] or [accuracy]")
        return self


def read_camera_file(path: Path) -> CameraFile:
    """The camera file; raises InvalidInput naming the file, the key and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InvalidInput(str(path), "", "there is no such file; `oneflight locate --camera-example` prints one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error}") from error
    values = _parsed(path, text)
    try:
        return CameraFile.model_validate({**values, "name": path.name})
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(str(path), ".".join(str(part) for part in first["loc"]), first["msg"]) from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        values = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput(str(path), "", f"is neither TOML nor JSON: {error}") from error
    if not isinstance(values, dict) or "name" in values:
        raise InvalidInput(str(path), "name", "is not a key of a camera file; expected pose, lens, accuracy")
    return values


_EXAMPLES = {"aircraft": '"multirotor"'}


def example_camera_file() -> str:
    """A camera file with every key and its meaning, made from the nouns themselves."""
    example = {"lat": 31.78, "lon": 119.95, "yaw_deg": 0.0, "pitch_deg": -90.0, "relative_altitude_m": 100.0}
    example |= {"width_px": 4000, "height_px": 3000, "fx_px": 2900.0}
    lines = ["# Camera file for `oneflight locate --camera` and `oneflight inspect --camera`. Keys behind # may be left out."]
    for table, noun in (
        ("pose", CameraPose),
        ("lens", CameraLens),
        ("lens.distortion", Distortion),
        ("accuracy", StatedAccuracy),
    ):
        lines += ["", f"# {(noun.__doc__ or '').strip()}", f"[{table}]"]
        for key, field in noun.model_fields.items():
            if key == "distortion":
                continue
            told = f"  # {field.description}" if field.description else ""
            lines.append(f"{key} = {example[key]}{told}" if key in example else f"# {key} = {_EXAMPLES.get(key, '0.0')}{told}")
    return "\n".join(lines) + "\n"
