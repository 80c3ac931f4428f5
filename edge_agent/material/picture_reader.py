"""The pictures of shots, of photos and videos alike."""

import threading
from pathlib import Path

from edge_agent.material.picture import read_picture
from edge_agent.material.video import frame_number, is_video
from edge_agent.material.video_frames import VideoFrames
from edge_agent.ports import Image
from edge_agent.shot import Shot


class PictureReader:
    """Reads shots' pictures. Threads may read at the same time; a video is read by one after the other."""

    def __init__(self) -> None:
        self._video: VideoFrames | None = None
        self._reading = threading.Lock()

    def __call__(self, shot: Shot) -> Image:
        """(height, width, 3), blue-green-red; raises InvalidInput where it is broken."""
        if not is_video(shot.path):
            return read_picture(shot.path)
        with self._reading:
            return self._frames(shot.path).read(frame_number(shot))

    def _frames(self, path: Path) -> VideoFrames:
        """One video is open at a time: shots come in order."""
        if self._video is None or self._video.path != path:
            if self._video is not None:
                self._video.close()
            self._video = VideoFrames(path)
        return self._video
