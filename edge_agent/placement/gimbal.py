"""How a camera on a gimbal looks, from the angles that makers give in one frame or another."""

from enum import StrEnum

from missions.geometry import Attitude


class GimbalFrame(StrEnum):
    """What a gimbal's angles are measured from.

    `EARTH`: north and the horizon (DJI's XMP and .SRT; MAVLink with YAW_IN_EARTH_FRAME). `HEADING`: the aircraft's heading and
    the horizon (MAVLink with YAW_IN_VEHICLE_FRAME). `AIRCRAFT`: the aircraft's own axes (a camera that is not stabilised).
    """

    EARTH = "earth"
    HEADING = "heading"
    AIRCRAFT = "aircraft"


def camera_attitude(gimbal: Attitude, aircraft: Attitude | None, frame: GimbalFrame) -> Attitude:
    """The camera's attitude in north-east-down; `aircraft` may be None in the earth's frame alone (else ValueError)."""
    if frame is GimbalFrame.EARTH:
        return gimbal
    if aircraft is None:
        raise ValueError(f"gimbal angles in the frame '{frame}' need the aircraft's attitude")
    base = aircraft if frame is GimbalFrame.AIRCRAFT else Attitude.from_euler(0.0, 0.0, aircraft.euler_deg()[2])
    return base.after(gimbal)
