import numpy as np
import pytest

from edge_agent.evidence.exposure import Exposure
from missions.geometry import Attitude
from tests.edge_agent.evidence.made_exposure import NOISE, box, straight_down

MIDDLE = box(950, 530, 970, 550)


def test_straight_down_it_is_height_over_focal_length() -> None:
    """From 20 m above a head, with a focal length of 1000 pixels, a pixel is 2 cm."""
    assert straight_down(NOISE, 2.0).finest_cm_per_px(MIDDLE) == pytest.approx(2.0)


def test_an_oblique_view_counts_where_it_is_nearest() -> None:
    """45 degrees down, the picture's middle is at depth h sqrt 2; its lower edge (540 px below, 28.4 degrees steeper) at
    depth h / (cos 45 (1 + 0.54)).
    """
    below = straight_down(NOISE, 2.0)
    assert below.pose is not None
    tilted = Exposure(
        NOISE, pose=below.pose.model_copy(update={"camera": Attitude.from_euler(0, -45, 0)}), intrinsics=below.intrinsics
    )
    middle = tilted.finest_cm_per_px(box(959.9, 539.9, 960.1, 540.1))
    assert middle == pytest.approx(2.0 * np.sqrt(2), rel=1e-3)
    assert tilted.finest_cm_per_px(box(900, 500, 1020, 1080)) == pytest.approx(2.0 * np.sqrt(2) / 1.54, rel=1e-3)


def test_what_is_not_known_stays_unknown() -> None:
    """Without a pose, without a lens, above the horizon or below head height nothing is said."""
    below = straight_down(NOISE, 2.0)
    assert below.pose is not None
    up = below.pose.model_copy(update={"camera": Attitude.from_euler(0, 60, 0)})
    low = below.pose.model_copy(update={"height_m": 1.0})
    for exposure in (
        Exposure(NOISE),
        Exposure(NOISE, pose=below.pose),
        Exposure(NOISE, pose=up, intrinsics=below.intrinsics),
        Exposure(NOISE, pose=low, intrinsics=below.intrinsics),
    ):
        assert exposure.finest_cm_per_px(MIDDLE) is None
