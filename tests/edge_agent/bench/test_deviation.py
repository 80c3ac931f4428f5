import numpy as np
import pytest

from edge_agent.bench.deviation import Deviation, KindFigures
from edge_agent.placement.views import Combined


def placed(east_m: float, north_m: float) -> Combined:
    """A place with 1 m of doubt to the east and 2 m to the north."""
    return Combined(np.array([east_m, north_m]), np.diag([1.0, 4.0]), None, 0.0)


def test_a_deviation_counts_in_units_of_its_own_doubt() -> None:
    """1 m east and 2 m north are one standard deviation each: 1 + 1 squared, and the square root of 5 in metres."""
    one = Deviation.of("crane", placed(11.0, 22.0), np.array([10.0, 20.0]))
    assert one.squared == pytest.approx(2.0)
    assert one.distance_m == pytest.approx(5**0.5)


def test_the_ellipse_ends_at_the_quantile() -> None:
    """95 % of two dimensions end at 5.991 squared deviations: 2.44 m to the east are inside, 2.45 m are not."""
    inside, outside = (Deviation.of("crane", placed(away, 0.0), np.zeros(2)) for away in (2.44, 2.45))
    assert inside.is_inside
    assert not outside.is_inside


def test_figures_are_of_what_was_placed() -> None:
    """Of 5 flights with 3 places at 1, 2 and 9 m: median 2 m, two of three inside, mean square (1 + 4 + 81) / 3."""
    places = tuple(Deviation.of("crane", placed(away, 0.0), np.zeros(2)) for away in (1.0, 2.0, 9.0))
    kind = KindFigures(5, places)
    assert kind.median_m == pytest.approx(2.0)
    assert kind.coverage_95 == pytest.approx(2 / 3)
    assert kind.mean_squared == pytest.approx(86 / 3)
