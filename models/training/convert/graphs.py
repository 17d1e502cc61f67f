"""Exports the two ONNX graphs of a recogniser pack. Names and shapes of inputs and outputs are the engine's contract."""

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from whisper import HEAD, Whisper

OPSET = 20  # the first with Gelu, which onnxruntime runs as one kernel


class EncoderGraph(nn.Module):
    """mel (B, 80, F) -> states (B, F/2, D); per decoder layer cross_key (B, H, 64, F/2) and cross_value (B, H, F/2, 64)."""

    def __init__(self, model: Whisper):
        super().__init__()
        self.model = model

    def forward(self, mel: Tensor) -> list[Tensor]:
        states = self.model.encoder(mel)
        return [states, *self.model.memory(states)]


class DecoderGraph(nn.Module):
    """One step over S tokens; see `Decoder.forward`."""

    def __init__(self, model: Whisper):
        super().__init__()
        self.decoder = model.decoder

    def forward(self, tokens: Tensor, position: Tensor, past: list[Tensor], memory: list[Tensor], cross_bias: Tensor):
        logits, present, alignment = self.decoder(tokens, position, past, memory, cross_bias)
        return [logits, *present, alignment]


def layer_names(layers: int, key: str, value: str) -> list[str]:
    return [f"{name}_{i}" for i in range(layers) for name in (key, value)]


def encoder_graph(model: Whisper) -> onnx.ModelProto:
    n = model.dimensions
    half = torch.export.Dim("half", min=2, max=n.max_states)
    batch = torch.export.Dim("batch", max=64)
    program = torch.onnx.export(
        EncoderGraph(model).eval(),
        (torch.zeros(2, n.mels, 200),),
        dynamo=True,
        opset_version=OPSET,
        input_names=["mel"],
        output_names=["states", *layer_names(n.decoder_layers, "cross_key", "cross_value")],
        dynamic_shapes=({0: batch, 2: 2 * half},),
        verbose=False,
    )
    return program.model_proto


def decoder_graph(model: Whisper) -> onnx.ModelProto:
    n = model.dimensions
    b, s, p, t = 2, 3, 5, 50  # any sizes that differ: all are dynamic
    past = [torch.zeros(b, n.heads, p, HEAD) for _ in range(2 * n.decoder_layers)]
    memory = [torch.zeros(b, n.heads, *((HEAD, t), (t, HEAD))[i % 2]) for i in range(2 * n.decoder_layers)]
    batch, new, old, frames = (torch.export.Dim(name) for name in ("batch", "new", "old", "frames"))
    program = torch.onnx.export(
        DecoderGraph(model).eval(),
        (torch.zeros(b, s, dtype=torch.long), torch.zeros(1, dtype=torch.long), past, memory, torch.zeros(b, 1, 1, t)),
        dynamo=True,
        opset_version=OPSET,
        input_names=[
            "tokens",
            "position",
            *layer_names(n.decoder_layers, "past_key", "past_value"),
            *layer_names(n.decoder_layers, "cross_key", "cross_value"),
            "cross_bias",
        ],
        output_names=["logits", *layer_names(n.decoder_layers, "present_key", "present_value"), "alignment"],
        dynamic_shapes=(
            {0: batch, 1: new},
            {},
            [{0: batch, 2: old} for _ in past],
            [{0: batch, 3 - i % 2: frames} for i in range(len(memory))],
            {0: batch, 3: frames},
        ),
        verbose=False,
    )
    return program.model_proto


def save(proto: onnx.ModelProto, path: Path) -> None:
    """Writes the graph without the exporter's notes, which hold the paths of the machine it ran on."""
    for node in proto.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*proto.graph.input, *proto.graph.output, *proto.graph.value_info):
        del value.metadata_props[:]
    del proto.graph.metadata_props[:], proto.metadata_props[:]
    onnx.checker.check_model(proto)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(proto.SerializeToString(deterministic=True))
