"""A network as ONNX, with 8-bit weights that the runtime widens when it loads them.

The graph has standard operators only. Every weight matrix is stored as int8 with a scale for each output, and comes
out of ``Cast`` and ``Mul``, which ONNX Runtime folds when it opens the file: it computes in single precision, so that
a sentence's logits depend on nothing else in its batch.

    words    float32, sentences x pieces x width   word embeddings of the pieces, 0 for padding
    mask     float32, sentences x pieces           1, or 0 for padding
    pooling  float32, sentences x rows x pieces    see `training.ner.model.Tagger`
    logits   float32, sentences x rows x labels
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.ner.labels import LABELS
from training.ner.model import Tagger

_OPSET, _IR = 20, 9
_MASKED = -1e4


class _Graph:
    """Collects nodes; methods return the name of what they compute."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, values: object, kind: type = np.float32) -> str:
        self.initializers.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def node(self, operator: str, *inputs: str, output: str = "", **attributes: object) -> str:
        name = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def weight(self, name: str, values: NDArray[np.float32]) -> str:
        """An 8-bit matrix, inputs x outputs."""
        scale = np.maximum(np.abs(values).max(0), 1e-12) / 127
        self.constant(f"{name}.int8", np.rint(values / scale), np.int8)
        self.constant(f"{name}.scale", scale)
        return self.node("Mul", self.node("Cast", f"{name}.int8", to=TensorProto.FLOAT), f"{name}.scale")

    def linear(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        product = self.node("MatMul", x, self.weight(name, weight))
        return self.node("Add", product, self.constant(f"{name}.bias", bias))

    def norm(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32], epsilon: float) -> str:
        scale, shift = self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)
        return self.node("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)


def to_onnx(tagger: Tagger) -> onnx.ModelProto:
    """The network as a graph; see the module for its inputs and output."""
    shape = tagger.shape
    width, size = shape.width, shape.width // shape.heads
    state = {name: value.detach().numpy() for name, value in tagger.state_dict().items()}
    graph = _Graph()
    graph.constant("one", 1.0)
    graph.constant("masked", _MASKED)
    graph.constant("axes_1_2", [1, 2], np.int64)
    graph.constant("split", [0, 0, shape.heads, size], np.int64)
    graph.constant("join", [0, 0, width], np.int64)
    graph.constant("from", [0], np.int64)
    graph.constant("axis", [0], np.int64)
    graph.constant("positions", state["positions"])

    def bias_of(mask: str) -> str:
        return graph.node("Mul", graph.node("Sub", "one", graph.node("Unsqueeze", mask, "axes_1_2")), "masked")

    def layer(x: str, bias: str, number: int) -> str:
        of = f"layers.{number}."
        weights, biases = (np.split(state[f"{of}qkv.{part}"], 3) for part in ("weight", "bias"))
        scale = size**-0.5
        heads = []
        for part, weight, shift, order in zip(
            ("query", "key", "value"), weights, biases, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True
        ):
            factor = scale if part == "query" else 1.0
            projected = graph.linear(x, f"{of}{part}", weight.T * factor, shift * factor)
            heads.append(graph.node("Transpose", graph.node("Reshape", projected, "split"), perm=order))
        query, key, value = heads
        scores = graph.node("Softmax", graph.node("Add", graph.node("MatMul", query, key), bias), axis=-1)
        context = graph.node("Transpose", graph.node("MatMul", scores, value), perm=[0, 2, 1, 3])
        context = graph.node("Reshape", context, "join")

        def linear(x: str, name: str) -> str:
            return graph.linear(x, f"{of}{name}", state[f"{of}{name}.weight"].T, state[f"{of}{name}.bias"])

        def norm(x: str, name: str) -> str:
            weight, shift = state[f"{of}{name}.weight"], state[f"{of}{name}.bias"]
            return graph.norm(x, f"{of}{name}", weight, shift, shape.epsilon)

        x = norm(graph.node("Add", x, linear(context, "attended")), "attended_norm")
        inner = graph.node("Gelu", linear(x, "inner"))
        return norm(graph.node("Add", x, linear(inner, "outer")), "outer_norm")

    length = graph.node("Shape", "words", start=1, end=2)
    positions = graph.node("Slice", "positions", "from", length, "axis")
    x = graph.node("Add", "words", positions)
    x = graph.norm(x, "norm", state["norm.weight"], state["norm.bias"], shape.epsilon)
    bias = bias_of("mask")
    for number in range(shape.layers):
        if number == shape.piece_layers:
            x = graph.node("MatMul", "pooling", x)
            row_mask = graph.node(
                "ReduceMax", graph.node("Ceil", "pooling"), graph.constant("last", [-1], np.int64), keepdims=0
            )
            bias = bias_of(row_mask)
        x = layer(x, bias, number)
    if not shape.pools:
        x = graph.node("MatMul", "pooling", x)
    labels = graph.linear(x, "labels", state["labels.weight"].T, state["labels.bias"])
    graph.node("Identity", labels, output="logits")

    def tensor(name: str, *sizes: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(sizes))

    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "tagger",
            [
                tensor("words", "sentences", "pieces", width),
                tensor("mask", "sentences", "pieces"),
                tensor("pooling", "sentences", "rows", "pieces"),
            ],
            [tensor("logits", "sentences", "rows", len(LABELS))],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    onnx.checker.check_model(model)
    return model
