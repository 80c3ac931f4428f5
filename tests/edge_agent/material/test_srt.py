"""Subtitles in every maker's notation, broken ones, and any text at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.material.srt import Pair, read_srt
from edge_agent.material.srt_order import Orders, points_of
from missions.errors import FormatError
from missions.geometry import GeoPoint


def subtitle(body: str, start: str = "00:00:01,000", end: str = "00:00:02,000") -> bytes:
    return f"1\n{start} --> {end}\n{body}\n\n".encode()


@pytest.mark.parametrize(
    ("body", "pair"),
    [
        ("[latitude: 41.420684] [longitude: 2.162162]", Pair(41.420684, 2.162162, "labelled", 6)),
        ("[latitude : -34.869950] [longtitude : -57.823395]", Pair(-34.86995, -57.823395, "labelled", 6)),
        ("GPS(149.0251,-20.2533,16) BAROMETER:1.9", Pair(149.0251, -20.2533, "satellites", 4)),
        ("GPS(36.6146,-6.1120,0.0M) BAROMETER:0.3M", Pair(36.6146, -6.112, "metres", 4)),
        ("GPS (-58.851745, -34.237922, 15), HOME (-58.8, -34.2, -57.98m)", Pair(-58.851745, -34.237922, "satellites", 6)),
        ("GPS(W: 97.126801, N: 36.160702, 302.32)", Pair(36.160702, -97.126801, "lettered", 6)),
        ("GPS(12.5,45.25)", Pair(12.5, 45.25, "bare", 1)),
        ("[iso : 100] [shutter : 1/240.0]", None),
    ],
)
def test_positions_of_each_notation(body: str, pair: Pair | None) -> None:
    """The two numbers as written, and what tells their order."""
    assert read_srt("x.srt", subtitle(body))[0].position == pair


def test_enterprise_subtitle_has_angles_heights_lens_and_time() -> None:
    """Matrice 30: gimbal angles against the earth, both altitudes, 35 mm equivalent and zoom."""
    body = (
        '<font size="28">FrameCnt: 1, DiffTime: 33ms\n2026-09-24 15:20:55.713\n[focal_len: 24.00] [dzoom_ratio: 1.50] '
        "[latitude: 38.375988] [longitude: 23.257121] [rel_alt: 20.160 abs_alt: 169.523] "
        "[gb_yaw: -77.4 gb_pitch: -47.4 gb_roll: 0.1]"
    )
    entry = read_srt("x.srt", subtitle(body, "00:01:02,500", "00:01:02,533"))[0]
    assert (entry.start_s, entry.end_s) == (62.5, 62.533)
    assert entry.at == datetime(2026, 9, 24, 15, 20, 55, 713000, UTC)
    assert (entry.yaw_deg, entry.pitch_deg, entry.roll_deg) == (-77.4, -47.4, 0.1)
    assert (entry.relative_altitude_m, entry.altitude_m) == (20.16, 169.523)
    assert (entry.equivalent_mm, entry.zoom) == (24.0, 1.5)


def test_phantom_subtitle_has_height_and_gimbal_angles_in_its_own_order() -> None:
    """G.PRY is pitch, roll, yaw; H the height over the take-off point; the aircraft's own F.PRY is another thing."""
    body = (
        "F/5.6, SS 400, GPS (-58.851745, -34.237922, 15), D 698.70m, H 85.80m, "
        "F.PRY (2.7°, -7.0°, 110.1°), G.PRY (-24.4°, 0.5°, 110.4°)"
    )
    entry = read_srt("x.srt", subtitle(body))[0]
    assert (entry.pitch_deg, entry.roll_deg, entry.yaw_deg) == (-24.4, 0.5, 110.4)
    assert entry.relative_altitude_m == 85.8


@pytest.mark.parametrize(("written", "mm"), [("240", 24.0), ("24.00", 24.0), ("162.00", 162.0)])
def test_focal_length_of_older_models_is_in_tenths(written: str, mm: float) -> None:
    """Without a point it counts tenths of a millimetre."""
    assert read_srt("x.srt", subtitle(f"[focal_len : {written}]"))[0].equivalent_mm == mm


def test_file_that_breaks_off_keeps_what_it_has() -> None:
    """The last subtitle has no position; those before it do."""
    content = subtitle("GPS(149.0251,-20.2533,16)") + subtitle(
        "HOME(149.0251,-20.2532) 2017.07.03 10:1", "00:00:02,000", "00:00:03,000"
    )
    entries = read_srt("x.srt", content)
    assert [entry.position is not None for entry in entries] == [True, False]


@pytest.mark.parametrize("content", [b"", b"1\n", b"[latitude: 1.0] [longitude: 2.0]", b"\xff\xfe\x00"])
def test_file_without_times_is_refused(content: bytes) -> None:
    """Nothing ties it to the video: the error names the file."""
    with pytest.raises(FormatError, match=r"x\.srt"):
        read_srt("x.srt", content)


@pytest.mark.parametrize(
    ("body", "near", "point"),
    [
        ("GPS(149.0251,-20.2533,16)", None, (-20.2533, 149.0251)),
        ("GPS(36.6146,-6.1120,0.0M)", None, (36.6146, -6.112)),
        ("GPS(31.7,119.9,15)", None, (31.7, 119.9)),
        ("GPS(31.7,119.9)", None, (31.7, 119.9)),
        ("[latitude: 119.9] [longitude: 31.7]", None, (31.7, 119.9)),
        ("[latitude: 8.2] [longitude: 47.4]", GeoPoint(lat_deg=47.5, lon_deg=8.3), (47.4, 8.2)),
        ("GPS(8.2,47.4)", GeoPoint(lat_deg=47.5, lon_deg=8.3), (47.4, 8.2)),
    ],
    ids=["mavic pro", "matrice 300", "beyond 90 outranks notation", "beyond 90", "labels swapped", "labels near", "bare near"],
)
def test_latitude_is_told_from_longitude(body: str, near: GeoPoint | None, point: tuple[float, float]) -> None:
    """By range, by a place nearby, by labels and by the notation of the model."""
    entries = read_srt("x.srt", subtitle(body))
    orders = Orders(entries, near)
    assert orders.why_not is None
    found = orders.point(entries[0].position)
    assert found is not None
    assert (found.lat_deg, found.lon_deg) == point
    assert bool(orders.flags) == (body.startswith("[lat") or body == "GPS(31.7,119.9,15)")


def test_numbers_that_could_be_either_are_not_guessed() -> None:
    """Both readings are told."""
    orders = Orders(read_srt("x.srt", subtitle("GPS(12.5,45.25)")), None)
    assert orders.point(Pair(12.5, 45.25, "bare", 1)) is None
    assert "12.5 north, 45.25 east or 45.25 north, 12.5 east" in (orders.why_not or "")


def test_place_far_from_both_readings_is_said() -> None:
    """A place on the other side of the earth tells nothing, and the file is not believed."""
    orders = Orders(read_srt("x.srt", subtitle("GPS(12.5,45.25)")), GeoPoint(lat_deg=-40.0, lon_deg=-70.0))
    assert "in either order" in (orders.why_not or "")


def test_single_entry_with_its_numbers_swapped_is_turned_round() -> None:
    """Continuity: between its neighbours only the other order makes sense; one that makes none stays out."""
    bodies = ["[latitude: 31.7] [longitude: 60.2]", "[latitude: 60.2] [longitude: 31.7]", "[latitude: 31.7] [longitude: 60.2]"]
    content = b"".join(subtitle(body, f"00:00:0{index},000", f"00:00:0{index + 1},000") for index, body in enumerate(bodies))
    entries = read_srt("x.srt", content)
    places = [point.lat_deg for point in points_of(entries, Orders(entries, None)) if point is not None]
    assert places == [31.7, 31.7, 31.7]


def test_notations_may_be_mixed() -> None:
    """Each kind of notation keeps its own order."""
    content = subtitle("GPS (-59.409424, -34.650200, 16)") + subtitle(
        "[latitude : -34.650201] [longtitude : -59.409425]", "00:00:02,000", "00:00:03,000"
    )
    entries = read_srt("x.srt", content)
    points = points_of(entries, Orders(entries, None))
    assert all(point is not None and abs(point.lat_deg + 34.65) < 0.001 for point in points)


_WORDS = ("GPS(", "[latitude: ", "] [longitude : ", "HOME(", "G.PRY (", "focal_len : 0", "H 1m", ": ", ",", ")", "-", "\n")
_NUMBERS = ("999999999999999", "0.0M", "nan", "91", "45.5", "2026-13-99 99:99:99,999")
_TIMES = ("00:00:01,000 --> 00:00:02,000", "999:99:99,999 --> 00:00:00,0")
_PIECES = st.sampled_from((*_WORDS, *_NUMBERS, *_TIMES))


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text_gives_positions_in_range_or_none(text: str) -> None:
    """Never another error than the file's, never a place off the earth or at 0, 0."""
    try:
        entries = read_srt("x.srt", text.encode("utf-8", "surrogatepass"))
    except FormatError:
        return
    for point in points_of(entries, Orders(entries, None)):
        assert point is None or (
            abs(point.lat_deg) <= 90 and abs(point.lon_deg) <= 180 and (point.lat_deg, point.lon_deg) != (0, 0)
        )
