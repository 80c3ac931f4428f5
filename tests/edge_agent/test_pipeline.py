from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from edge_agent.config import Accuracy, Model, Tracking
from edge_agent.evidence.masking import Masker
from edge_agent.evidence.proving import Origin, Prover
from edge_agent.outbox import Outbox
from edge_agent.pipeline import Pipeline, Stages, StageSettings
from edge_agent.ports import Frame, Image, Observing, Seen
from edge_agent.telemetry import AttitudeSample, MovementHistory, PositionSample
from edge_agent.track import Provenance
from missions.contracts.topics import Channel
from missions.evidence.keys import SigningKey
from missions.evidence.sealing import verify
from missions.finding import Detection, Finding, ModelRef
from missions.geometry import Attitude, GeoPoint, LocalFrame, PixelBox
from missions.plan import Plan

AT = datetime(2026, 5, 1, tzinfo=UTC)
HEIGHT_M, SPEED_MPS = 70.0, 8.0
MODEL = ModelRef(name="fake", version="1", weights_sha256="c" * 64)
KEY = SigningKey.generate()
NOISE = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8)


class World:
    """Things (class, east, north) seen by an aircraft that flies east from home at 8 m/s, nose and image top to the east.

    It is frame source, detector and flight view in one; frames are `interval_s` apart.
    """

    def __init__(self, plan: Plan, things: list[tuple[str, float, float]], interval_s: float = 0.5) -> None:
        self.plan = plan
        self.things = things
        self.interval_s = interval_s
        self.observed: Observing | None = Observing("f1", plan, 0)
        self.history = MovementHistory()
        self.frames = [number * interval_s for number in range(round(20 / interval_s))]
        self.taken: dict[int, tuple[Image, float]] = {}
        self.confidence = 0.8
        self.dark_from_s = 1e9
        self.model = MODEL
        self.grounds: set[float] = set()
        self.classes = ("garbage_pile", "overflowing_bin")
        for time_s in np.arange(0, 25, 0.2):
            point = LocalFrame(plan.home).to_geo(SPEED_MPS * time_s, 0)
            self.history.add_position(
                PositionSample(1000 * time_s, point.lat_deg, point.lon_deg, HEIGHT_M, (0.0, SPEED_MPS, 0.0))
            )
            self.history.add_attitude(AttitudeSample(1000 * time_s, Attitude.from_euler(0, 0, 90)))

    def next(self, timeout_s: float) -> Frame | None:
        if not self.frames:
            return None
        time_s = self.frames.pop(0)
        image = (NOISE if time_s < self.dark_from_s else np.zeros_like(NOISE)).view()
        self.taken[id(image)] = image, SPEED_MPS * time_s
        return Frame(image, 1000 * time_s, AT)

    def observing(self, time_boot_ms: float | None) -> Observing | None:
        return self.observed

    def detect(self, image: Image, classes: frozenset[str], ground_m_per_px: float | None = None) -> Seen:
        """A thing of 4 m at metres per pixel = height / focal length; image top is east, right is south."""
        scale = HEIGHT_M / self.plan.camera.focal_px
        found, east_of_camera_m = [], self.taken[id(image)][1]
        for key, east_m, north_m in self.things:
            u, v, half = 640 - north_m / scale, 360 - (east_m - east_of_camera_m) / scale, 2 / scale
            if half < u < 1280 - half and half < v < 720 - half and key in classes:
                box = PixelBox(x_min=u - half, y_min=v - half, x_max=u + half, y_max=v + half)
                found.append(Detection(class_key=key, confidence=self.confidence, box=box))
        self.grounds.add(round(ground_m_per_px or 0.0, 4))
        return Seen(found)


def pipeline_of(world: World, outbox: Outbox) -> Pipeline:
    prover = Prover(Origin("d1", MODEL, "1.0"), KEY, Masker())
    stages = Stages(world, world.history, world, outbox, world, Provenance(MODEL, "1.0"), prover)
    return Pipeline(stages, StageSettings(Model(max_frames_per_s=0), Tracking(), Accuracy()))


def run(pipeline: Pipeline, world: World, frames: int | None = None) -> None:
    """Looks at `frames` frames (None: all)."""
    done = 0
    while world.frames and (frames is None or done < frames):
        pipeline.step(world.next(0))
        done += 1


def findings_in(outbox: Outbox) -> list[Finding]:
    return [Finding.model_validate(m.data()) for m in outbox.waiting(100) if m.channel is Channel.FINDING]


def off_m(finding: Finding, home: GeoPoint, east_m: float, north_m: float) -> float:
    return finding.position.distance_m(LocalFrame(home).to_geo(east_m, north_m))


@pytest.mark.parametrize("interval_s", [0.25, 1.0])
def test_a_thing_flown_over_becomes_one_finding(tmp_path: Path, plan: Plan, interval_s: float) -> None:
    """Two things beside the path become one finding each, within 10 cm of their places, with class, category, route,
    evidence ahead of it, and as many observations as frames that saw it.
    """
    outbox = Outbox(tmp_path)
    world = World(plan, [("garbage_pile", 60, 10), ("overflowing_bin", 62, -15)], interval_s)
    run(pipeline_of(world, outbox), world)
    found = {finding.class_key: finding for finding in findings_in(outbox)}
    assert len(findings_in(outbox)) == 2
    assert off_m(found["garbage_pile"], plan.home, 60, 10) < 0.1
    assert off_m(found["overflowing_bin"], plan.home, 62, -15) < 0.1
    half_view_m = 360 * HEIGHT_M / plan.camera.focal_px - 2
    seen = sum(abs(60 - SPEED_MPS * n * interval_s) < half_view_m for n in range(round(20 / interval_s)))
    one = found["garbage_pile"]
    assert (one.observations, one.category, one.route_id, one.flight_id) == (seen, "sanitation", "r1", "f1")
    assert one.confidence == pytest.approx(0.8)
    messages = outbox.waiting(100)
    assert [m.channel for m in messages[:2]] == [Channel.EVIDENCE, Channel.FINDING]
    assert {m.id for m in messages if m.channel is Channel.EVIDENCE} >= {f.evidence_sha256 for f in found.values()}
    assert outbox.open_tracks() == []


def test_every_finding_has_evidence_that_proves_itself(tmp_path: Path, plan: Plan) -> None:
    """The evidence's record is signed by the aircraft's key, and tells of the finding's own id, frame, pose, box and model."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 10)])
    run(pipeline_of(world, outbox), world)
    finding = findings_in(outbox)[0]
    file = next(m.payload for m in outbox.waiting(100) if m.id == finding.evidence_sha256)
    verdict = verify(file, lambda record: record.key_id == KEY.public.id)
    assert (verdict.outcome, verdict.reasons) == ("verified", ())
    record = verdict.record
    assert record is not None
    assert (record.finding_id, record.flight_id, record.aircraft_id) == (finding.id, "f1", "d1")
    assert (record.frame_sha256, record.pose) == (finding.best_frame_sha256, finding.best_frame_pose)
    assert (record.seen.box, record.seen.class_key, record.model) == (finding.best_frame_box, "garbage_pile", MODEL)
    assert record.taken_at == AT


def test_what_is_seen_too_seldom_is_no_finding(tmp_path: Path, plan: Plan) -> None:
    """A thing in two frames only is not reported."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)], 3.0)
    run(pipeline_of(world, outbox), world)
    assert outbox.waiting(100) == []


def test_the_end_of_observation_ends_the_tracks(tmp_path: Path, plan: Plan) -> None:
    """When the flight turns for home with a thing in view, the thing is reported at once."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    pipeline = pipeline_of(world, outbox)
    run(pipeline, world, frames=14)
    assert findings_in(outbox) == []
    world.observed = None
    pipeline.step(None)
    assert len(findings_in(outbox)) == 1


def test_tracks_of_a_killed_process_become_findings(tmp_path: Path, plan: Plan) -> None:
    """An agent that dies with a thing in view leaves enough on its disk for the next one to report it."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    run(pipeline_of(world, outbox), world, frames=14)
    outbox.close()
    again = Outbox(tmp_path)
    assert len(again.open_tracks()) == 1
    assert pipeline_of(world, again).close_tracks_of_earlier_session(plan.classes) == 1
    assert off_m(findings_in(again)[0], plan.home, 60, 0) < 0.1
    assert again.open_tracks() == []


def test_a_full_disk_costs_nothing_but_time(tmp_path: Path, plan: Plan) -> None:
    """While the disk refuses, things are followed in memory; when there is room again they are all reported."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    pipeline = pipeline_of(world, outbox)
    database = outbox._database
    database.execute(f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}")
    run(pipeline, world)
    assert findings_in(outbox) == []
    database.execute("PRAGMA max_page_count = 100000")
    world.observed = None
    for _ in range(2):
        pipeline.step(None)
    assert len(findings_in(outbox)) == 1
    assert off_m(findings_in(outbox)[0], plan.home, 60, 0) < 0.1


def test_between_legs_nothing_is_reported(tmp_path: Path, plan: Plan) -> None:
    """On the way to a leg the camera is pointed at nothing in particular: frames of it are not looked at."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    world.observed = Observing("f1", plan, None)
    pipeline = pipeline_of(world, outbox)
    run(pipeline, world)
    assert (pipeline.counts.processed, outbox.waiting(100)) == (0, [])


def test_a_frame_without_a_pose_is_left_out(tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame newer than all telemetry is counted and left out, never placed by the newest pose."""
    monkeypatch.setattr("edge_agent.looking.POSE_WAIT_S", 0.01)
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    pipeline = pipeline_of(world, outbox)
    pipeline.step(Frame(np.zeros((720, 1280, 3), np.uint8), 90_000.0, AT))
    assert (pipeline.without_pose, pipeline.counts.processed) == (1, 0)


def test_a_frame_of_another_shape_is_an_error_that_ends_nothing(tmp_path: Path, plan: Plan) -> None:
    """A camera that is not the plan's is said and counted; the pipeline goes on with the next frame."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 0)])
    pipeline = pipeline_of(world, outbox)
    square = Frame(np.zeros((500, 500, 3), np.uint8), 100.0, AT)
    frames = [square]
    world.next = lambda timeout_s: frames.pop() if frames else None  # type: ignore[method-assign]
    pipeline.start()
    while not pipeline.counts.failed:
        pipeline._stopping.wait(0.01)
    pipeline.stop()
    assert "500 x 500" in pipeline.last_failure


def test_the_detector_is_told_how_much_ground_a_pixel_shows(tmp_path: Path, plan: Plan) -> None:
    """70 m above the ground, 1280 px across 70 degrees (focal length 914 px), straight down: 70 / 914 = 0.0766 m a pixel."""
    world = World(plan, [])
    run(pipeline_of(world, Outbox(tmp_path)), world, frames=3)
    assert world.grounds == {0.0766}


def test_the_threads_find_what_single_steps_find(tmp_path: Path, plan: Plan) -> None:
    """Looking and following in threads of their own gives the same finding as one step after the other."""
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 10)])
    pipeline = pipeline_of(world, outbox)
    pipeline.start()
    while world.frames:
        pipeline._stopping.wait(0.01)
    pipeline.stop()
    assert off_m(findings_in(outbox)[0], plan.home, 60, 10) < 0.1
    assert pipeline.counts.failed == 0


def test_frames_that_show_nothing_leave_ground_unseen(tmp_path: Path, plan: Plan) -> None:
    """The camera goes dark after 10 s of 8 m/s: a thing ahead is not reported, the frames are counted. Not seen is what lies
    beyond the last good frame: as wide as a frame, and as long as the way flown in the dark.
    """
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 140, 0)], 0.5)
    world.dark_from_s = 10.0
    pipeline = pipeline_of(world, outbox)
    run(pipeline, world)
    seen = pipeline.ground_seen("f1")
    assert seen is not None
    assert (seen.frames, seen.frames_not_seen, pipeline.counts.not_seen) == (40, 20, 20)
    metres_per_px = HEIGHT_M / plan.camera.focal_px
    width_m, length_m = 1280 * metres_per_px, 720 * metres_per_px
    last_dark_m, last_good_m = 8 * 19.5, 8 * 9.5
    assert seen.not_seen_m2 == pytest.approx(width_m * (last_dark_m - last_good_m), rel=0.06)
    assert seen.seen_m2 == pytest.approx(width_m * (last_good_m + length_m), rel=0.06)
    assert pipeline.ground_seen("another") is None
    pipeline.step(None)
    assert findings_in(outbox) == []


def zone_at(plan: Plan, east_m: float, north_m: float, half_m: float) -> tuple[GeoPoint, ...]:
    corners = ((-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m))
    return tuple(LocalFrame(plan.home).to_geo(east_m + east, north_m + north) for east, north in corners)


def test_frames_that_show_a_private_zone_are_passed_over(tmp_path: Path, plan: Plan) -> None:
    """A pile in a private yard is never reported, and one before it is. No frame within reach of the yard came to the network;
    all of them are counted, and their ground is neither seen nor not seen.
    """
    plan = plan.model_copy(update={"private_zones": (zone_at(plan, 110, 0, 10),)})
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 20, 10), ("overflowing_bin", 110, 0)], 0.5)
    looked_at_m: list[float] = []
    detect = world.detect
    world.detect = lambda image, *given: (looked_at_m.append(world.taken[id(image)][1]), detect(image, *given))[1]  # type: ignore[method-assign]
    pipeline = pipeline_of(world, outbox)
    run(pipeline, world)
    pipeline.step(None)
    half_view_m = 360 * HEIGHT_M / plan.camera.focal_px
    assert all(abs(110 - east_m) > 10 + half_view_m for east_m in looked_at_m)
    assert [finding.class_key for finding in findings_in(outbox)] == ["garbage_pile"]
    seen = pipeline.ground_seen("f1")
    assert seen is not None
    assert (seen.frames, seen.frames_private) == (len(looked_at_m), 40 - len(looked_at_m))
    assert pipeline.counts.private == seen.frames_private >= 9
    assert seen.not_seen_m2 == 0.0


def test_a_zone_beside_the_way_holds_nothing_back(tmp_path: Path, plan: Plan) -> None:
    """A frame shows 49 m to either side: a yard from 80 m on changes nothing."""
    plan = plan.model_copy(update={"private_zones": (zone_at(plan, 60, 90, 10),)})
    outbox, world = Outbox(tmp_path), World(plan, [("garbage_pile", 60, 10)], 0.5)
    pipeline = pipeline_of(world, outbox)
    run(pipeline, world)
    assert (pipeline.counts.private, len(findings_in(outbox))) == (0, 1)
