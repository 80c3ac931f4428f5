"""A record, and a picture that is a JPEG as far as its segments go (a JFIF segment of 16 bytes, then arbitrary bytes)."""

from datetime import UTC, datetime

from missions.evidence.keys import SigningKey
from missions.evidence.record import Crop, EvidenceRecord, Mask, MaskedRegion
from missions.finding import Detection, ModelRef
from missions.geometry import Attitude, GeoPoint, PixelBox
from missions.telemetry import Pose

KEY = SigningKey.generate()
BOX = PixelBox(x_min=600.0, y_min=300.0, x_max=680.5, y_max=360.25)
JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")
PICTURE = b"\xff\xd8" + JFIF + bytes(range(256)) + b"\xff\xd9"
RECORD = EvidenceRecord(
    finding_id="f-1",
    flight_id="flight-1",
    aircraft_id="zl-01",
    key_id="0" * 64,
    taken_at=datetime(2026, 5, 1, 4, tzinfo=UTC),
    pose=Pose(
        time_boot_ms=61250.0,
        point=GeoPoint(lat_deg=31.7905, lon_deg=119.856),
        height_m=69.5,
        camera=Attitude(w=0.5, x=0.5, y=-0.5, z=0.5),
    ),
    frame_sha256="a" * 64,
    picture_sha256="0" * 64,
    crop=Crop(window=BOX, frame_width_px=1280, frame_height_px=720, width_px=80, height_px=60),
    seen=Detection(class_key="garbage_pile", confidence=0.875, box=BOX),
    model=ModelRef(name="district-33", version="1", weights_sha256="c" * 64),
    software_version="0.1.0",
    mask=Mask(rule="made for a test", regions=(MaskedRegion(box=BOX, why="person", confidence=0.2),)),
)
