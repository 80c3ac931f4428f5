"""Data sets of rendered scenes in YOLO's format: every picture is its own piece of ground with its own matters."""
