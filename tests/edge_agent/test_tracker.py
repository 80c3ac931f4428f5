import numpy as np
import pytest

from edge_agent.tracker import GroundTracker
from missions.geometry import Array


def box(x: float, y: float, size: float) -> list[float]:
    return [x - size / 2, y - size / 2, x + size / 2, y + size / 2]


def follow(
    objects: list[tuple[float, float, float]], *, interval_s: float, noise_m: float, seen_from: float = 40.0, seed: int = 1
) -> dict[int, list[tuple[int, float]]]:
    """A camera flies east at 8 m/s over standing objects (x, y, size) and sees what lies within `seen_from` metres along
    its way. Gives per track the (object, time) sightings.
    """
    random = np.random.default_rng(seed)
    tracker = GroundTracker[tuple[int, float]](margin_m=3.0, close_after_s=5.0, min_confidence=0.3)
    tracks: dict[int, list[tuple[int, float]]] = {}
    for time_s in np.arange(0, 40, interval_s):
        seen = [(i, o) for i, o in enumerate(objects) if abs(o[0] - 8 * time_s) < seen_from]
        shift = random.normal(0, noise_m, 2)
        boxes = np.array([box(o[0] + shift[0], o[1] + shift[1], o[2]) for _, o in seen]).reshape(-1, 4)
        sightings = [(i, float(time_s)) for i, _ in seen]
        for track, sighting in tracker.update(boxes, confidences(len(seen)), sightings, float(time_s) + 100):
            tracks.setdefault(track, []).append(sighting)
    return tracks


def confidences(n: int) -> Array:
    return np.full(n, 0.6)


@pytest.mark.parametrize("interval_s", [0.2, 1.0, 1.6])
@pytest.mark.parametrize("size_m", [3.0, 10.0, 30.0])
def test_one_object_is_one_track(interval_s: float, size_m: float) -> None:
    """An object that comes into view and leaves it is one track with every sighting, the first included, at frame rates
    down to one in 1.6 s, with places that wander by a metre.
    """
    tracks = follow([(120.0, 5.0, size_m)], interval_s=interval_s, noise_m=1.0)
    times = [t for t in np.arange(0, 40, interval_s) if abs(120 - 8 * t) < 40]
    assert [[t for _, t in track] for track in tracks.values()] == [pytest.approx(times)]


@pytest.mark.parametrize("seed", range(5))
def test_two_near_objects_are_two_tracks(seed: int) -> None:
    """Two objects of 4 m, 9 m apart, are two tracks, none of which changes from one to the other."""
    tracks = follow([(120.0, 0.0, 4.0), (120.0, 9.0, 4.0)], interval_s=0.5, noise_m=0.7, seed=seed)
    assert sorted({i for i, _ in track} for track in tracks.values()) == [{0}, {1}]


def test_a_single_sighting_is_no_track() -> None:
    """What is seen once only, as false alarms are, is given back never."""
    tracker = GroundTracker[str](margin_m=3.0, close_after_s=5.0, min_confidence=0.3)
    found = tracker.update(np.array([box(0, 0, 3)]), confidences(1), ["once"], 1.0)
    for time_s in (2.0, 3.0, 9.0):
        found += tracker.update(np.zeros((0, 4)), confidences(0), [], time_s)
    assert found == []


def test_a_frame_that_is_not_newer_is_left_out() -> None:
    """A repeated or older frame changes nothing and warns nobody."""
    tracker = GroundTracker[str](margin_m=3.0, close_after_s=5.0, min_confidence=0.3)
    for time_s in (1.0, 1.0, 0.5):
        assert tracker.update(np.array([box(0, 0, 3)]), confidences(1), ["x"], time_s) == []
    assert [s for _, s in tracker.update(np.array([box(0, 0, 3)]), confidences(1), ["y"], 2.0)] == ["x", "y"]
