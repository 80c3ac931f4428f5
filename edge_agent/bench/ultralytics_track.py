"""A contender: `model.track()` of Ultralytics. Stands alone, as it runs in another interpreter, which may lack OneFlight.

PYTHON ultralytics_track.py VIDEO WEIGHTS WIDTH HEIGHT CONFIDENCE
"""

import importlib
import json
import os
import resource
import sys
import time


def main(video: str, weights: str, width: str, height: str, confidence: str) -> None:
    """Serves passes until standard input ends: the whole video with its tracker (ByteTrack, as ours), its own threads."""
    os.environ.update({"YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false", "YOLO_VERBOSE": "false"})
    model = importlib.import_module("ultralytics").YOLO(weights, task="detect")
    size = [int(height), int(width)]
    for _ in sys.stdin:
        started, frames = time.perf_counter(), 0
        results = model.track(
            video, stream=True, imgsz=size, conf=float(confidence), tracker="bytetrack.yaml", device="cpu", verbose=False
        )
        for _ in results:
            frames += 1
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        answer = {"seconds": time.perf_counter() - started, "frames": frames, "rss_mb": peak_mb}
        sys.stdout.write(f"PASS {json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
