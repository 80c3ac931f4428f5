"""Fitting pictures into a network's input."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.letterbox import PADDING_GREY, Letterbox

SIDE = st.integers(8, 4000)


@given(st.tuples(SIDE, SIDE), st.sampled_from([(640, 384), (640, 640), (320, 320), (960, 544)]), st.data())
def test_a_box_comes_back_to_where_it_was(picture: tuple[int, int], network: tuple[int, int], data: st.DataObject) -> None:
    """Any box of any picture, taken into the network's input and back, is the same to a thousandth of the picture."""
    shares = [data.draw(st.floats(0, 1)) for _ in range(4)]
    box = np.array(
        [[shares[0] * picture[0], shares[1] * picture[1], shares[2] * picture[0], shares[3] * picture[1]]], np.float32
    )
    fit = Letterbox.between(picture, network)
    back = fit.to_picture(fit.to_network(box))
    assert np.abs(back - box).max() <= max(picture) / 1000


@given(st.tuples(SIDE, SIDE))
def test_the_whole_picture_lies_in_the_input_and_fills_one_side(picture: tuple[int, int]) -> None:
    """The fitted picture never leaves the input, and touches it in its width or its height."""
    fit = Letterbox.between(picture, (640, 384))
    assert 0 <= fit.left_px <= fit.left_px + fit.fitted_width_px <= 640
    assert 0 <= fit.top_px <= fit.top_px + fit.fitted_height_px <= 384
    assert fit.fitted_width_px == 640 or fit.fitted_height_px == 384


def test_a_1280_by_720_frame_is_halved_between_two_grey_bars() -> None:
    """1280 x 720 in 640 x 384: half the size makes 640 x 360, so 12 grey rows remain above and 12 below."""
    canvas = np.zeros((384, 640, 3), np.uint8)
    Letterbox.between((1280, 720), (640, 384)).apply(np.full((720, 1280, 3), 200, np.uint8), canvas)
    assert (canvas[:12] == PADDING_GREY).all()
    assert (canvas[12:372] == 200).all()
    assert (canvas[372:] == PADDING_GREY).all()


def test_boxes_are_cut_at_the_pictures_edges() -> None:
    """What a network reports outside the picture, in the grey bars, does not come back from outside it."""
    fit = Letterbox.between((1280, 720), (640, 384))
    assert fit.to_picture(np.array([[-5, 0, 650, 384]], np.float32)).tolist() == [[0, 0, 1280, 720]]
