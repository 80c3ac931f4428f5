"""Makes tiny.onnx: the end-to-end network of ../conftest.py with Ultralytics' metadata. Needs the onnx package.

python tests/models/data/make_onnx.py
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BOXES = np.array([[[8, 4, 24, 20], [32, 8, 48, 24], [0, 0, 64, 32]]], np.float32)
NAMES = {0: "red_thing", 1: "green_thing", 2: "blue_thing"}

constants = [
    numpy_helper.from_array(BOXES, "boxes"),
    numpy_helper.from_array(np.arange(3, dtype=np.float32).reshape(1, 3, 1), "classes"),
    numpy_helper.from_array(np.array([2], np.int64), "last"),
]
nodes = [
    helper.make_node("ReduceMean", ["images"], ["means"], axes=[2, 3], keepdims=0),
    helper.make_node("Unsqueeze", ["means", "last"], ["scores"]),
    helper.make_node("Concat", ["boxes", "scores", "classes"], ["output0"], axis=2),
]
graph = helper.make_graph(
    nodes,
    "tiny",
    [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, 32, 64])],
    [helper.make_tensor_value_info("output0", TensorProto.FLOAT, [1, 3, 6])],
    constants,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
helper.set_model_props(model, {"names": str(NAMES), "imgsz": "[32, 64]", "task": "detect"})
onnx.checker.check_model(model)
onnx.save(model, Path(__file__).parent / "tiny.onnx")
