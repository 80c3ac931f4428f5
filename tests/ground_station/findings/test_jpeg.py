"""The check of pictures by their markers."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_station.findings.jpeg import NotJpeg, PictureSize, jpeg_size


def test_the_size_is_read(jpeg: bytes) -> None:
    """48 x 32, as the frame header says."""
    assert jpeg_size(jpeg) == PictureSize(width_px=48, height_px=32)


def test_a_real_encoder_is_understood() -> None:
    """A JPEG that OpenCV has written."""
    cv2 = pytest.importorskip("cv2")
    numpy = pytest.importorskip("numpy")
    _, encoded = cv2.imencode(".jpg", numpy.full((37, 61, 3), 120, dtype=numpy.uint8))
    assert jpeg_size(io.BytesIO(encoded.tobytes()).getvalue()) == PictureSize(width_px=61, height_px=37)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "does not begin"),
        (b"\x89PNG\r\n", "does not begin"),
        (b"\xff\xd8\xff\xe0\x00\x10JF", "cut off"),
        (b"\xff\xd8\xff\xd9", "no frame header"),
        (b"\xff\xd8\x00\x00\x00\x00\xff\xd9", "should begin a marker"),
        (b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x00\x00\x30\x01\x01\x11\x00\xff\xd9", "no width or no height"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, reason: str) -> None:
    """Each fault is named."""
    with pytest.raises(NotJpeg, match=reason):
        jpeg_size(content)


@given(st.binary(max_size=300).map(lambda tail: b"\xff\xd8" + tail + b"\xff\xd9"))
def test_no_bytes_crash_it(content: bytes) -> None:
    """Any bytes are a picture with a size, or are refused."""
    try:
        size = jpeg_size(content)
    except NotJpeg:
        return
    assert size.width_px > 0
    assert size.height_px > 0
