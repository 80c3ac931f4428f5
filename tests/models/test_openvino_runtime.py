"""Networks through OpenVINO, from picture to boxes."""

from pathlib import Path

import numpy as np
import openvino
import pytest
from openvino import opset13 as ops

from models.card import InputSize
from models.errors import ModelError, PictureError
from models.openvino_network import Network
from models.openvino_runtime import OpenVinoRuntime
from models.runtime import RuntimeSettings
from tests.models.conftest import BOXES, CLASSES, HEIGHT_PX, WIDTH_PX, classic_network, end_to_end_network, save

DATA = Path(__file__).parent / "data"


def runtime(path: Path, min_score: float = 0.25) -> OpenVinoRuntime:
    return OpenVinoRuntime(Network(path), len(CLASSES), RuntimeSettings(threads=1, min_score=min_score))


def picture(red: int, green: int, blue: int, scale: int = 2) -> np.ndarray:
    return np.full((HEIGHT_PX * scale, WIDTH_PX * scale, 3), (blue, green, red), np.uint8)


@pytest.mark.parametrize("network", [end_to_end_network, classic_network])
def test_a_coloured_picture_gives_the_boxes_worked_out_by_hand(network, tmp_path: Path) -> None:
    """Red 255, green 102, blue 0 are scores 1, 0.4 and 0; boxes come back in the pixels of a picture twice the input's size."""
    boxes = runtime(save(network(), tmp_path)).infer(picture(255, 102, 0))
    assert boxes.classes.tolist() == [0, 1]
    assert np.allclose(boxes.scores, [1.0, 0.4], atol=0.01)
    assert np.allclose(boxes.xyxy, BOXES[:2] * 2, atol=0.5)


def test_an_onnx_file_tells_its_classes_and_gives_the_same_boxes() -> None:
    """The same network as .onnx (data/make_onnx.py), with Ultralytics' metadata: names, input's size and boxes agree."""
    network = Network(DATA / "tiny.onnx")
    assert network.class_names == CLASSES
    assert network.input_size == InputSize(width_px=WIDTH_PX, height_px=HEIGHT_PX)
    boxes = OpenVinoRuntime(network, 3, RuntimeSettings()).infer(picture(0, 0, 255))
    assert boxes.classes.tolist() == [2]
    assert np.allclose(boxes.xyxy, [[0, 0, 128, 64]], atol=0.5)


def test_many_pictures_are_answered_in_their_order(tmp_path: Path) -> None:
    """Each picture has its own answer, whatever its size."""
    answers = runtime(save(end_to_end_network(), tmp_path)).infer_many(
        [picture(255, 0, 0), picture(0, 255, 0, scale=3), picture(0, 0, 0), picture(0, 0, 255, scale=1)]
    )
    assert [one.classes.tolist() for one in answers] == [[0], [1], [], [2]]
    assert np.allclose(answers[1].xyxy, BOXES[1:2] * 3, atol=0.5)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (None, "NoneType"),
        (np.zeros((10, 10), np.uint8), r"\(10, 10\)"),
        (np.zeros((10, 10, 3), np.float32), "float32"),
        (np.zeros((0, 10, 3), np.uint8), r"\(0, 10, 3\)"),
    ],
)
def test_what_is_no_picture_is_refused(broken, says: str, tmp_path: Path) -> None:
    """A missing, grey, floating or empty picture gets an error that says what it is."""
    with pytest.raises(PictureError, match=says):
        runtime(save(end_to_end_network(), tmp_path)).infer(broken)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """A file that is no network gets an error naming it."""
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(ModelError, match=r"broken\.onnx.*no ONNX or OpenVINO network"):
        Network(path)


def test_an_output_of_another_shape_is_named(tmp_path: Path) -> None:
    """A network whose output is no detector's is refused with the shape and what was expected."""
    image = ops.parameter([1, 3, HEIGHT_PX, WIDTH_PX], np.float32)
    path = save(openvino.Model([ops.reduce_mean(image, np.array([2, 3]))], [image], "classifier"), tmp_path)
    with pytest.raises(ModelError, match=r"output.*expected \(batch, n, 6\) or \(batch, 7, n\)"):
        runtime(path)


def test_an_open_input_size_is_refused(tmp_path: Path) -> None:
    """A network that leaves its input's size open, and states none, is refused with its shape."""
    image = ops.parameter(openvino.PartialShape([1, 3, -1, -1]), np.float32)
    output = ops.concat([ops.constant(BOXES[None]), ops.constant(np.zeros((1, 3, 2), np.float32))], 2)
    path = save(openvino.Model([ops.add(output, ops.reduce_mean(image, np.array([0, 1, 2, 3])))], [image], "open"), tmp_path)
    with pytest.raises(ModelError, match=r"input.*a fixed width and height are needed"):
        runtime(path)
