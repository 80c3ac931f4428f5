"""Whether the whole path's memory grows while it looks for a long time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from edge_agent.bench.passes import Contender, Pass

FLOWN_FRAMES_PER_S = 6.0
"""What the agent looks at in flight (`max_frames_per_s`): so many frames are so many hours of it."""

SETTLED = 4
"""One part in so many of the run is given to settle: caches fill, the allocator finds its size."""


@dataclass(frozen=True, slots=True)
class Soak:
    """The passes of one process, one after the other; each says the most memory held by then."""

    passes: tuple[Pass, ...]

    @property
    def frames(self) -> int:
        """All that were looked at."""
        return sum(one.frames for one in self.passes)

    @property
    def growth_mb(self) -> float:
        """How much the most memory held rose after the first quarter of the run."""
        return self.passes[-1].rss_mb - self.passes[len(self.passes) // SETTLED].rss_mb

    def figures(self) -> dict[str, object]:
        """As `oneflight bench perception --soak` reports them."""
        return {
            "soak_frames": self.frames,
            "soak_flown_hours": round(self.frames / FLOWN_FRAMES_PER_S / 3600, 2),
            "soak_rss_mb": round(self.passes[-1].rss_mb, 0),
            "soak_growth_mb": round(self.growth_mb, 1),
            "soak_rss_details_mb": [round(one.rss_mb, 1) for one in _spread(self.passes)],
        }


def soak(contender: Contender, minutes: float) -> Soak:
    """Passes for so long, one at least."""
    until_s, passes = time.monotonic() + 60 * minutes, list[Pass]()
    with contender:
        while not passes or time.monotonic() < until_s:
            passes.append(contender.run())
    return Soak(tuple(passes))


def _spread(passes: Sequence[Pass], at_most: int = 12) -> Sequence[Pass]:
    return passes[:: -(-len(passes) // at_most)]
