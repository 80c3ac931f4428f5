"""From what was asked on the command line to an inspection done. All is opened and checked first: a slip shows at once."""

import hashlib
import importlib.metadata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from edge_agent.config import Model, Privacy, Tracking
from edge_agent.detector import NetworkDetector
from edge_agent.evidence.masking import Masker
from edge_agent.evidence.people import finders_of
from edge_agent.inspection.classes import Asked, wanted_of
from edge_agent.inspection.inspection import Bench, conclude, look_at_all
from edge_agent.inspection.job import Job, marks_of
from edge_agent.inspection.output import write_all
from edge_agent.inspection.result import Result
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from edge_agent.material.camera_file import read_camera_file
from edge_agent.material.given import NOTHING, Given
from edge_agent.material.material import Material, open_material
from edge_agent.placement.heights import Heights
from edge_agent.track import Provenance
from missions.catalog import load
from missions.district import District
from missions.errors import InvalidInput
from missions.evidence.key_folder import machine_folder
from missions.formats.geotiff import read_elevation


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked on the command line."""

    path: Path
    out: Path
    asked: Asked
    camera: Path | None = None
    model: str | None = None
    mask_models: tuple[str, ...] = ()
    terrain: Path | None = None
    ground_elevation_m: float | None = None
    given: Given = NOTHING
    max_error_m: float = 15.0
    catalog: Path | None = None
    threads: int = 2
    fresh: bool = False

    def in_words(self) -> dict[str, str]:
        """Each option that changes the result, as a job keeps it."""
        told = {
            "--classes": ", ".join(self.asked.classes),
            "--categories": ", ".join(self.asked.categories),
            "--mask-models": ", ".join(self.mask_models),
            "--camera": str(self.camera or ""),
            "--terrain": str(self.terrain or ""),
            "--ground-elevation": "" if self.ground_elevation_m is None else f"{self.ground_elevation_m:g}",
            **self.given.in_words(),
            "--max-error": f"{self.max_error_m:g}",
            "--catalog": str(self.catalog or ""),
        }
        return {name: value for name, value in told.items() if value}


def run(order: Order, console: Console) -> Result:
    """Does it, or goes on with it. Raises InvalidInput, ModelError, DiskFull or Stopped."""
    _refuse_out_inside(order)
    bench = _bench(order)
    state = State(order.out)
    try:
        if order.fresh:
            state.forget()
        job = _job(order, bench)
        done = state.begin(job)
        _look(bench, state, done, console)
        result, jpegs = conclude(bench, job, state)
        write_all(result, jpegs, order.out, datetime.now(UTC))
        return result
    finally:
        state.close()


def _refuse_out_inside(order: Order) -> None:
    if order.path.is_dir() and order.out.resolve().is_relative_to(order.path.resolve()):
        cause = f"lies inside the material ({order.path}): its evidence would be taken for photos"
        raise InvalidInput("--out", str(order.out), cause)


def _look(bench: Bench, state: State, done: int, console: Console) -> None:
    if done:
        console.print(f"{done} of {len(bench.material.shots)} pictures were looked at before: going on")
    stopping, columns = Stopping(), (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with stopping.listening(), Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(bench.material.shots), completed=done)
        look_at_all(bench, state, stopping, lambda shot: progress.update(task, advance=1, description=shot.name))


def _bench(order: Order) -> Bench:
    settings = Model(reference=order.model, threads=order.threads)
    district = load(order.catalog)
    material = _material(order)
    detector = NetworkDetector.load(settings)
    return Bench(
        material=material,
        left_out=tuple(material.left_out),
        detector=detector,
        provenance=Provenance(detector.model, importlib.metadata.version("oneflight"), detector.review_below),
        wanted=wanted_of(order.asked, detector.classes, district),
        district=district,
        heights=Heights(
            terrain=read_elevation(order.terrain) if order.terrain else None, ground_altitude_m=order.ground_elevation_m
        ),
        tracking=Tracking(),
        min_confidence=settings.min_confidence,
        max_error_m=order.max_error_m,
        key=machine_folder().signing_key(),
        masker=Masker(finders_of(settings, detector.auxiliary, Privacy(models=order.mask_models))),
    )


def _material(order: Order) -> Material:
    camera = read_camera_file(order.camera) if order.camera else None
    return open_material(order.path, replace(order.given, camera=camera))


def _job(order: Order, bench: Bench) -> Job:
    besides = [path for path in (order.camera, order.terrain) if path is not None]
    return Job(
        material=str(order.path.resolve()),
        files=marks_of([*files_of(order.path), *(shot.path for shot in bench.material.shots), *besides]),
        asked={**order.in_words(), **private_in_words(bench.district)},
        model=bench.provenance.model,
        software_version=bench.provenance.software_version,
    )


def private_in_words(district: District) -> dict[str, str]:
    """Pictures that were looked at before a zone was marked are not taken over, nor those passed over for one since gone."""
    zones = district.airspace.private_zones
    digest = hashlib.sha256("".join(zone.model_dump_json() for zone in zones).encode()).hexdigest()
    return {"private zones": f"{len(zones)} ({digest[:12]})"} if zones else {}


def files_of(path: Path) -> list[Path]:
    """All that may tell of the material: a folder's files, or those named like the file (a video's subtitles, a log's)."""
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file()]
    return [file for file in path.parent.iterdir() if file.is_file() and file.stem == path.stem]
