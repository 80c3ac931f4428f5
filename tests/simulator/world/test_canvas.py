"""Drawing in metres."""

import numpy as np
import pytest

from simulator.world.canvas import STAMP_M_PER_PX, Canvas, rectangle, vary


def _middle_m(canvas: Canvas) -> tuple[float, float]:
    """East and north of the centre of what is drawn."""
    picture = canvas.finished()
    rows, columns = np.nonzero(picture[:, :, 3] > 127)
    half = picture.shape[0] / 2
    return (columns.mean() + 0.5 - half) * STAMP_M_PER_PX, (half - rows.mean() - 0.5) * STAMP_M_PER_PX


@pytest.mark.parametrize(("heading", "east", "north"), [(0, 0, 4), (90, 4, 0), (180, 0, -4), (270, -4, 0)])
def test_ahead_is_where_the_heading_points(heading: float, east: float, north: float) -> None:
    """4 m ahead of a canvas turned to 90 degrees lies 4 m east: headings are clockwise from north."""
    canvas = Canvas(12, heading, np.random.default_rng(1)).circle((0, 4), 0.8, (1, 2, 3))
    assert _middle_m(canvas) == pytest.approx((east, north), abs=STAMP_M_PER_PX)


def test_a_rectangle_covers_its_area() -> None:
    """3 m by 2 m are 6 square metres, to 3 %."""
    picture = Canvas(8, 30, np.random.default_rng(1)).rect((0, 0), (3, 2), (255, 255, 255)).finished()
    assert picture[:, :, 3].sum() / 255 * STAMP_M_PER_PX**2 == pytest.approx(6.0, rel=0.05)


def test_rectangles_turn_clockwise() -> None:
    """The corner at the upper right of an upright rectangle comes to the lower right after a quarter turn."""
    assert rectangle((0, 0), (2, 4), 90)[2] == pytest.approx([2, -1])


def test_haze_is_translucent_and_premultiplied() -> None:
    """In its middle a haze of strength 0.5 has half opacity and half its colour."""
    picture = Canvas(8, 0, np.random.default_rng(1)).haze((0, 0), 3.0, (200, 100, 50), 0.5).finished()
    middle = picture[picture.shape[0] // 2, picture.shape[1] // 2]
    assert middle.tolist() == pytest.approx([100, 50, 25, 127], abs=3)


def test_a_varied_colour_is_a_colour() -> None:
    """Channels never leave 0 to 255, however wide the variation."""
    rng = np.random.default_rng(3)
    colors = [vary(rng, (5, 128, 250), 90) for _ in range(200)]
    assert all(0 <= channel <= 255 for color in colors for channel in color)
    assert len(set(colors)) > 100
