"""Which sightings are the same object: sightings of one frame after another go in, tracks come out. Nothing is stored here."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from edge_agent.track import BestFrame, Sighting, Track
from edge_agent.tracker import GroundTracker
from missions.geometry import GeoPoint
from missions.noun import new_id

BETTER = 1.1
"""A frame replaces the best one when it is better by this factor: each replacement costs a JPEG and a write."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is followed: the objects of one flight, on the plane round `home`. `classes`: what is reported -> its category."""

    flight_id: str
    drone_id: str
    home: GeoPoint
    classes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """The frame that shows an object best so far, and its evidence's JPEG; another one for those who may see people, where
    there is one.
    """

    best: BestFrame
    jpeg: bytes
    people_jpeg: bytes | None = None


Prove = Callable[[str, Sighting], Proof | None]
"""Cuts the proof of a sighting of the track with that id; None where its frame is gone or cannot be cut."""


class Following:
    """The tracks of one flight, by number."""

    def __init__(self, watch: Watch, tracker: GroundTracker[Sighting]) -> None:
        self.watch = watch
        self.tracks: dict[int, Track] = {}
        self._tracker = tracker

    def follow(self, sightings: list[Sighting], time_s: float, prove: Prove) -> list[tuple[int, Sighting, Proof | None]]:
        """Takes the sightings of one frame. Gives what changed: track, sighting, and evidence where it is a new best one."""
        boxes = np.array([sighting.box_m for sighting in sightings]).reshape(-1, 4)
        confidences = np.array([sighting.detection.confidence for sighting in sightings])
        numbered = self._tracker.update(boxes, confidences, sightings, time_s)
        return [(number, sighting, self._see(number, sighting, prove)) for number, sighting in numbered]

    def _see(self, number: int, sighting: Sighting, prove: Prove) -> Proof | None:
        track = self.tracks.get(number) or new_track(self.watch, sighting)
        is_better = track.best is None or sighting.quality > BETTER * track.best.quality
        proof = prove(track.id, sighting) if is_better else None
        self.tracks[number] = track.seen(sighting, proof.best if proof else None)
        return proof


def new_track(watch: Watch, first: Sighting) -> Track:
    """A track that begins with a sighting; it holds none yet."""
    return Track(
        id=new_id(),
        flight_id=watch.flight_id,
        drone_id=watch.drone_id,
        home=watch.home,
        votes={},
        first_seen_at=first.at,
        last_seen_at=first.at,
        last_seen_ms=first.pose.time_boot_ms,
    )
