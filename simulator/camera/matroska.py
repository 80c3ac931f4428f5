"""Live Matroska with one MJPEG track, each frame whole and at once.

The head comes from FFmpeg's muxer. Its clusters do not: it holds each one back until the next frame is there, which would delay
the video by a frame. Element ids and layout: RFC 9559 (Cluster, Timestamp, SimpleBlock); sizes: RFC 8794.
"""

import io

import av

_CLUSTER, _TIMESTAMP, _SIMPLE_BLOCK = b"\x1f\x43\xb6\x75", b"\xe7", b"\xa3"
_TRACK_1, _AT_CLUSTER_TIME, _KEYFRAME = b"\x81", b"\x00\x00", b"\x80"


class _Unseekable:
    def __init__(self) -> None:
        self._bytes = io.BytesIO()

    def write(self, data: bytes) -> int:
        return self._bytes.write(data)

    def getvalue(self) -> bytes:
        return self._bytes.getvalue()


def head(width_px: int, height_px: int) -> bytes:
    """Everything before the first frame: a live segment, time base 1 ms, stream rate 1000."""
    out = _Unseekable()
    with av.open(out, mode="w", format="matroska", options={"live": "1"}) as container:
        stream = container.add_stream("mjpeg", rate=1000)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuvj420p"
        container.start_encoding()
        return out.getvalue()


def cluster(time_ms: int, jpeg: bytes) -> bytes:
    """One frame, shown at `time_ms`."""
    block = _element(_SIMPLE_BLOCK, _TRACK_1 + _AT_CLUSTER_TIME + _KEYFRAME + jpeg)
    return _element(_CLUSTER, _element(_TIMESTAMP, time_ms.to_bytes(8, "big")) + block)


def _element(id: bytes, payload: bytes) -> bytes:
    return id + b"\x01" + len(payload).to_bytes(7, "big") + payload
