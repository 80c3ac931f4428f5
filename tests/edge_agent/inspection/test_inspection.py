from dataclasses import replace
from pathlib import Path

import pytest

from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.result import Fate, Result
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from missions.airspace import PrivateZone
from missions.evidence.sealing import verify
from missions.geometry import LocalFrame
from tests.edge_agent.inspection.made_flight import HOME, MadeFlight, MadeThing, job_of

LINE = [(float(east), 0.0) for east in range(0, 200, 20)]
"""Ten pictures of 80 m, 20 m apart: a thing on the line is on up to four."""


def inspect(flight: MadeFlight, out: Path) -> tuple[Result, list[bytes]]:
    bench, state = flight.bench(), State(out)
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    done = conclude(bench, job, state)
    state.close()
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def test_a_thing_on_overlapping_photos_is_one_finding(folder: Path, tmp_path: Path) -> None:
    """A pile at 90 m is on the four photos from 60 m to 120 m: one finding, there, with evidence that is true."""
    result, jpegs = inspect(MadeFlight(folder, LINE, [MadeThing("garbage_pile", 90, 5)]), tmp_path / "out")
    (found,) = result.found
    assert found.finding.position.distance_m(LocalFrame(HOME).to_geo(90, 5)) < 0.1
    assert (found.finding.observations, len(found.pictures)) == (4, 4)
    assert set(found.pictures) == {"0003.jpg", "0004.jpg", "0005.jpg", "0006.jpg"}
    assert (found.finding.class_key, found.finding.category, found.number) == ("garbage_pile", "sanitation", 1)
    assert verify(jpegs[0], lambda record: True).outcome == "verified"
    assert result.is_complete


def test_the_neighbouring_line_minutes_later_adds_no_finding(folder: Path, tmp_path: Path) -> None:
    """The same pile on a line flown back 25 m beside, 60 photos and two minutes later, is still one finding, on 8 photos."""
    away = [(-1000.0 - 20 * number, 0.0) for number in range(60)]
    back = [(east, 25.0) for east, _ in reversed(LINE)]
    result, _ = inspect(MadeFlight(folder, [*LINE, *away, *back], [MadeThing("garbage_pile", 90, 12)]), tmp_path / "out")
    (found,) = result.found
    assert found.finding.observations == 8


def test_two_things_on_one_photo_stay_two(folder: Path, tmp_path: Path) -> None:
    """Two piles 8 m apart, closer than their ellipses, are two findings, for photos show both at once."""
    things = [MadeThing("garbage_pile", 90, -4), MadeThing("garbage_pile", 90, 4)]
    result, _ = inspect(MadeFlight(folder, LINE, things), tmp_path / "out")
    assert sorted(round(one.finding.observations) for one in result.found) == [4, 4]


def test_what_a_single_photo_shows_is_reported(folder: Path, tmp_path: Path) -> None:
    """Photos that do not overlap show each thing once: it is a finding all the same."""
    places = [(0.0, 0.0), (200.0, 0.0), (400.0, 0.0)]
    result, _ = inspect(MadeFlight(folder, places, [MadeThing("garbage_pile", 210, 5)]), tmp_path / "out")
    assert [found.finding.observations for found in result.found] == [1]


def test_what_one_photo_of_many_shows_is_not(folder: Path, tmp_path: Path) -> None:
    """What a network sees on one of six photos of a place is none of three, as in a live flight."""
    flight = MadeFlight(folder, [(0.0, 0.0)] * 6, [MadeThing("garbage_pile", 5, 5)])
    seen_once = flight.detect
    flight.detect = lambda image, *rest: seen_once(image, *rest) if image[0, 0, 0] == 2 else seen_once(image, frozenset())  # type: ignore[method-assign]
    assert inspect(flight, tmp_path / "out")[0].found == ()


def test_dark_photos_leave_ground_unseen(folder: Path, tmp_path: Path) -> None:
    """Of two photos that do not touch one is dark: its 80 x 60 m were not seen, and the network was spared it."""
    flight = MadeFlight(folder, [(0.0, 0.0), (200.0, 0.0)], [], dark={1})
    result, _ = inspect(flight, tmp_path / "out")
    assert [picture.fate for picture in result.pictures] == [Fate.SEEN, Fate.NOT_SEEN]
    assert result.pictures[1].why == "dark"
    assert result.not_seen.area == pytest.approx(4800, rel=1e-3)
    assert result.seen.area == pytest.approx(4800, rel=1e-3)
    assert flight.looked_at == [0]
    assert not result.is_complete


def test_a_dark_photo_among_overlapping_ones_hides_nothing(folder: Path, tmp_path: Path) -> None:
    """What a dark photo missed its neighbours show: no ground is unseen, and the inspection is complete."""
    result, _ = inspect(MadeFlight(folder, LINE, [], dark={4}), tmp_path / "out")
    assert result.not_seen.is_empty
    assert result.is_complete


def test_broken_and_unplaced_photos_are_told_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    """One photo cannot be decoded, one tells no position: both are named with the reason, and the pile is still found."""
    flight = MadeFlight(folder, LINE, [MadeThing("garbage_pile", 90, 5)], broken={3}, unplaced={4})
    result, _ = inspect(flight, tmp_path / "out")
    assert [found.finding.observations for found in result.found] == [2]
    told = [str(shortfall) for shortfall in result.shortfalls()]
    assert told == ["0003.jpg: broken: cannot be decoded: it ends too early", "0004.jpg: unplaced: tells no position"]
    assert len(result.pictures[4].detections) == 1
    assert not result.is_complete


def test_an_unplaced_photo_shows_no_ground(folder: Path, tmp_path: Path) -> None:
    """Ground that only a photo without a position shows is neither seen nor unseen: nobody knows which it is."""
    result, _ = inspect(MadeFlight(folder, [(0.0, 0.0)], [], unplaced={0}), tmp_path / "out")
    assert result.seen.is_empty
    assert result.not_seen.is_empty


def test_a_doubtful_finding_waits_for_review(folder: Path, tmp_path: Path) -> None:
    """At a confidence below the class's threshold of the catalogue a finding says that a person has to look at it."""
    flight = MadeFlight(folder, LINE, [MadeThing("garbage_pile", 90, 5)], confidence=0.36)
    assert inspect(flight, tmp_path / "out")[0].found[0].needs_review


def yard(east_m: float, half_m: float = 5.0) -> PrivateZone:
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
    plane = LocalFrame(HOME)
    return PrivateZone(id="yard", name="Yard", outline=tuple(plane.to_geo(east_m + x, y) for x, y in corners))


def with_zone(flight: MadeFlight, zone: PrivateZone, out: Path) -> Result:
    """Inspects with a zone in the catalogue."""
    bench = flight.bench()
    airspace = bench.district.airspace.model_copy(update={"private_zones": (zone,)})
    bench = replace(bench, district=bench.district.model_copy(update={"airspace": airspace}))
    state, job = State(out), job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    result, _ = conclude(bench, job, state)
    state.close()
    return result


def test_photos_of_a_private_zone_are_not_looked_at(folder: Path, tmp_path: Path) -> None:
    """Of a line of photos 80 m wide, 20 m apart, those within 45 m of a yard's middle never reach the network (nor, for the
    doubt of a pose, the next one). What stands there is not found, they are listed, and the inspection is not complete.
    """
    flight = MadeFlight(folder, LINE, [MadeThing("garbage_pile", 120, 0), MadeThing("overflowing_bin", 10, 5)])
    result = with_zone(flight, yard(120), tmp_path / "out")
    private = [number for number, picture in enumerate(result.pictures) if picture.fate is Fate.PRIVATE]
    assert private == [4, 5, 6, 7, 8]
    assert not set(private) & set(flight.looked_at)
    assert [found.finding.class_key for found in result.found] == ["overflowing_bin"]
    assert not result.is_complete
    assert {(one.what, one.pictures) for one in result.shortfalls()} == {("private", 1)}
    assert result.not_seen.is_empty


def test_photos_without_a_place_may_show_a_private_zone(folder: Path, tmp_path: Path) -> None:
    """With zones marked, a photo that tells no position is not looked at: it stays unplaced, and nothing is said of it."""
    flight = MadeFlight(folder, LINE[:3], [MadeThing("overflowing_bin", 10, 5)], unplaced={1})
    result = with_zone(flight, yard(1000), tmp_path / "out")
    assert flight.looked_at == [0, 2]
    assert (result.pictures[1].fate, result.pictures[1].detections) == (Fate.UNPLACED, ())
