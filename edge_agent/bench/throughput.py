"""How fast the whole path is beside the network's runtime alone, and beside `model.track()`; and how much memory it holds."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from edge_agent.bench.footage import Footage
from edge_agent.bench.passes import Contender, Pass
from edge_agent.detector import AUXILIARY_MIN_CONFIDENCE
from models import registry
from models.card import CARD_FILE, read_card

PATH, BARE, TRACK = "whole path", "runtime alone", "track"
FRONT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Throughput:
    """The passes of each contender by its name, round by round; the first round, in which all warm up, is left out."""

    passes: dict[str, tuple[Pass, ...]]

    def ratio_to(self, other: str) -> float:
        """Frames a second of the whole path over those of `other`: the median of the rounds."""
        rounds = zip(self.passes[PATH], self.passes[other], strict=True)
        return median(theirs.ms_per_frame / ours.ms_per_frame for ours, theirs in rounds)

    def figures(self) -> dict[str, object]:
        """As `oneflight bench perception --report` has them; None where there was nothing to be held against."""
        names = {"path": PATH, "runtime": BARE, "track": TRACK}
        return {
            "ratio_to_runtime": round(self.ratio_to(BARE), 3),
            "ratio_to_track": round(self.ratio_to(TRACK), 3) if TRACK in self.passes else None,
            "rss_mb": round(max(one.rss_mb for one in self.passes[PATH]), 0),
            "throughput_details": {
                "frames": self.passes[PATH][0].frames,
                **{
                    f"{key}_ms": [round(one.ms_per_frame, 1) for one in self.passes[name]]
                    for key, name in names.items()
                    if name in self.passes
                },
            },
        }


@dataclass(frozen=True, slots=True)
class Yolo:
    """Another interpreter that has Ultralytics, and the weights it gets; left out: the model's own network file."""

    python: Path
    weights: Path | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all contenders share: the footage in its folder, the model, and the processor threads of the runtime."""

    folder: Path
    footage: Footage
    reference: str
    threads: int

    def path(self) -> Contender:
        """The agent's own path."""
        return self._of_ours(PATH, "edge_agent.bench.whole_path")

    def bare(self) -> Contender:
        """The runtime alone."""
        return self._of_ours(BARE, "edge_agent.bench.bare")

    def track(self, yolo: Yolo) -> Contender:
        """`model.track()`, with as many threads as it takes by itself."""
        size = registry.load(self.reference).card.input
        weights = yolo.weights or _network_file(registry.locate(self.reference))
        program = Path(__file__).with_name("ultralytics_track.py")
        facts = (size.width_px, size.height_px, AUXILIARY_MIN_CONFIDENCE)
        words = [yolo.python, program, self.footage.video, weights.resolve(), *facts]
        return Contender(TRACK, [str(word) for word in words], {})

    def _of_ours(self, name: str, module: str) -> Contender:
        words = [sys.executable, "-m", module, str(self.folder.resolve()), self.reference, str(self.threads)]
        return Contender(name, words, {"PYTHONPATH": str(FRONT)})


def measure_throughput(contenders: Sequence[Contender], rounds: int) -> Throughput:
    """One contender after the other, `rounds` times and once to warm up: what else the machine does meets all of them."""
    passes: dict[str, list[Pass]] = {contender.name: [] for contender in contenders}
    with ExitStack() as stack:
        ready = [stack.enter_context(contender) for contender in contenders]
        for _ in range(rounds + 1):
            for contender in ready:
                passes[contender.name].append(contender.run())
    return Throughput({name: tuple(those[1:]) for name, those in passes.items()})


def _network_file(path: Path) -> Path:
    return path / next(iter(read_card(path).files)) if (path / CARD_FILE).is_file() else path
