"""Things as pictures with outlines."""

import numpy as np
import pytest

from simulator.world.brush import Look
from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.painters.register import CLUTTER, EVERYTHING, PAINTERS
from simulator.world.stamp import VISIBLE_OPACITY, lay, setting, stamp, streak


@pytest.mark.parametrize("key", [*PAINTERS, *CLUTTER])
def test_outline_is_round_the_place_and_of_the_thing_s_size(key: str) -> None:
    """The middle of the outline lies within half a pixel of the place; it is 4 m long or more, at most 1.5 times its size."""
    size = EVERYTHING[key].size_m
    for seed in range(3):
        outline = stamp(Look(key, size, 40.0 * seed, seed)).outline
        middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
        longest = max(np.hypot(*(a - b)) for a in outline for b in outline)
        assert np.abs(middle).max() <= STAMP_M_PER_PX
        assert 4.0 <= longest <= 1.5 * size


@pytest.mark.parametrize("key", EVERYTHING)
def test_every_visible_pixel_lies_inside_the_outline(key: str) -> None:
    """The box round the outline is that of the visible pixels, so labels are tight."""
    made = stamp(Look(key, EVERYTHING[key].size_m, 77.0, 5))
    rows, columns = np.nonzero(made.picture[:, :, 3] >= VISIBLE_OPACITY)
    half = made.picture.shape[0] / 2
    west, east = (columns.min() - half) * STAMP_M_PER_PX, (columns.max() + 1 - half) * STAMP_M_PER_PX
    south, north = (half - rows.max() - 1) * STAMP_M_PER_PX, (half - rows.min()) * STAMP_M_PER_PX
    assert made.outline.min(axis=0) == pytest.approx([west, south], abs=1e-6)
    assert made.outline.max(axis=0) == pytest.approx([east, north], abs=1e-6)


def test_the_same_seed_gives_the_same_picture_and_another_one_another() -> None:
    """A thing is a function of its class, size, heading and seed."""
    first, other = (stamp(Look("garbage_pile", 7.0, 10.0, seed)).picture for seed in (1, 2))
    stamp.cache_clear()
    assert np.array_equal(first, stamp(Look("garbage_pile", 7.0, 10.0, 1)).picture)
    assert not np.array_equal(first, other)


def test_things_afloat_have_water_under_them_that_others_lack() -> None:
    """A patch of water belongs to the water classes alone; a setting never changes the outline."""
    assert setting(Look("moored_boat", 11.0, 0.0, 1)) is not None
    assert setting(Look("garbage_pile", 7.0, 0.0, 1)) is None
    assert PAINTERS["moored_boat"].afloat
    assert not PAINTERS["road_damage"].afloat


def test_laying_covers_by_opacity() -> None:
    """Half covered ground shows half of itself, and a shadow of share 0.5 halves it where it falls."""
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[:, :] = (100, 50, 0, 128)
    ground = np.full((20, 20, 3), 200, np.uint8)
    lay(ground, picture, (9.5, 9.5), 1.0)
    assert ground[9, 9].tolist() == pytest.approx([100 + 200 * 127 / 255, 50 + 200 * 127 / 255, 200 * 127 / 255], abs=2)
    assert ground[0, 0].tolist() == [200, 200, 200]
    picture[:, :] = (0, 0, 0, 255)
    shaded = np.full((20, 20, 3), 200, np.uint8)
    lay(shaded, picture, (9.5, 9.5), 1.0, shade=0.5)
    assert shaded[9, 9].tolist() == pytest.approx([100, 100, 100], abs=2)


def test_laying_outside_the_ground_changes_nothing() -> None:
    """A thing beyond the edge is left out without complaint."""
    ground = np.full((10, 10, 3), 7, np.uint8)
    lay(ground, stamp(Look("crowd", 15.0, 0.0, 1)).picture, (-500.0, 3.0), 1.0)
    assert (ground == 7).all()


@pytest.mark.parametrize(("key", "part"), [("congestion", "vehicle"), ("blocked_fire_lane", "vehicle"), ("crowd", "person")])
def test_vehicles_and_people_in_a_thing_are_told_apart(key: str, part: str) -> None:
    """Each lies inside the thing's own outline, to a resolution step."""
    made = stamp(Look(key, PAINTERS[key].size_m, 50.0, 3))
    low, high = made.outline.min(axis=0) - 2 * STAMP_M_PER_PX, made.outline.max(axis=0) + 2 * STAMP_M_PER_PX
    assert {name for name, _ in made.parts} == {part}
    assert all((low < outline.mean(axis=0)).all() and (outline.mean(axis=0) < high).all() for _, outline in made.parts)


def test_a_person_is_seen_upright_where_the_camera_looks_aslant() -> None:
    """At 45 degrees every metre of height reaches a metre farther from the camera: 1.74 m to the north at the crown."""
    above, aslant = (stamp(Look("person", 0.8, 0.0, 1, 0.03, (0.0, lean))).outline for lean in (0.0, 1.0))
    assert np.ptp(above[:, 1]) < 0.9
    assert np.ptp(aslant[:, 1]) == pytest.approx(1.74, abs=0.3)


def test_a_low_sun_draws_shadows_all_the_way() -> None:
    """A dot drawn 12 px to the right and 9 up covers a line from where it stood, which stays in the middle."""
    dot = np.zeros((5, 5, 4), np.uint8)
    dot[2, 2] = 255
    drawn = streak(dot, (12.0, -9.0))
    rows, columns = np.nonzero(drawn[..., 3])
    middle = drawn.shape[0] // 2
    assert (columns.min() - middle, columns.max() - middle) == (0, 12)
    assert (rows.min() - middle, rows.max() - middle) == (-9, 0)
