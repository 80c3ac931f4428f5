"""Contenders that answer with passes written by hand."""

import sys

import pytest

from edge_agent.bench.passes import Contender, Pass
from edge_agent.bench.soak import Soak, soak
from edge_agent.bench.throughput import BARE, PATH, Throughput, measure_throughput
from missions.errors import InvalidInput

ANSWERS = """
import sys
for number, _ in enumerate(sys.stdin, 1):
    print('PASS {"seconds": %g, "frames": 100, "rss_mb": %d}' % (SECONDS * number, 300 + number), flush=True)
"""


def contender(name: str, seconds: str) -> Contender:
    return Contender(name, [sys.executable, "-c", ANSWERS.replace("SECONDS", seconds)], {})


def one(seconds: float, rss_mb: float = 300.0) -> Pass:
    return Pass(seconds=seconds, frames=100, rss_mb=rss_mb)


def test_ratios_are_medians_of_rounds() -> None:
    """Runtime alone 9 of 10, 9 of 12 and 8 of 10 s: 0.9, 0.75 and 0.8, so that the median is 0.8; 10 s are 100 ms a frame."""
    measured = Throughput({PATH: (one(10, 300), one(12, 310), one(10, 305)), BARE: (one(9), one(9), one(8))})
    figures = measured.figures()
    assert (figures["ratio_to_runtime"], figures["ratio_to_track"], figures["rss_mb"]) == (0.8, None, 310)
    assert figures["throughput_details"] == {"frames": 100, "path_ms": [100, 120, 100], "runtime_ms": [90, 90, 80]}


def test_contenders_take_turns_and_the_first_round_does_not_count() -> None:
    """The n-th pass takes n times 2 or 1 s: of three, the second and third are left."""
    passes = measure_throughput([contender(PATH, "2"), contender(BARE, "1")], rounds=2).passes
    assert [single.seconds for single in passes[PATH]] == [4, 6]
    assert [single.seconds for single in passes[BARE]] == [2, 3]


def test_a_contender_that_ends_says_why() -> None:
    """Its last word is in the error."""
    dead = Contender("dead", [sys.executable, "-c", "print('no weights')"], {})
    with dead, pytest.raises(InvalidInput, match="dead"):
        dead.run()


def test_a_soak_tells_growth_after_its_first_quarter() -> None:
    """Eight passes of 100 frames are 800, at 6 a second 133 s; from the third pass's 340 MB to 342 MB at the end."""
    figures = Soak(tuple(one(1, mb) for mb in (300, 330, 340, 340, 341, 341, 342, 342))).figures()
    assert (figures["soak_frames"], figures["soak_flown_hours"], figures["soak_growth_mb"]) == (800, 0.04, 2.0)


def test_a_soak_of_no_time_is_one_pass() -> None:
    """At least one is made."""
    assert soak(contender(PATH, "1"), 0).frames == 100
