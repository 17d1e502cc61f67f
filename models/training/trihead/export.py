"""Write a student as a recogniser pack in float32: its encoder beside the unchanged decoder of another pack.

    python export.py --student .work/trihead/runs/a.pt --from .work/packs/base-f32 --to .work/packs/base-trihead-f32

encoder.onnx: `mel` (B, 80, F) -> `states` (B, F/2, D), `cross_key_i` (B, H, 64, F/2) and `cross_value_i`
(B, H, F/2, 64) for every decoder layer as in ../convert, and beside these `noise` (B, F/2), the share of
noise in each state, and `head_weights` (B, layers, 3), the weights of the spectral, temporal and noise heads.
"""
import argparse
import json
import shutil
from pathlib import Path

import torch
from torch import nn

from evaluate import load_student
from train import load_whisper

from graphs import OPSET, layer_names, save  # ../convert, on the path through model.py
from sources import sha256_of


class TriHeadGraph(nn.Module):
    def __init__(self, student, whisper):
        super().__init__()
        self.student, self.whisper = student, whisper

    def forward(self, mel):
        states, logits, weights = self.student(mel)
        return [states, *self.whisper.memory(states), logits.sigmoid(), weights]


def export_encoder(student, whisper, path):
    n = whisper.dimensions
    half, batch = torch.export.Dim("half", min=2, max=n.max_states), torch.export.Dim("batch", max=64)
    program = torch.onnx.export(
        TriHeadGraph(student, whisper).eval(),
        (torch.zeros(2, n.mels, 200),),
        dynamo=True,
        opset_version=OPSET,
        input_names=["mel"],
        output_names=["states", *layer_names(n.decoder_layers, "cross_key", "cross_value"), "noise", "head_weights"],
        dynamic_shapes=({0: batch, 2: 2 * half},),
        verbose=False,
    )
    save(program.model_proto, path)


def export_pack(o):
    whisper = load_whisper(o.weights)
    student, state = load_student(whisper, o.student)
    shutil.copytree(o.source, o.to, dirs_exist_ok=True)
    export_encoder(student, whisper, o.to / "encoder.onnx")
    manifest = json.loads((o.to / "manifest.json").read_text())
    manifest["audioContext"] = "dynamic"
    manifest["source"] += f"; encoder fine-tuned as tri-head encoder, {state['heard']:.1f} h heard in {state['step']} steps"
    for name in manifest["files"]:
        manifest["files"][name] = {"sha256": sha256_of(o.to / name), "bytes": (o.to / name).stat().st_size}
    (o.to / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--student", type=Path, required=True)
    options.add_argument("--from", dest="source", type=Path, default=Path(".work/packs/base-f32"))
    options.add_argument("--to", type=Path, default=Path(".work/packs/base-trihead-f32"))
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    export_pack(options.parse_args())
