import cv2
import numpy as np
import pytest

from edge_agent.ports import Image
from edge_agent.visibility import Limits, Unseen, visibility_of


def town(seed: int = 1) -> Image:
    """1280 x 720 with 400 blocks of all greys, as roofs from above."""
    rng = np.random.default_rng(seed)
    picture = np.full((720, 1280, 3), 110, dtype=np.uint8)
    for x, y, width, height, level in zip(
        *(rng.integers(0, top, 400) for top in (1280, 720)),
        *(rng.integers(10, 80, 400) for _ in "wh"),
        rng.integers(20, 230, 400),
        strict=True,
    ):
        picture[y : y + height, x : x + width] = level
    return picture


def noisy(picture: Image, sigma: float) -> Image:
    noise = np.random.default_rng(2).normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def moved(picture: Image, length_px: int) -> Image:
    """Smeared across, as by flying `length_px` during the exposure."""
    return np.asarray(cv2.blur(picture, (length_px, 1)), dtype=np.uint8)


def toned(picture: Image, gain: float, lift: float) -> Image:
    return np.clip(picture * gain + lift, 0, 255).astype(np.uint8)


TOWN = town()


@pytest.mark.parametrize("sigma", [0.0, 3.0, 8.0])
def test_a_sharp_picture_is_seen_with_and_without_noise(sigma: float) -> None:
    """A bright, sharp town passes, at any noise a camera has by day."""
    assert visibility_of(noisy(TOWN, sigma)).unseen() is None


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (toned(TOWN, 0.0, 6.0), Unseen.DARK),
        (toned(TOWN, 0.1, 0.0), Unseen.DARK),
        (toned(TOWN, 4.0, 100.0), Unseen.OVEREXPOSED),
        (toned(TOWN, 0.05, 180.0), Unseen.COVERED),
        (np.full((720, 1280, 3), 128, dtype=np.uint8), Unseen.COVERED),
        (cv2.GaussianBlur(TOWN, (0, 0), 10.0), Unseen.BLURRED),
        (moved(TOWN, 41), Unseen.BLURRED),
        (np.ascontiguousarray(moved(TOWN.transpose(1, 0, 2).copy(), 41).transpose(1, 0, 2)), Unseen.BLURRED),
    ],
    ids=["lens cap", "night", "against the light", "fog", "grey lid", "out of focus", "moved across", "moved along"],
)
@pytest.mark.parametrize("sigma", [0.0, 3.0])
def test_a_picture_that_shows_nothing_is_not_seen(picture: Image, why: Unseen, sigma: float) -> None:
    """Each way of showing nothing is told by its name, also where sensor noise makes the picture look rich."""
    assert visibility_of(noisy(np.asarray(picture, dtype=np.uint8), sigma)).unseen() is why


def test_an_edge_is_as_sharp_as_it_is_narrow() -> None:
    """Grey wedges 64 px wide (32 in the grey copy) rise 8 times as much over 16 px as over 4: sharpness is a quarter."""
    ramp = np.abs(np.arange(1280) % 256 - 128)
    picture = np.repeat(np.broadcast_to(ramp, (720, 1280))[:, :, None], 3, axis=2).astype(np.uint8)
    assert visibility_of(picture).sharpness == pytest.approx(0.25, abs=0.05)


def test_small_blur_and_fast_flight_are_still_seen() -> None:
    """A blur of 1 px and a motion of 9 px take the detector little, and do not count."""
    assert visibility_of(np.asarray(cv2.GaussianBlur(TOWN, (0, 0), 1.0), dtype=np.uint8)).unseen() is None
    assert visibility_of(moved(TOWN, 9)).unseen() is None


def test_size_does_not_matter() -> None:
    """A 12 megapixel photo and its copy of a third the width are judged alike."""
    large = np.asarray(cv2.resize(TOWN, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    small, big = visibility_of(TOWN), visibility_of(large)
    assert big.contrast == pytest.approx(small.contrast, rel=0.15)
    assert big.sharpness == pytest.approx(small.sharpness, rel=0.25)


def test_limits_can_be_set() -> None:
    """A department that wants better pictures says so."""
    assert visibility_of(TOWN).unseen(Limits(min_bright=254)) is Unseen.DARK
