import numpy as np

from edge_agent.bench.accuracy import Accuracy, exact_order, orders
from edge_agent.bench.deviation import Deviation, KindFigures
from edge_agent.placement.views import Combined


def kind(*distances_m: float) -> KindFigures:
    """Places so far to the east of the truth, each with 1 m of doubt an axis."""
    places = (Combined(np.array([away, 0.0]), np.eye(2), None, 0.0) for away in distances_m)
    return KindFigures(10, tuple(Deviation.of("crane", place, np.zeros(2)) for place in places))


def test_the_figures_are_those_of_each_kind() -> None:
    """The median is of photos straight down (1, 2 and 3 m: 2 m); of 1, 2 and 3 m two of three lie within 2.45 m."""
    figures = Accuracy(
        {"nadir": kind(1, 2, 3), "oblique": kind(1, 1), "moving": kind(3, 3), "exact": kind(0.1, 0.2, 0.3)}
    ).figures()
    assert figures["position_error_median_m"] == 2.0
    assert figures["ellipse_coverage_95"] == {"nadir": 0.667, "oblique": 1.0, "moving": 0.0}
    assert figures["exact_pose_error_median_m"] == 0.2


def test_exact_footage_shows_the_same_ground_from_farther_away() -> None:
    """At 45 degrees from 400 m: 282.84 m up, through a lens with a quarter of 70 degrees' tangent (19.8583 degrees)."""
    order = exact_order(400.0, seed=1)
    assert (order["height-m"], order["hfov-deg"]) == (282.84, 19.8583)


def test_no_kind_shares_its_draws_with_another() -> None:
    """Each kind has a seed of its own."""
    seeds = [order["seed"] for order in (*orders(1).values(), exact_order(100.0, 1))]
    assert len(set(seeds)) == len(seeds)
