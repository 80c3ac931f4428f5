"""How well the pose of a class of aircraft is known, where nothing better is said."""

from edge_agent.shot import PoseAccuracy, Sourced

AIRCRAFT_CLASSES: dict[str, Sourced[PoseAccuracy]] = {
    "rtk": Sourced(
        PoseAccuracy(
            position_m=0.1, height_m=0.5, heading_deg=0.7, tilt_deg=0.3, timing_s=0.02, focal_share=0.002, pixel_px=3.0
        ),
        "class rtk: fixed RTK position, dual-antenna heading, calibrated camera",
    ),
    "multirotor": Sourced(
        PoseAccuracy(
            position_m=1.0, height_m=1.5, heading_deg=1.5, tilt_deg=0.7, timing_s=0.03, focal_share=0.005, pixel_px=4.0
        ),
        "class multirotor: multi-band GNSS, magnetic heading, stabilised gimbal",
    ),
    "consumer": Sourced(
        PoseAccuracy(
            position_m=1.5, height_m=2.0, heading_deg=2.5, tilt_deg=0.8, timing_s=0.05, focal_share=0.015, pixel_px=4.0
        ),
        "class consumer: single-band GNSS, magnetic heading, focal length by EXIF",
    ),
}
"""Class -> standard deviations and what they suppose."""
