"""Small networks whose answers can be worked out by hand."""

from pathlib import Path

import numpy as np
import openvino
import pytest
from openvino import opset13 as ops

from models.card import InputSize, ModelCard, sha256_of, write_card

WIDTH_PX, HEIGHT_PX = 64, 32
CLASSES = ("red_thing", "green_thing", "blue_thing")
BOXES = np.array([[8, 4, 24, 20], [32, 8, 48, 24], [0, 0, 64, 32]], np.float32)
"""Box k is reported as class k with the mean of channel k (red, green, blue; 0 to 1) of the input as its score."""


def end_to_end_network() -> openvino.Model:
    """(1, 3, 32, 64) -> (1, 3, 6): the three boxes, their scores, their classes."""
    picture = ops.parameter([1, 3, HEIGHT_PX, WIDTH_PX], np.float32, name="images")
    scores = ops.unsqueeze(ops.reduce_mean(picture, np.array([2, 3])), np.int64(2))
    classes = np.arange(3, dtype=np.float32).reshape(1, 3, 1)
    output = ops.concat([ops.constant(BOXES[None]), scores, ops.constant(classes)], 2)
    return openvino.Model([output], [picture], "end_to_end")


def classic_network() -> openvino.Model:
    """(1, 3, 32, 64) -> (1, 7, 6): each of the three boxes twice, the second time 1 px to the right and less sure."""
    picture = ops.parameter([1, 3, HEIGHT_PX, WIDTH_PX], np.float32, name="images")
    means = ops.reduce_mean(picture, np.array([2, 3]), keep_dims=False)
    eye = ops.constant(np.eye(3, dtype=np.float32)[None])
    scores = ops.multiply(eye, ops.unsqueeze(means, np.int64(1)))
    both = ops.concat([scores, ops.multiply(scores, np.float32(0.5))], 2)
    corners = np.vstack([BOXES, BOXES + np.array([1, 0, 1, 0], np.float32)])
    centres = np.hstack([(corners[:, :2] + corners[:, 2:]) / 2, corners[:, 2:] - corners[:, :2]]).T
    output = ops.concat([ops.constant(centres[None].astype(np.float32)), both], 1)
    return openvino.Model([output], [picture], "classic")


def save(network: openvino.Model, folder: Path, labels: tuple[str, ...] = CLASSES) -> Path:
    """Writes a network as Ultralytics exports one for OpenVINO: .xml, .bin and the names of its classes."""
    if labels:
        network.set_rt_info(" ".join(labels), ["model_info", "labels"])
    path = folder / "tiny.xml"
    openvino.save_model(network, path, compress_to_fp16=False)
    return path


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with the end-to-end network and its card."""
    path = save(end_to_end_network(), tmp_path)
    write_card(card_for(path), tmp_path)
    return tmp_path


def card_for(path: Path) -> ModelCard:
    """A true card of a network that `save` wrote."""
    files = (path, path.with_suffix(".bin"))
    return ModelCard(
        name="tiny",
        version="1",
        format="openvino",
        input=InputSize(width_px=WIDTH_PX, height_px=HEIGHT_PX),
        classes=CLASSES,
        files={file.name: sha256_of(file) for file in files},
        limits="for tests",
        licence="AGPL-3.0",
    )
