"""What an aircraft tells of itself, and the pose a frame was taken from."""

from typing import Annotated

from pydantic import Field

from missions.geometry import Attitude, GeoPoint
from missions.noun import Instant, Noun


class Telemetry(Noun):
    """An aircraft's state, a few times a second. Unknown values are None, never zero."""

    at: Instant
    point: GeoPoint | None = None
    height_m: Annotated[float | None, Field(description="over the take-off point")] = None
    altitude_m: Annotated[float | None, Field(description="above mean sea level")] = None
    heading_deg: float | None = None
    ground_speed_mps: float | None = None
    battery_share: Annotated[float | None, Field(ge=0, le=1)] = None
    armed: bool | None = None
    mode: str | None = None
    flight_id: str | None = None
    mission_item: int | None = None
    mission_items: int | None = None
    outbox_waiting: Annotated[int, Field(ge=0, description="messages not yet acknowledged by the ground")] = 0
    troubles: Annotated[tuple[str, ...], Field(description="what does not work at present, for a person to read")] = ()


class Pose(Noun):
    """Where the camera was and how it looked: `camera` turns the camera's body frame (x along the optical axis,
    y to the image's right, z to the image's bottom) into north-east-down.
    """

    time_boot_ms: float
    point: GeoPoint
    height_m: Annotated[float, Field(description="of the camera over the ground below")]
    camera: Attitude
    ground_speed_mps: float = 0.0
