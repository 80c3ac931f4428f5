"""Whether bytes are a JPEG with a size, from its markers (ITU-T T.81, annex B); nothing is decoded."""

from dataclasses import dataclass

_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Start-of-frame markers, without DHT, JPG and DAC that lie among them."""


class NotJpeg(ValueError):
    """Says what is not as in a JPEG."""


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Width and height in pixels."""

    width_px: int
    height_px: int


def jpeg_size(content: bytes) -> PictureSize:
    """The picture's size; raises NotJpeg."""
    if content[:2] != b"\xff\xd8":
        raise NotJpeg("does not begin as a JPEG (FF D8)")
    if not content.rstrip(b"\x00").endswith(b"\xff\xd9"):
        raise NotJpeg("is cut off: no end of image (FF D9)")
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise NotJpeg(f"byte {at} should begin a marker")
        marker = content[at + 1]
        if marker in _STANDALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            return _frame_size(content[at + 4 : at + 2 + length])
        if marker == 0xDA or length < 2:
            break
        at += 2 + length
    raise NotJpeg("has no frame header")


def _frame_size(header: bytes) -> PictureSize:
    if len(header) < 6:
        raise NotJpeg("has a frame header that is cut off")
    size = PictureSize(width_px=int.from_bytes(header[3:5], "big"), height_px=int.from_bytes(header[1:3], "big"))
    if size.width_px == 0 or size.height_px == 0:
        raise NotJpeg("has no width or no height")
    return size
