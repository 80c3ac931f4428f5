"""Live Matroska, read back by FFmpeg."""

import io

import av
import cv2
import numpy as np

from simulator.camera.matroska import cluster, head


def test_ffmpeg_reads_every_frame_with_its_time() -> None:
    """Times of days and of milliseconds come back exactly, and the pictures byte for byte."""
    jpeg = cv2.imencode(".jpg", np.full((72, 128, 3), 90, np.uint8))[1].tobytes()
    times = [7, 1007, 86_400_000 * 30]
    video = head(128, 72) + b"".join(cluster(time_ms, jpeg) for time_ms in times)
    with av.open(io.BytesIO(video)) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        assert (stream.width, stream.height, stream.codec_context.name) == (128, 72, "mjpeg")
        assert [int(packet.pts * packet.time_base * 1000) for packet in packets] == times
        assert all(bytes(packet) == jpeg for packet in packets)
