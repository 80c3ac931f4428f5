"""Flights over ground on which there is nothing to find: how much is reported all the same.

Only what resembles matters stands there, people and vehicles. The photos go the way that photos of a stranger's drone go.
"""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from edge_agent.bench.ordered import MATERIAL, Options, order_footage
from edge_agent.inspection.classes import Asked
from edge_agent.inspection.program import Order, run

VIEWS = ((50.0, -90), (70.0, -90), (90.0, -90), (100.0, -90), (120.0, -90), (80.0, -60))
"""Height over the ground in metres, and pitch of the camera, of each flight."""

SIDE_M, CLUTTER = 500.0, 60
"""Of the square that a flight covers in lanes at 8 m/s, and how many things stand there."""

FRAMES_PER_S = 1.0


@dataclass(frozen=True, slots=True)
class ClutterFigures:
    """`false_findings` would have gone to a department at once; `waiting` would have waited for a person, and are false too."""

    minutes: float
    false_findings: tuple[str, ...]
    waiting: tuple[str, ...]

    def figures(self) -> dict[str, object]:
        """As the report has them; classes sorted."""
        per_10_min = 10 / self.minutes
        return {
            "minutes": round(self.minutes, 1),
            "false_per_10_min": round(len(self.false_findings) * per_10_min, 2),
            "waiting_per_10_min": round(len(self.waiting) * per_10_min, 2),
            "false_findings": sorted(self.false_findings),
            "waiting": sorted(self.waiting),
        }


def measure_clutter(work: Path, seed: int, model: str | None = None) -> ClutterFigures:
    """Has the flights taken below `work` and inspects them (some ten minutes)."""
    flights = [_fly(work / f"flight-{number}", seed + number, view, model) for number, view in enumerate(VIEWS)]
    return ClutterFigures(
        sum(flight.minutes for flight in flights),
        tuple(key for flight in flights for key in flight.false_findings),
        tuple(key for flight in flights for key in flight.waiting),
    )


def _fly(work: Path, seed: int, view: tuple[float, int], model: str | None) -> ClutterFigures:
    height_m, pitch_deg = view
    options: Options = {"height-m": height_m, "pitch-deg": pitch_deg, "side-m": SIDE_M, "matters": CLUTTER, "seed": seed}
    truth = order_footage(work, {**options, "frames-per-s": FRAMES_PER_S}, "--clutter-only")
    order = Order(work / MATERIAL, work / "inspected", Asked(), model=model)
    found = run(order, Console(stderr=True, quiet=True)).found
    reported = tuple(one.finding.class_key for one in found if not one.needs_review)
    waiting = tuple(one.finding.class_key for one in found if one.needs_review)
    return ClutterFigures(len(truth.frames) / FRAMES_PER_S / 60, reported, waiting)
