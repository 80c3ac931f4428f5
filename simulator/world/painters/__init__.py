"""One painter for each thing that the detector knows, seen from straight above."""
