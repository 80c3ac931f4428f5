import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.seen_ground import SeenGround, footprint_of


def square(x_m: float, y_m: float, side_m: float = 10.0) -> shapely.Polygon:
    return shapely.box(x_m, y_m, x_m + side_m, y_m + side_m)


def test_ground_looked_at_in_vain_is_not_seen_unless_another_picture_shows_it() -> None:
    """Of a dark square of 100 m² a sharp one covers the right half: the left 50 m² were not seen."""
    ground = SeenGround()
    ground.add(square(0, 0), is_seen=False)
    ground.add(square(5, 0), is_seen=True)
    assert ground.not_seen().area == pytest.approx(50)
    assert ground.seen().area == pytest.approx(100)


def test_the_order_of_pictures_does_not_matter() -> None:
    """A later picture makes seen what an earlier one missed, and the other way round."""
    first, last = SeenGround(), SeenGround()
    first.add(square(0, 0), is_seen=True)
    first.add(square(0, 0), is_seen=False)
    last.add(square(0, 0), is_seen=False)
    last.add(square(0, 0), is_seen=True)
    assert first.not_seen().area == last.not_seen().area == 0


def test_a_picture_of_the_sky_counts_for_nothing() -> None:
    """A picture without a footprint neither shows nor hides ground."""
    ground = SeenGround()
    ground.add(None, is_seen=False)
    ground.add(None, is_seen=True)
    assert ground.not_seen().is_empty
    assert ground.seen().is_empty


def test_many_pictures_stay_one_outline() -> None:
    """A strip of 1000 overlapping squares of 10 m, 1 m apart, covers 1009 x 10 m with few corners."""
    ground = SeenGround()
    for number in range(1000):
        ground.add(square(number, 0), is_seen=True)
    assert ground.seen().area == pytest.approx(10_090)
    assert shapely.get_num_coordinates(ground.seen()) < 20


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=30),
)
def test_ground_is_seen_or_not_seen_never_both(pictures: list[tuple[int, int, bool]]) -> None:
    """Whatever the pictures, what was seen and what was not do not overlap and make up all footprints together."""
    ground = SeenGround()
    for x, y, is_seen in pictures:
        ground.add(square(x, y), is_seen=is_seen)
    everything = shapely.union_all([square(x, y) for x, y, _ in pictures])
    assert ground.seen().intersection(ground.not_seen()).area == pytest.approx(0, abs=1e-6)
    assert ground.seen().area + ground.not_seen().area == pytest.approx(everything.area, abs=1e-6)


def test_a_footprint_leaves_out_what_has_no_place() -> None:
    """Of three places and one towards the horizon (not a number) the three make the outline; two make none."""
    places = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0], [np.nan, np.nan]])
    outline = footprint_of(places)
    assert outline is not None
    assert outline.area == pytest.approx(6)
    assert footprint_of(places[[0, 1, 3]]) is None
    assert footprint_of(places[3:]) is None
