"""Writes trihead_reference.json, and tests/fixtures/trihead/encoder.onnx: a toy with the names and shapes of a tri-head encoder.

    pip install numpy==2.4.6 librosa==0.11.0 onnx==1.23.2 && python tests/parity/trihead_reference.py

The toy hears mel bands through random projections. Its layer 0 has the heads 0 (spectral) and 1 (temporal), its layer 1
the same and head 2 (noise) in an attention of its own, which rests in silence: an `If`, as in the packs. What it must give for the signal of log_mel_reference.py is
computed here in numpy from the same projections, without ONNX Runtime.
"""

import base64
import json
import pathlib

import numpy as np
from log_mel_reference import log_mel, signal
from onnx import TensorProto, checker, helper, numpy_helper

HEAD, HEADS, WIDTH, LAYERS, MELS = 64, 2, 6, 2, 80
SILENCE = -1.0  # log-mel of zeros is -1.5
MODEL = pathlib.Path(__file__).parents[1] / "fixtures" / "trihead" / "encoder.onnx"


def projections() -> dict[str, np.ndarray]:
    random = np.random.default_rng(7)
    weights = {"reduce": random.normal(0, 0.15, (MELS, WIDTH))}
    for name, heads in (("0", HEADS), ("1", HEADS), ("noise_1", 1)):
        for part in ("query", "key"):
            weights[f"{part}_{name}"] = random.normal(0, 0.35, (WIDTH, heads * HEAD))
    weights["gate"] = random.normal(0, 0.5, (WIDTH, LAYERS * 3))
    return {name: value.astype(np.float32) for name, value in weights.items()}


def graph(weights: dict[str, np.ndarray]):
    nodes, constants = [], [numpy_helper.from_array(value, name) for name, value in weights.items()]

    def constant(name, values, dtype=np.int64):
        constants.append(numpy_helper.from_array(np.array(values, dtype), name))
        return name

    def node(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    # Two mel frames make a state.
    pooled = node("AveragePool", ["mel"], "pooled", kernel_shape=[2], strides=[2])
    x = node("MatMul", [node("Transpose", [pooled], "frames", perm=[0, 2, 1]), "reduce"], "reduced")
    for name in ("0", "1"):
        q, k = (node("MatMul", [x, f"{part}_{name}"], f"attention_{part}_{name}") for part in ("query", "key"))
        node("MultiHeadAttention", [q, k, q], f"heard_{name}", domain="com.microsoft", num_heads=HEADS, scale=1.0)
    given = [f"attention_{part}_noise_1" for part in ("query", "key")]
    then = [helper.make_node("MatMul", [x, f"{part}_noise_1"], [f"attention_{part}_noise_1.then"]) for part in ("query", "key")]
    zero = helper.make_tensor("", TensorProto.FLOAT, [1, 1, 1], [0.0])
    rest = [helper.make_node("Constant", [], [f"{name}.else"], value=zero) for name in given]
    branches = {
        f"{side}_branch": helper.make_graph(
            body, side, [], [helper.make_tensor_value_info(f"{name}.{side}", TensorProto.FLOAT, None) for name in given]
        )
        for side, body in (("then", then), ("else", rest))
    }
    loudest = node("ReduceMax", ["mel"], "loudest", keepdims=0)
    heard = node("Greater", [loudest, constant("silence", SILENCE, np.float32)], "heard")
    nodes.append(helper.make_node("If", [heard], given, **branches))
    node("Add", ["heard_0", "heard_1"], "heard_both")
    # Adds nothing, but keeps the noise heads in the graph.
    none = node("Mul", [node("ReduceSum", [given[0]], "sum", keepdims=0), constant("none", 0, np.float32)], "nothing")
    node("Add", ["heard_both", none], "states")
    split = node("Reshape", ["states", constant("split", [0, 0, HEADS, HEAD])], "heads")
    node("Transpose", [split], "cross_key_0", perm=[0, 2, 3, 1])
    node("Transpose", [split], "cross_value_0", perm=[0, 2, 1, 3])
    loud = node("ReduceSum", ["heard_0", constant("last", [2])], "loud", keepdims=0)
    node("Sigmoid", [loud], "noise")
    mean = node("ReduceMean", [x, constant("middle", [1])], "mean", keepdims=0)
    gate = node("Reshape", [node("MatMul", [mean, "gate"], "gated"), constant("layers", [0, LAYERS, 3])], "gates")
    node("Softmax", [gate], "head_weights", axis=-1)

    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    outputs = [
        value("states", "B", "T", HEADS * HEAD),
        value("cross_key_0", "B", HEADS, HEAD, "T"),
        value("cross_value_0", "B", HEADS, "T", HEAD),
        value("noise", "B", "T"),
        value("head_weights", "B", LAYERS, 3),
    ]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    whole = helper.make_graph(nodes, "toy", [value("mel", "B", MELS, "F")], outputs, constants)
    return helper.make_model(whole, opset_imports=opsets, ir_version=10)


def softmax(x):
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def attention(x, weights, name, head):
    """(T, T): how much each state looks at each other one."""
    part = slice(head * HEAD, (head + 1) * HEAD)
    query, key = (x @ weights[f"{p}_{name}"][:, part].astype(np.float64) for p in ("query", "key"))
    return softmax(query @ key.T)


def main() -> None:
    weights = projections()
    model = graph(weights)
    checker.check_model(model)
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    MODEL.write_bytes(model.SerializeToString(deterministic=True))

    samples = signal()
    mel = log_mel(samples, -(-len(samples) // 320) * 320)
    x = mel.reshape(MELS, -1, 2).mean(2).T @ weights["reduce"].astype(np.float64)
    heads = {f"{layer}/{head}": attention(x, weights, str(layer), head) for layer in range(2) for head in range(2)}
    heads["1/2"] = attention(x, weights, "noise_1", 0)
    loud = sum((heads[f"0/{h}"] @ (x @ weights["query_0"][:, h * HEAD : (h + 1) * HEAD])).sum(-1) for h in range(HEADS))
    noise = 1 / (1 + np.exp(-loud))
    apart = np.abs(np.subtract.outer(np.arange(len(x)), np.arange(len(x)))) / 50

    def packed(values):
        return base64.b64encode(values.astype("<f4").tobytes()).decode()

    reference = {
        "states": len(x),
        "noise": packed(noise),
        "head_weights": softmax((x.mean(0) @ weights["gate"]).reshape(LAYERS, 3)).mean(0).tolist(),
        "attention": {name: {"float32": packed(a), "distance": (a * apart).sum(-1).mean()} for name, a in heads.items()},
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(reference, indent=2) + "\n")


if __name__ == "__main__":
    main()
