"""A video that is late against its subtitles: the delay is found once for the film, taken out of its poses, and told."""

from pathlib import Path

import av
import pytest

from edge_agent.material.given import NOTHING
from edge_agent.material.video import Film, open_film
from edge_agent.placement.latency import Latency, Unknown
from missions.geometry import LocalFrame
from tests.edge_agent.material.test_video import clock
from tests.edge_agent.placement.test_latency import HEIGHT_M, PLANE, Way, picture, straight, texture, turning

RATE = 8
EQUIVALENT_MM = 280.0 * 36.0 / 320.0
LASTS_S = 18


def filmed(folder: Path, way: Way, delay_s: float) -> Film:
    """A video beside its subtitles, one a picture; they tell of `delay_s` later than the pictures show."""
    ground, lines = texture(), []
    with av.open(str(folder / "A.MP4"), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.options = {"g": "8", "crf": "15"}
        for number in range(LASTS_S * RATE):
            time_s = number / RATE
            frame = av.VideoFrame.from_ndarray(picture(ground, way, time_s - delay_s), format="gray")
            container.mux(stream.encode(frame.reformat(format="yuv420p")))
            east, north, heading_deg = way(time_s)
            place = PLANE.to_geo(east, north)
            told = f"[latitude: {place.lat_deg:.7f}] [longitude: {place.lon_deg:.7f}] [rel_alt: {HEIGHT_M} abs_alt: 65.0]"
            angles = f"[gb_yaw: {heading_deg:.2f} gb_pitch: -90.0 gb_roll: 0.0]"
            span = f"{clock(round(1000 * time_s))} --> {clock(round(1000 * (time_s + 1 / RATE)))}"
            lines.append(f"{number + 1}\n{span}\n[focal_len: {EQUIVALENT_MM:.2f}] {told} {angles}\n")
        container.mux(stream.encode(None))
    (folder / "A.SRT").write_text("\n".join(lines), encoding="utf-8")
    return open_film(folder / "A.MP4", NOTHING)


def test_the_delay_is_taken_out(tmp_path: Path) -> None:
    """Pictures 0.3 s late: frame 81, at 10 s, shows what was at 9.7 s."""
    film = filmed(tmp_path, turning, 0.3)
    assert isinstance(film.latency, Latency)
    assert film.latency.latency_s == pytest.approx(0.3, abs=0.03)
    shot = film.shot(81)
    assert shot.pose is not None
    _, north_m = PLANE.to_xy(shot.pose.value.point)
    assert north_m == pytest.approx(turning(9.7)[1], abs=0.2)
    assert shot.accuracy.value.timing_s == film.latency.sigma_s
    assert any("late by +0.3" in text or "late by +0.29" in text for text in shot.assumptions)


def test_where_nothing_tells_it_the_doubt_is_wider(tmp_path: Path) -> None:
    """Straight on at one speed: the subtitles' times hold, with 0.06 s of doubt for a consumer's 0.05, and it is said."""
    film = filmed(tmp_path, straight, 0.3)
    assert isinstance(film.latency, Unknown)
    shot = film.shot(81)
    assert shot.pose is not None
    assert LocalFrame(PLANE.to_geo(0.0, 50.0)).to_xy(shot.pose.value.point) == pytest.approx((0.0, 0.0), abs=0.1)
    assert shot.accuracy.value.timing_s == 0.06
    assert any("is not told, taken as 0" in text and "no turn" in text for text in shot.assumptions)
