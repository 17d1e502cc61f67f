"""Write a student as a recogniser pack: its encoder beside the unchanged decoder of another pack.

    python export.py --student .work/trihead/runs/base.pt --from models/base --to .work/packs/base-trihead

encoder.onnx takes `mel` (B, 80, F) and gives `states` (B, F/2, D), `cross_key_i` (B, H, 64, F/2) and
`cross_value_i` (B, H, F/2, 64) for every decoder layer as in ../convert, and beside these `noise` (B, F/2), the
share of noise in each state, and `head_weights` (B, layers, 3), the weights of the spectral, temporal and noise heads.

Dynamic heads: the noise heads of a layer stand in an ONNX `If` on the mean noise estimate (of the noisiest segment
of the batch), so that a clean segment runs without them; their weights are stored once and no second graph is needed.
`attention_query_i`, `attention_key_i` and, for the noise heads, `attention_query_noise_i`, `attention_key_noise_i` are
the names inside the graph of what each layer's attention compares, (B, T, heads * 64).
"""
import argparse
import json
import shutil
from pathlib import Path

import torch
from onnx import TensorProto, helper
from torch import nn

from fusion import group_scales
from model import HEAD, TriHeadAttention, attend, stem
from train import load_student, load_whisper

from check import check_pack, parity_reference, write_reference  # ../convert, on the path through model.py
from convert import REFERENCES, ROOT, SPEECH
from graphs import OPSET, layer_names, save
from quantise import RECIPES, quantise
from recognise import Recogniser
from sources import sha256_of

NOISE_FROM = 0.25  # mean noise estimate from which the noise heads run; see README, "Dynamic heads"


class SplitAttention(nn.Module):
    """`TriHeadAttention` with the projections of its noise heads apart, as the graph needs them."""

    def __init__(self, attention: TriHeadAttention):
        super().__init__()
        self.norm, self.gate, self.group = attention.norm, attention.gate, attention.group
        rows = int((self.group < 2).sum()) * HEAD
        for name in ("query", "key", "value"):
            linear = getattr(attention, name)
            setattr(self, name, part(linear, slice(0, rows)))
            setattr(self, f"noise_{name}", part(linear, slice(rows, None)))
        self.out = nn.Linear(rows, linear.in_features)
        self.out.weight, self.out.bias = nn.Parameter(attention.out.weight[:, :rows]), attention.out.bias
        self.noise_out = nn.Linear(len(attention.noise_key), linear.in_features, bias=False)
        self.noise_out.weight = nn.Parameter(attention.out.weight[:, rows:])
        self.noise_direction = attention.noise_key

    def forward(self, x, noise):
        """-> x without the noise heads' part, that part or None, group weights, queries and keys of both"""
        h = self.norm(x)
        weights = self.gate(h, noise)
        scale = group_scales(weights)[:, self.group].repeat_interleave(HEAD, 1)[:, None]
        rows = self.out.in_features
        compared = [self.query(h), self.key(h)]
        x = x + self.out(attend(*compared, self.value(h)) * scale[..., :rows])
        if not self.noise_out.in_features:
            return x, None, weights, compared
        compared += [self.noise_query(h), self.noise_key(h) + noise[..., None] * self.noise_direction]
        return x, self.noise_out(attend(*compared[2:], self.noise_value(h)) * scale[..., rows:]), weights, compared


def part(linear, rows):
    """The layer that gives some of the outputs of `linear`."""
    small = nn.Linear(linear.in_features, len(linear.weight[rows]), bias=linear.bias is not None)
    small.weight = nn.Parameter(linear.weight[rows])
    if linear.bias is not None:
        small.bias = nn.Parameter(linear.bias[rows])
    return small


class TriHeadGraph(nn.Module):
    """The encoder as exported. The outputs after `head_weights` become inner tensors in `make_noise_heads_optional`."""

    def __init__(self, student, whisper):
        super().__init__()
        self.encoder, self.decoder = student, whisper.decoder
        for layer in student.layers:
            layer.attention = SplitAttention(layer.attention)

    def forward(self, mel):
        x = stem(self.encoder, mel)
        noise = self.encoder.noise(x).sigmoid()
        noisiest = noise.mean(1).amax(0)
        x = x + self.encoder.positions[: x.shape[1]]
        chosen, inner = [], []
        for layer in self.encoder.layers:
            x, from_noise_heads, weights, compared = layer.attention(x, noise)
            chosen.append(weights)
            inner += compared
            if from_noise_heads is not None:
                inner.append(from_noise_heads)
                x = x + from_noise_heads
            x = layer.feed_forward(x)
        states = self.encoder.norm(x)
        memory = [t for layer in self.decoder.layers for t in layer.cross.memory(states)]
        return [states, *memory, noise, torch.stack(chosen, 1), noisiest, *inner]


def inner_names(student):
    names = ["noisiest"]
    for i, layer in enumerate(student.layers):
        names += [f"attention_query_{i}", f"attention_key_{i}"]
        if len(layer.attention.noise_key):
            names += [f"attention_query_noise_{i}", f"attention_key_noise_{i}", f"noise_heads_{i}"]
    return names


def make_noise_heads_optional(proto, noise_from):
    """Moves what only the noise heads need into one `If` a layer, and makes the outputs named in `inner_names` inner."""
    graph = proto.graph
    public = [o for o in graph.output if not o.name.startswith(("noisiest", "attention_", "noise_heads_"))]
    targets = [o.name for o in graph.output if o.name.startswith("noise_heads_")]
    nodes = list(graph.node)
    kept_outputs = {o.name for o in public} | {"noisiest"}
    graph.initializer.append(helper.make_tensor("noise_from", TensorProto.FLOAT, [], [noise_from]))
    first = next(i for i, n in enumerate(nodes) if "noisiest" in n.output)
    nodes.insert(first + 1, helper.make_node("Greater", ["noisiest", "noise_from"], ["is_noisy"]))
    only = {target: only_for(nodes, target, kept_outputs) for target in targets}
    for target, inside in only.items():
        i = target.rsplit("_", 1)[1]
        given = [target, f"attention_query_noise_{i}", f"attention_key_noise_{i}"]
        end = max(k for k, n in enumerate(nodes) if id(n) in inside)
        then = [n for n in nodes if id(n) in inside]
        for node in then:  # an If gives its own names to what its branches give
            for j, name in enumerate(node.output):
                if name in given:
                    node.output[j] = f"{name}.then"
            for j, name in enumerate(node.input):
                if name in given:
                    node.input[j] = f"{name}.then"
        zero = helper.make_tensor("", TensorProto.FLOAT, [1, 1, 1], [0.0])
        otherwise = [helper.make_node("Constant", [], [f"{name}.else"], value=zero) for name in given]
        branches = {
            f"{side}_branch": helper.make_graph(body, f"{target}_{side}", [], [helper.make_tensor_value_info(f"{name}.{side}", TensorProto.FLOAT, None) for name in given])
            for side, body in (("then", then), ("else", otherwise))
        }
        choice = helper.make_node("If", ["is_noisy"], given, **branches)
        nodes = [n for n in nodes[: end + 1] if id(n) not in inside] + [choice] + nodes[end + 1 :]
    del graph.node[:], graph.output[:]
    graph.node.extend(nodes)
    graph.output.extend(public)


def only_for(nodes, target, kept):
    """ids of the nodes whose outputs serve nothing but `target`."""
    needed = {target}
    chosen = set()
    for node in reversed(nodes):
        if not needed.intersection(node.output) or kept.intersection(node.output):
            continue
        readers = [n for n in nodes if set(node.output).intersection(n.input)]
        if target in node.output or all(id(n) in chosen for n in readers):
            chosen.add(id(node))
            needed.update(node.input)
    return chosen


def encoder_graph(student, whisper):
    n = whisper.dimensions
    half, batch = torch.export.Dim("half", min=2, max=n.max_states), torch.export.Dim("batch", max=64)
    inner = inner_names(student)
    network = TriHeadGraph(student, whisper).eval()
    program = torch.onnx.export(
        network,
        (torch.zeros(2, n.mels, 200),),
        dynamo=True,
        opset_version=OPSET,
        input_names=["mel"],
        output_names=["states", *layer_names(n.decoder_layers, "cross_key", "cross_value"), "noise", "head_weights", *inner],
        dynamic_shapes=({0: batch, 2: 2 * half},),
        verbose=False,
    )
    return program.model_proto, {name: p.detach().numpy() for name, p in network.named_parameters()}


class AsExported(nn.Module):
    """Whisper's encoder's place taken by the student, noise heads silent where the graph leaves them out."""

    def __init__(self, student, noise_from):
        super().__init__()
        self.student, self.noise_from = student, noise_from

    def forward(self, mel):
        states, logits, _ = self.student(mel)
        if logits.sigmoid().mean(1).amax() > self.noise_from:
            return states
        return self.student(mel, heads=self.student.group_mask(torch.tensor([[1.0, 1.0, 0.0]])))[0]


def export_pack(o):
    whisper = load_whisper(o.weights)
    student, _ = load_student(whisper, o.student)
    groups = [layer.attention.group.tolist() for layer in student.layers]
    shutil.copytree(o.source, o.to, dirs_exist_ok=True)
    proto, parameters = encoder_graph(student, whisper)
    quantise(proto, parameters, RECIPES[o.recipe], float_product=True)
    make_noise_heads_optional(proto, o.noise_from)
    save(proto, o.to / "encoder.onnx")
    manifest = json.loads((o.to / "manifest.json").read_text())
    manifest["audioContext"] = "dynamic"
    manifest["headGroups"] = groups
    manifest["source"] += "; encoder fine-tuned as tri-head encoder, see MODEL_CARD.md"
    manifest["version"] = o.version
    for name in manifest["files"]:
        manifest["files"][name] = {"sha256": sha256_of(o.to / name), "bytes": (o.to / name).stat().st_size}
    (o.to / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    whisper.encoder = AsExported(load_student(whisper, o.student)[0], o.noise_from)
    figures = check_pack(whisper, o.to, SPEECH, exact=False)
    print("against PyTorch on speech:", ", ".join(f"{k} {v:.1e}" for k, v in figures.items()))
    if o.to.resolve() == ROOT / "models" / o.to.name:
        prompt = Recogniser(o.to / "encoder.onnx", o.to / "decoder.onnx", o.to).prompt()
        write_reference(REFERENCES / f"{o.to.name}.json", parity_reference(whisper, [*prompt, 314, 257]))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--student", type=Path, required=True)
    options.add_argument("--from", dest="source", type=Path, default=Path("models/base"))
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("--version", default="2.0.0", help="of the pack")
    options.add_argument("--recipe", choices=RECIPES, default="mixed")
    options.add_argument("--noise-from", type=float, default=NOISE_FROM, help="mean noise estimate from which the noise heads run")
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    export_pack(options.parse_args())
