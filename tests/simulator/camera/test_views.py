"""The log of what was in view."""

from pathlib import Path

from missions.geometry import Attitude, GeoPoint, PixelBox
from missions.telemetry import Pose
from simulator.camera.views import ViewsLog, read_views

POSE = Pose(time_boot_ms=4000.0, point=GeoPoint(lat_deg=31, lon_deg=120), height_m=80, camera=Attitude.from_euler(0, -90, 0))


def test_each_frame_is_on_disk_at_once_and_comes_back(tmp_path: Path) -> None:
    """A line is readable while the log is still open; a line cut short by a killed camera is left out."""
    path = tmp_path / "views" / "a.jsonl"
    log = ViewsLog(path)
    log.write(POSE, {"m1": PixelBox(x_min=1, y_min=2, x_max=3, y_max=4)})
    [view] = read_views(path)
    assert view.time_boot_ms == 4000
    assert view.matters["m1"].x_max == 3
    log.close()
    with path.open("a") as torn:
        torn.write('{"time_boot_ms": 5')
    assert len(read_views(path)) == 1


def test_a_restarted_camera_goes_on_in_the_same_file(tmp_path: Path) -> None:
    """Opening a log again keeps what is there."""
    for _ in range(2):
        log = ViewsLog(tmp_path / "a.jsonl")
        log.write(POSE, {})
        log.close()
    assert len(read_views(tmp_path / "a.jsonl")) == 2
