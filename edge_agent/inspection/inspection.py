"""The whole inspection: look at every picture that was not looked at yet, then conclude and write."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from edge_agent.config import Tracking
from edge_agent.evidence.masking import Masker
from edge_agent.evidence.proving import Origin, Prover
from edge_agent.following import Watch
from edge_agent.inspection.classes import Wanted
from edge_agent.inspection.concluding import Case, Conclusions
from edge_agent.inspection.job import Job
from edge_agent.inspection.laying import Site
from edge_agent.inspection.look import Looker
from edge_agent.inspection.proofs import Proofs
from edge_agent.inspection.result import Found, LeftOut, Result
from edge_agent.inspection.state import State, key_of
from edge_agent.inspection.stopping import Stopping
from edge_agent.material.material import LeftOut as NotRead
from edge_agent.material.material import Material
from edge_agent.placement.heights import Heights
from edge_agent.ports import Detector, Image
from edge_agent.private_ground import PrivateGround
from edge_agent.shot import Shot
from edge_agent.track import Provenance
from missions.district import District
from missions.evidence.keys import SigningKey
from missions.geometry import GeoPoint, LocalFrame

AHEAD = 2
"""Pictures decoded while the network looks at one."""

INSPECTOR = "inspection"
"""In place of an aircraft's id: whoever inspects files signs for the files, not for a flight."""

Tell = Callable[[Shot], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What an inspection is done with. `left_out`: what the material lacked when it was opened; pictures that turn out broken
    are in their looks, which outlive the process.
    """

    material: Material
    left_out: tuple[NotRead, ...]
    detector: Detector
    provenance: Provenance
    wanted: Wanted
    district: District
    heights: Heights
    tracking: Tracking
    min_confidence: float
    max_error_m: float
    key: SigningKey
    masker: Masker = field(default_factory=Masker)

    @property
    def site(self) -> Site:
        """Round the first picture that says where it was taken."""
        points = (shot.pose.value.point for shot in self.material.shots if shot.pose is not None)
        home = next(points, GeoPoint(lat_deg=0.0, lon_deg=0.0))
        return Site(self.heights, LocalFrame(home), self.max_error_m)


def look_at_all(bench: Bench, state: State, stopping: Stopping, tell: Tell) -> None:
    """Looks at every picture that has no look yet, and keeps each look. Raises Stopped or DiskFull; what was kept stays."""
    done = state.looks()
    private = PrivateGround(zone.outline for zone in bench.district.airspace.private_zones)
    looker = Looker(bench.detector, frozenset(bench.wanted.categories), bench.site, private)
    waiting = [shot for shot in bench.material.shots if key_of(shot) not in done]
    for shot, picture in _loaded_ahead(bench.material, waiting):
        stopping.check()
        state.save(shot, looker.look(shot, picture.result))
        tell(shot)


def conclude(bench: Bench, job: Job, state: State) -> tuple[Result, list[bytes]]:
    """The result of all looks, with the JPEG of each finding's evidence."""
    shots, by_key = bench.material.shots, state.looks()
    watch = Watch(job.id, INSPECTOR, bench.site.plane.origin, bench.wanted.categories)
    conclusions = Conclusions(Case(bench.site, watch, bench.tracking, bench.min_confidence, bench.district), shots)
    conclusions.take({number: by_key[key_of(shot)] for number, shot in enumerate(shots)})
    found = conclusions.found(_proofs(bench))
    return _result(bench, job, conclusions, [one for one, _ in found]), [jpeg for _, jpeg in found]


def _proofs(bench: Bench) -> Proofs:
    provenance = bench.provenance
    prover = Prover(Origin(INSPECTOR, provenance.model, provenance.software_version), bench.key, bench.masker)
    return Proofs(bench.material, bench.material.shots, prover, provenance, bench.wanted.categories)


def _result(bench: Bench, job: Job, conclusions: Conclusions, found: Sequence[Found]) -> Result:
    files = [LeftOut(one.name, one.why) for one in bench.left_out]
    classes = [LeftOut(f"class {key}", "the catalogue does not know it") for key in bench.wanted.unknown]
    return Result(
        job=job,
        plane=conclusions.case.site.plane,
        district=bench.district,
        pictures=tuple(conclusions.pictures),
        found=tuple(found),
        left_out=(*files, *classes),
        seen=conclusions.ground.seen(),
        not_seen=conclusions.ground.not_seen(),
    )


def _loaded_ahead(material: Material, shots: Sequence[Shot]) -> Iterator[tuple[Shot, "Future[Image]"]]:
    """Each picture, decoded in a thread of its own, no more than AHEAD at a time."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="decoding") as pool:
        under_way: deque[tuple[Shot, Future[Image]]] = deque()
        for shot in shots:
            under_way.append((shot, pool.submit(material.load, shot)))
            if len(under_way) > AHEAD:
                yield under_way.popleft()
        while under_way:
            yield under_way.popleft()
