"""Train the redaction head to read; listen.py trains what its listening adds.

    python train.py --name text --steps 3000     from MiniLM

Run again to go on where it stopped. The loss, `labels`, is minus the logarithm of what the head gives to all classes
that may be true of a word (labels.py), so partly labelled text teaches what it knows.
"""
import argparse
import json
import time
from pathlib import Path

import torch

from data import Batches, Pieces
from model import from_minilm


def loss_of(head, batch):
    logits = head.read(batch["pieces"], batch["word"], batch["features"])[1].float()
    real = batch["allowed"].any(-1)  # (B, W)
    possible = logits.masked_fill(~batch["allowed"], -1e4).logsumexp(-1)
    missed = (logits.logsumexp(-1) - possible) * real
    return missed.sum() / real.sum().clamp_min(1)


def schedule(step, steps, warmup=100, decay=0.4):
    """Linear warm-up, a plateau, and a linear way to zero over the last 40 % of the steps."""
    return min(1, (step + 1) / warmup, (1 - step / steps) / decay)


def train(o):
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    pieces = Pieces(o.minilm)
    batches = Batches(o.shared, pieces, o.steps, o.batch_pieces, o.seed)
    held_out = Batches(o.shared, pieces, o.dev_batches, o.batch_pieces, seed=0, split="tune")
    held_out = [held_out[i] for i in range(o.dev_batches)]
    head = from_minilm(o.minilm, o.layers)
    if o.start:
        head.load_state_dict(torch.load(o.out / f"{o.start}.pt", map_location="cpu", weights_only=False)["head"])
    head = head.to(o.device).train()
    new, pretrained = head.parameter_groups()
    if o.freeze_words:
        head.text.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(
        [{"params": new, "rate": o.new_rate}, {"params": [p for p in pretrained if p.requires_grad], "rate": o.rate}], lr=0, betas=(0.9, 0.98), weight_decay=0.01
    )
    state = {"step": 0, "words": 0, "seconds": 0.0}
    path, log = o.out / f"{o.name}.pt", open(o.out / f"{o.name}.jsonl", "a")
    if path.exists():
        saved = torch.load(path, map_location=o.device, weights_only=False)
        head.load_state_dict(saved["head"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]

    def save():
        part = path.with_suffix(".part")
        torch.save({"head": head.state_dict(), "optimizer": optimizer.state_dict(), "state": state, "layers": o.layers}, part)
        part.rename(path)  # a run killed while it writes keeps the last whole checkpoint

    def cast():
        return torch.autocast(o.device, torch.bfloat16, enabled=not o.float32)

    def show(kind, means):
        log.write(json.dumps({"kind": kind, **state, **means}) + "\n")
        log.flush()
        print(f"{kind} step {state['step']} " + " ".join(f"{k} {v:.4f}" for k, v in means.items()) + f" {state['words'] / 1e6:.2f} M words {state['seconds'] / 60:.1f} min", flush=True)

    @torch.no_grad()
    def measure():
        with cast():
            each = [loss_of(head, {k: v.to(o.device) for k, v in b.items()}).item() for b in held_out]
        return {"labels": sum(each) / len(each)}

    rest = torch.utils.data.Subset(batches, range(state["step"], o.steps))
    loader = torch.utils.data.DataLoader(rest, batch_size=None, num_workers=o.workers, prefetch_factor=4 if o.workers else None)
    began = saved_at = at = time.time()
    recent = []
    for step, batch in enumerate(loader, state["step"]):
        batch = {k: v.to(o.device) for k, v in batch.items()}
        for g in optimizer.param_groups:
            g["lr"] = g["rate"] * schedule(step, o.steps)
        with cast():
            loss = loss_of(head, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        if norm.isfinite():
            optimizer.step()
        state["step"] += 1
        state["words"] += int(batch["allowed"].any(-1).sum())
        seconds, at = time.time() - at, time.time()
        state["seconds"] += seconds
        recent.append(loss.item())
        if state["step"] % 20 == 0:
            show("train", {"labels": sum(recent) / len(recent), "norm": norm.item()})
            recent = []
        if state["step"] % o.dev_every == 0:
            show("tune", measure())
            at = time.time()
        if time.time() - saved_at > 120:
            save()
            saved_at = time.time()
        if time.time() - began > o.minutes * 60:
            break
        while o.pause_while and o.pause_while.exists():
            time.sleep(2)
            at = time.time()
    show("tune", measure())
    save()
    print(f"step {state['step']} of {o.steps}, {state['words'] / 1e6:.2f} M words in {state['seconds'] / 60:.1f} minutes")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--name", required=True)
    options.add_argument("--from", dest="start", help="name of the run whose weights to start from")
    options.add_argument("--minilm", type=Path, default=Path(".work/redactor/minilm"))
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--out", type=Path, default=Path(".work/redactor/runs"))
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--layers", type=int, default=6, help="of MiniLM; the first so many")
    options.add_argument("--freeze-words", action="store_true", help="leave the word embeddings as they are")
    options.add_argument("--steps", type=int, default=3000)
    options.add_argument("--minutes", type=float, default=1e9, help="stop after so long; run again to go on")
    options.add_argument("--pause-while", type=Path, help="rest while this file exists, for a machine that others measure on")
    options.add_argument("--dev-batches", type=int, default=6)
    options.add_argument("--dev-every", type=int, default=200, help="steps between measurements on the held-out batches")
    options.add_argument("--workers", type=int, default=0, help="processes that make batches; on a GPU, most cores")
    options.add_argument("--batch-pieces", type=int, default=4096, help="word pieces a step; on a GPU 16384 or more")
    options.add_argument("--rate", type=float, default=1.5e-4, help="peak, MiniLM's weights")
    options.add_argument("--new-rate", type=float, default=1e-3, help="peak, the rest")
    options.add_argument("--float32", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    train(options.parse_args())
