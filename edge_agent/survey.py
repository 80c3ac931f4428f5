"""What the frames of one flight showed: how many of them nothing, and the ground seen and not seen."""

import threading

from edge_agent.footprint import footprint
from edge_agent.placing import View
from edge_agent.seen_ground import SeenGround
from missions.flight import GroundSeen
from missions.geometry import LocalFrame

LEAST_MOVE_M = 5.0
"""A frame taken nearer than this to the last one of its kind shows hardly more ground, and is only counted."""

LEAST_TURN_COSINE = 0.985
"""Of 10 degrees: a frame that looks further aside than this shows other ground."""


class Survey:
    """Frames go in from one thread; the sum may be asked for from any other."""

    def __init__(self, flight_id: str, max_error_m: float) -> None:
        self.flight_id = flight_id
        self._max_error_m = max_error_m
        self._ground = SeenGround()
        self._last: dict[bool, View] = {}
        self._frames = {True: 0, False: 0}
        self._private = 0
        self._busy = threading.Lock()

    def take(self, view: View, *, is_seen: bool) -> None:
        """Takes a frame, and whether anything can be made out on it."""
        with self._busy:
            self._frames[is_seen] += 1
            if not self._is_near_last(view, is_seen):
                self._last[is_seen] = view
                self._ground.add(footprint(view, self._max_error_m), is_seen=is_seen)

    def pass_over(self) -> None:
        """Counts a frame that shows private ground: nothing else of it is known."""
        with self._busy:
            self._private += 1

    def sum(self) -> GroundSeen:
        """What came of all frames so far."""
        with self._busy:
            return GroundSeen(
                frames=sum(self._frames.values()),
                frames_not_seen=self._frames[False],
                seen_m2=round(self._ground.seen().area, 1),
                not_seen_m2=round(self._ground.not_seen().area, 1),
                frames_private=self._private,
            )

    def _is_near_last(self, view: View, is_seen: bool) -> bool:
        last = self._last.get(is_seen)
        if last is None:
            return False
        axes = (last.pose.camera.matrix()[:, :2].T @ view.pose.camera.matrix()[:, :2]).diagonal()
        return _apart_m(last, view) < LEAST_MOVE_M and bool((axes > LEAST_TURN_COSINE).all())


def _apart_m(one: View, other: View) -> float:
    east_m, north_m = LocalFrame(one.pose.point).to_xy(other.pose.point)
    return float((east_m**2 + north_m**2 + (one.pose.height_m - other.pose.height_m) ** 2) ** 0.5)
