"""The agent's settings: one TOML file, overridden by the environment (`ONEFLIGHT_AGENT__BROKER__PORT=1884`)."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import SettingsConfigDict

from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.shot import PoseAccuracy
from missions.settings import FileSettings, read_settings


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Identity(_Section):
    """Who this aircraft is, as in the catalogue."""

    district_id: str = Field(description="the district's id")
    drone_id: str = Field(description="the drone's id")


class Broker(_Section):
    """The MQTT broker of the ground station."""

    host: str = Field(default="127.0.0.1", description="host name or address")
    port: int = Field(default=1883, ge=1, le=65535, description="TCP port")
    username: str | None = Field(default=None, description="account; the drone's id where none is given")
    password_file: Path | None = Field(default=None, description="file whose first line is the password")
    tls: bool = Field(default=False, description="whether to speak TLS")
    ca_file: Path | None = Field(
        default=None, description="certificate authority of the broker; the system's where none is given"
    )
    keepalive_s: int = Field(default=10, ge=2, le=300, description="seconds between signs of life")
    telemetry_interval_s: float = Field(default=0.5, gt=0, le=60, description="seconds between two telemetry messages")
    resend_after_s: float = Field(
        default=3.0, gt=0, le=600, description="seconds before an unacknowledged message is sent again"
    )
    resend_at_most_s: float = Field(default=30.0, gt=0, le=3600, description="greatest of those pauses; each doubles the last")
    window: int = Field(
        default=50,
        ge=1,
        le=1000,
        description="messages on their way at one time; those that are never answered are passed over",
    )


class Autopilot(_Section):
    """The autopilot, and what is asked of it before a flight."""

    url: str = Field(default="udpin://127.0.0.1:14540", description="MAVSDK connection URL; one port an aircraft")
    system_id: int = Field(default=1, ge=1, le=254, description="MAVLink system id of this aircraft")
    threads: int = Field(default=64, ge=8, le=256, description="threads for calls that await the autopilot")
    settle_s: float = Field(default=3.0, ge=0, le=30, description="seconds PX4 needs after an upload to check it")
    take_off_within_s: float = Field(default=60.0, gt=0, le=600, description="seconds from arming to being in the air")
    max_home_distance_m: float = Field(default=50.0, gt=0, description="greatest distance from the plan's take-off point")
    reserve_share: float = Field(default=0.2, ge=0, lt=1, description="share of the battery that a plan must leave")


class CameraSource(_Section):
    """Where frames come from."""

    source: str | None = Field(
        default=None, description="device number, file or URL that OpenCV reads; none: fly without seeing"
    )
    frame_time: Literal["stream", "arrival"] = Field(
        default="stream", description="stream: the stream's clock is the autopilot's; arrival: arrival less latency_s"
    )
    latency_s: float = Field(default=0.2, ge=0, le=10, description="seconds from exposure to arrival")
    first_frame_within_s: float = Field(default=15.0, gt=0, description="seconds to wait for a frame before a plan is refused")
    boresight: Path | None = Field(
        default=None, description="how the camera really looks on this aircraft: a file of `oneflight calibrate`; none: as told"
    )
    queue: int = Field(default=4, ge=1, le=32, description="frames kept while the detector is busy; older ones are dropped")
    pace: Literal["live", "file"] = Field(
        default="live", description="file: every frame once, as fast as the detector takes them, none dropped, not opened again"
    )


class Model(_Section):
    """The detection network."""

    reference: str | None = Field(
        default=None, description="name or path of the model; none: the model that comes with OneFlight"
    )
    registry: Path | None = Field(
        default=None, description="folder of promoted models (`oneflight model promote`), where a name is looked for first"
    )
    threads: int = Field(default=1, ge=1, le=64, description="processor threads for inference")
    min_confidence: float = Field(
        default=0.35, gt=0, lt=1, description="detections below this are ignored: a probability where the model is calibrated"
    )
    max_frames_per_s: float = Field(
        default=6.0, ge=0, le=1000, description="frames detected in each second, at most; 0: every frame"
    )


class Tracking(_Section):
    """When detections are one object, and when that object is reported."""

    min_frames: int = Field(default=3, ge=1, le=100, description="frames an object must be seen in to be reported")
    close_after_s: float = Field(
        default=5.0, gt=0, le=600, description="seconds out of sight (autopilot's clock) that end a track"
    )
    margin_m: float = Field(default=3.0, ge=0, le=50, description="added round a box on the ground before boxes are compared")
    min_height_m: float = Field(default=20.0, ge=0, le=200, description="frames from below this height are not looked at")


class Accuracy(_Section):
    """Standard deviations (1 sigma) of what a place on the ground is computed from, and what follows from them."""

    aircraft: Literal["rtk", "multirotor", "consumer"] = Field(
        default="multirotor", description="class of the aircraft (docs/perception.md); what is not given below is the class's"
    )
    position_m: float | None = Field(default=None, gt=0, description="horizontal position of the aircraft, on each axis")
    height_m: float | None = Field(default=None, gt=0, description="height over the ground")
    heading_deg: float | None = Field(default=None, gt=0, description="direction of the camera about the vertical")
    tilt_deg: float | None = Field(default=None, gt=0, description="pitch and roll of the camera")
    timing_s: float | None = Field(default=None, ge=0, description="time of a frame against the pose")
    focal_share: float | None = Field(default=None, ge=0, description="focal length, as a share of it")
    pixel_px: float | None = Field(default=None, ge=0, description="centre of a box")
    max_error_m: float = Field(default=15.0, gt=0, description="sightings whose 95 % ellipse reaches further are left out")

    def of_pose(self) -> PoseAccuracy:
        """What holds, the class's and the given."""
        given = {name: value for name, value in self if name not in ("aircraft", "max_error_m") and value is not None}
        return replace(AIRCRAFT_CLASSES[self.aircraft].value, **given)


class Privacy(_Section):
    """Who is masked in evidence that is fine enough to recognise people or number plates."""

    models: tuple[str, ...] = Field(
        default=(),
        description="names or paths of models of your own (faces, plates) beside the detection model; all they find is masked",
    )


class Storage(_Section):
    """The agent's disk."""

    directory: Path = Field(default=Path("agent-data"), description="folder for the outbox and the flight's state")


class AgentSettings(FileSettings):
    """All settings of one agent."""

    model_config = SettingsConfigDict(env_prefix="ONEFLIGHT_AGENT__", env_nested_delimiter="__", extra="forbid", frozen=True)

    identity: Identity
    broker: Broker = Broker()
    autopilot: Autopilot = Autopilot()
    camera: CameraSource = CameraSource()
    model: Model = Model()
    tracking: Tracking = Tracking()
    accuracy: Accuracy = Accuracy()
    privacy: Privacy = Privacy()
    storage: Storage = Storage()


def load_settings(path: Path) -> AgentSettings:
    """The settings in `path`; raises InvalidInput naming the file, the key and what is wrong with it."""
    return read_settings(AgentSettings, path, where_missing="`oneflight agent config-example` prints one")


def example_toml() -> str:
    """A settings file with every key, its default and its meaning; generated from the settings themselves."""
    lines = ["# OneFlight edge agent. Keys that begin with # show their defaults."]
    for name, section in AgentSettings.model_fields.items():
        model = section.annotation
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        lines += ["", f"# {(model.__doc__ or '').strip()}", f"[{name}]"]
        for key, field in model.model_fields.items():
            lines.append(f"# {field.description}")
            lines.append(f'{key} = ""' if field.is_required() else f"# {key} = {_toml(field.default)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int | float) else f'"{value}"'
